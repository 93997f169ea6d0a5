package io.dimat.dl4j;

import io.dimat.learn.OptimizerSpec;
import io.dimat.network.Layer;
import io.dimat.network.LayerVisitor;
import io.dimat.network.Network;
import io.dimat.network.ParamSpec;
import io.dimat.network.Shape;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.deeplearning4j.nn.conf.ComputationGraphConfiguration.GraphBuilder;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.deeplearning4j.nn.conf.graph.ElementWiseVertex;
import org.deeplearning4j.nn.conf.graph.MergeVertex;
import org.deeplearning4j.nn.conf.graph.PreprocessorVertex;
import org.deeplearning4j.nn.conf.inputs.InputType;
import org.deeplearning4j.nn.conf.layers.ActivationLayer;
import org.deeplearning4j.nn.conf.layers.BatchNormalization;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.DenseLayer;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.GlobalPoolingLayer;
import org.deeplearning4j.nn.conf.layers.LossLayer;
import org.deeplearning4j.nn.conf.layers.PoolingType;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.preprocessor.CnnToFeedForwardPreProcessor;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.linalg.lossfunctions.LossFunctions.LossFunction;

/**
 * A network as DL4J's own {@code ComputationGraph}, of stock layers only, so that any DL4J program
 * can load and use it. It reads NCHW images and answers class probabilities: its last vertex is a
 * softmax on the logits. Vertices have the names of the layers.
 */
public final class StockGraph {
  private StockGraph() {}

  /**
   * Builds the graph and copies the parameters into it.
   *
   * @throws IllegalArgumentException if {@code params} is not of the network's layout, or if a
   *     convolution in groups, other than a depthwise one, cannot be expressed
   */
  public static ComputationGraph of(Network network, ParamVector params) {
    return of(network, params, new NeuralNetConfiguration.Builder());
  }

  /**
   * As {@link #of(Network, ParamVector)}, ready to train with the optimizer, whose state is empty.
   * Weight decay is DL4J's L2: it leaves batch norm's scale and shift alone.
   */
  public static ComputationGraph trainable(
      Network network, ParamVector params, OptimizerSpec optimizer) {
    return of(network, params, StockUpdaters.configure(optimizer));
  }

  private static ComputationGraph of(
      Network network, ParamVector params, NeuralNetConfiguration.Builder defaults) {
    if (!params.layout().equals(network.layout())) {
      throw new IllegalArgumentException(
          "parameters must have the layout of " + network + ", got " + params.layout());
    }
    Vertices vertices = Vertices.of(network, defaults);
    ComputationGraph graph = new ComputationGraph(vertices.graph.build());
    graph.init();
    for (ParamSlice slice : network.layout().slices()) {
      vertices.home(slice.name()).put(graph, params.slice(slice.name()));
    }
    return graph;
  }

  /** What the numbers of stock graphs depend on. */
  public static String backend() {
    return "stock graph, " + Backend.describe();
  }

  /**
   * The parameters of a graph that this class built.
   *
   * @param graph of this network; not modified
   */
  public static ParamVector params(Network network, ComputationGraph graph) {
    Vertices vertices = Vertices.of(network, new NeuralNetConfiguration.Builder());
    float[] values = new float[network.layout().size()];
    for (ParamSlice slice : network.layout().slices()) {
      float[] kept = vertices.home(slice.name()).get(graph);
      System.arraycopy(kept, 0, values, slice.offset(), slice.length());
    }
    return ParamVector.of(network.layout(), values);
  }

  /**
   * Where the vertices keep one of the network's parameters.
   *
   * @param axes axis of the vertex' parameter at each axis of the network's; empty where both have
   *     the same elements in the same order, whatever DL4J calls the shape
   */
  private record Home(String vertex, String name, List<Integer> axes) {
    void put(ComputationGraph graph, float[] values) {
      INDArray target = kept(graph);
      if (axes.isEmpty()) {
        target.assign(Nd4j.create(values, target.shape(), 'c'));
      } else {
        long[] shape = axes.stream().mapToLong(target::size).toArray();
        int[] back = new int[shape.length];
        for (int axis = 0; axis < back.length; axis++) {
          back[axis] = axes.indexOf(axis);
        }
        target.assign(Nd4j.create(values, shape, 'c').permute(back));
      }
    }

    float[] get(ComputationGraph graph) {
      INDArray source = kept(graph);
      INDArray ours =
          axes.isEmpty()
              ? source
              : source.permute(axes.stream().mapToInt(Integer::intValue).toArray());
      return ours.dup('c').data().asFloat();
    }

    private INDArray kept(ComputationGraph graph) {
      return graph.getLayer(vertex).getParam(name);
    }
  }

  /** Adds one vertex per layer and says where it keeps the layer's parameters. */
  private static final class Vertices implements LayerVisitor<GraphBuilder> {
    private final Network network;
    private final GraphBuilder graph;
    private final Map<String, Home> homes = new HashMap<>();

    private Vertices(Network network, NeuralNetConfiguration.Builder defaults) {
      this.network = network;
      this.graph = defaults.graphBuilder();
    }

    static Vertices of(Network network, NeuralNetConfiguration.Builder defaults) {
      Vertices vertices = new Vertices(network, defaults);
      network.layers().forEach(layer -> layer.accept(vertices));
      return vertices;
    }

    private int channels(String layer) {
      return network.shape(layer).channels();
    }

    Home home(String parameter) {
      Home home = homes.get(parameter);
      if (home == null) {
        throw new IllegalStateException("no vertex keeps parameter " + parameter);
      }
      return home;
    }

    private void keep(Layer layer, String suffix, String name, Integer... axes) {
      homes.put(layer.name() + "." + suffix, new Home(layer.name(), name, List.of(axes)));
    }

    /** DL4J has [in, out] where the network has [out, in]. */
    private void keepTransposed(Layer layer, String suffix, String name) {
      keep(layer, suffix, name, 1, 0);
    }

    /**
     * DL4J has [kernel, kernel, channels, 1] where the network has [channels, 1, kernel, kernel].
     */
    private void keepDepthwise(Layer.Conv2d layer) {
      keep(layer, ParamSpec.WEIGHT, "W", 2, 3, 0, 1);
    }

    @Override
    public GraphBuilder input(Layer.Input layer) {
      Shape shape = layer.shape();
      return graph
          .addInputs(layer.name())
          .setInputTypes(InputType.convolutional(shape.height(), shape.width(), shape.channels()));
    }

    @Override
    public GraphBuilder conv2d(Layer.Conv2d layer) {
      ConvolutionLayer conv =
          layer.isDepthwise(network.shape(layer.input())) ? depthwise(layer) : full(layer);
      keep(layer, ParamSpec.BIAS, "b");
      return graph.addLayer(layer.name(), conv, layer.input());
    }

    private ConvolutionLayer full(Layer.Conv2d layer) {
      if (layer.groups() > 1) {
        throw new IllegalArgumentException(
            "a DL4J graph has no convolution in groups, got layer %s with %d groups: write safetensors"
                .formatted(layer.name(), layer.groups()));
      }
      keep(layer, ParamSpec.WEIGHT, "W");
      return configured(
              new ConvolutionLayer.Builder(layer.kernel(), layer.kernel())
                  .padding(layer.padding(), layer.padding())
                  .stride(layer.stride(), layer.stride()),
              layer)
          .build();
    }

    private ConvolutionLayer depthwise(Layer.Conv2d layer) {
      keepDepthwise(layer);
      return configured(
              new DepthwiseConvolution2D.Builder(layer.kernel(), layer.kernel())
                  .padding(layer.padding(), layer.padding())
                  .stride(layer.stride(), layer.stride())
                  .depthMultiplier(1),
              layer)
          .build();
    }

    private <B extends ConvolutionLayer.BaseConvBuilder<B>> B configured(
        B builder, Layer.Conv2d layer) {
      return builder
          .convolutionMode(ConvolutionMode.Truncate)
          .nIn(channels(layer.input()))
          .nOut(layer.channels())
          .hasBias(layer.hasBias())
          .activation(Activation.IDENTITY);
    }

    /** DL4J's decay is the share of the old value that is kept. */
    @Override
    public GraphBuilder batchNorm(Layer.BatchNorm layer) {
      int channels = channels(layer.input());
      BatchNormalization norm =
          new BatchNormalization.Builder()
              .decay(1 - layer.momentum())
              .eps(layer.epsilon())
              .useLogStd(false)
              .nIn(channels)
              .nOut(channels)
              .build();
      keep(layer, ParamSpec.WEIGHT, "gamma");
      keep(layer, ParamSpec.BIAS, "beta");
      keep(layer, ParamSpec.RUNNING_MEAN, "mean");
      keep(layer, ParamSpec.RUNNING_VARIANCE, "var");
      return graph.addLayer(layer.name(), norm, layer.input());
    }

    @Override
    public GraphBuilder dense(Layer.Dense layer) {
      DenseLayer dense =
          new DenseLayer.Builder()
              .nIn(channels(layer.input()))
              .nOut(layer.features())
              .hasBias(layer.hasBias())
              .activation(Activation.IDENTITY)
              .build();
      keepTransposed(layer, ParamSpec.WEIGHT, "W");
      keep(layer, ParamSpec.BIAS, "b");
      return graph.addLayer(layer.name(), dense, layer.input());
    }

    @Override
    public GraphBuilder activation(Layer.Activation layer) {
      Activation function =
          switch (layer.function()) {
            case RELU -> Activation.RELU;
            case TANH -> Activation.TANH;
          };
      return graph.addLayer(layer.name(), new ActivationLayer(function), layer.input());
    }

    @Override
    public GraphBuilder pool2d(Layer.Pool2d layer) {
      PoolingType type =
          switch (layer.pooling()) {
            case MAX -> PoolingType.MAX;
            case AVERAGE -> PoolingType.AVG;
          };
      SubsamplingLayer pool =
          new SubsamplingLayer.Builder(type)
              .kernelSize(layer.kernel(), layer.kernel())
              .stride(layer.stride(), layer.stride())
              .padding(layer.padding(), layer.padding())
              .avgPoolIncludePadInDivisor(true)
              .convolutionMode(ConvolutionMode.Truncate)
              .build();
      return graph.addLayer(layer.name(), pool, layer.input());
    }

    @Override
    public GraphBuilder globalAveragePool(Layer.GlobalAveragePool layer) {
      return graph.addLayer(layer.name(), new GlobalPoolingLayer(PoolingType.AVG), layer.input());
    }

    @Override
    public GraphBuilder add(Layer.Add layer) {
      return graph.addVertex(
          layer.name(), new ElementWiseVertex(ElementWiseVertex.Op.Add), inputs(layer));
    }

    @Override
    public GraphBuilder concat(Layer.Concat layer) {
      return graph.addVertex(layer.name(), new MergeVertex(), inputs(layer));
    }

    private static String[] inputs(Layer layer) {
      return layer.inputs().toArray(String[]::new);
    }

    @Override
    public GraphBuilder flatten(Layer.Flatten layer) {
      Shape shape = network.shape(layer.input());
      CnnToFeedForwardPreProcessor flatten =
          new CnnToFeedForwardPreProcessor(shape.height(), shape.width(), shape.channels());
      return graph.addVertex(layer.name(), new PreprocessorVertex(flatten), layer.input());
    }

    @Override
    public GraphBuilder output(Layer.Output layer) {
      LossLayer softmax =
          new LossLayer.Builder(LossFunction.MCXENT).activation(Activation.SOFTMAX).build();
      return graph.addLayer(layer.name(), softmax, layer.input()).setOutputs(layer.name());
    }
  }
}
