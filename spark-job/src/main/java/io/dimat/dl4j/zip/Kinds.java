package io.dimat.dl4j.zip;

import io.dimat.interchange.ModelFileException;
import io.dimat.network.Layer;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The kinds of vertices that can be read, by the class name that DL4J 1.0.0-M2.1 stores. */
final class Kinds {
  private static final String LAYERS = "org.deeplearning4j.nn.conf.layers.";
  private static final String VERTICES = "org.deeplearning4j.nn.conf.graph.";
  private static final LayerKind PREPROCESSOR = Kinds::preprocessor;
  private static final TreeMap<String, Kind> BY_TYPE =
      new TreeMap<>(
          Map.ofEntries(
              layer("ConvolutionLayer", WeightKinds::convolution),
              layer("DepthwiseConvolution2D", DepthwiseKinds::depthwise),
              layer("SeparableConvolution2D", DepthwiseKinds::separable),
              layer("DenseLayer", WeightKinds::dense),
              layer("BatchNormalization", WeightKinds::batchNormalization),
              layer("OutputLayer", HeadKinds::output),
              layer("LossLayer", HeadKinds::loss),
              layer("ActivationLayer", Activations::layer),
              layer("SubsamplingLayer", PoolKinds::subsampling),
              layer("GlobalPoolingLayer", PoolKinds::global),
              layer("DropoutLayer", (net, vertex, input) -> net.end(vertex.name(), input)),
              vertex("ElementWiseVertex", Kinds::elementWise),
              vertex("MergeVertex", Kinds::merge),
              vertex("PreprocessorVertex", PREPROCESSOR.afterPreProcessor())));

  private Kinds() {}

  private static Map.Entry<String, Kind> layer(String type, LayerKind kind) {
    return Map.entry(LAYERS + type, kind.afterPreProcessor());
  }

  private static Map.Entry<String, Kind> vertex(String type, Kind kind) {
    return Map.entry(VERTICES + type, kind);
  }

  /** Adds what the vertex is. */
  static void add(NetworkBuilder network, Vertex vertex) throws ModelFileException {
    Kind kind = BY_TYPE.get(vertex.body().type());
    if (kind == null) {
      throw vertex
          .body()
          .refusal(
              "a network cannot express its kind "
                  + Fields.shorten(vertex.body().type())
                  + ", only "
                  + known());
    }
    kind.add(network, vertex, network.inputs(vertex));
  }

  private static List<String> known() {
    return BY_TYPE.keySet().stream().map(t -> t.substring(t.lastIndexOf('.') + 1)).toList();
  }

  private static void elementWise(NetworkBuilder network, Vertex vertex, List<String> inputs)
      throws ModelFileException {
    vertex.body().require("Add".equals(vertex.body().text("op")), "op", "Add");
    network.end(vertex.name(), network.add(() -> new Layer.Add(vertex.name(), inputs)));
  }

  private static void merge(NetworkBuilder network, Vertex vertex, List<String> inputs)
      throws ModelFileException {
    vertex.body().require(vertex.body().size("mergeAxis") == 1, "mergeAxis", "1 (channels)");
    network.end(vertex.name(), network.add(() -> new Layer.Concat(vertex.name(), inputs)));
  }

  private static void preprocessor(NetworkBuilder network, Vertex vertex, String input)
      throws ModelFileException {
    Fields preProcessor = vertex.body().child("preProcessor");
    String end = PreProcessors.add(network, preProcessor, vertex.name(), input);
    network.end(vertex.name(), end);
  }
}
