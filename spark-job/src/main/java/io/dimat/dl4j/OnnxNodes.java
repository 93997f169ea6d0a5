package io.dimat.dl4j;

import io.dimat.network.Layer;
import io.dimat.network.LayerVisitor;
import io.dimat.network.Network;
import io.dimat.network.ParamSpec;
import java.util.stream.LongStream;
import onnx.Onnx.AttributeProto.AttributeType;
import onnx.Onnx.GraphProto;
import onnx.Onnx.NodeProto;

/**
 * Appends a layer's operators to an ONNX graph; operators of opset 13, as in <a
 * href="https://onnx.ai/onnx/operators/">ONNX operators</a>. A node has its layer's name.
 *
 * <p>A layer with one position computes a matrix [batch, channels] here, any other an array [batch,
 * channels, height, width], so that layers that read several others always find equal ranks.
 */
final class OnnxNodes implements LayerVisitor<NodeProto.Builder> {
  private final Network network;
  private final GraphProto.Builder graph;

  OnnxNodes(Network network, GraphProto.Builder graph) {
    this.network = network;
    this.graph = graph;
  }

  /** What a layer computes; no parameter can have this name. */
  private static String value(String layer) {
    return layer + "/output";
  }

  private boolean isVector(String layer) {
    return network.shape(layer).positions() == 1;
  }

  private NodeProto.Builder node(String operator, String name, String output) {
    return graph.addNodeBuilder().setOpType(operator).setName(name).addOutput(output);
  }

  /** An operator on everything that the layer reads. */
  private NodeProto.Builder node(String operator, Layer layer) {
    NodeProto.Builder node = node(operator, layer.name(), value(layer.name()));
    layer.inputs().forEach(input -> node.addInput(value(input)));
    return node;
  }

  /** An operator that needs height and width, also where both are 1. */
  private NodeProto.Builder positional(String operator, Layer.OneInput layer) {
    String input = isVector(layer.input()) ? unflattened(layer) : value(layer.input());
    if (!isVector(layer.name())) {
      return node(operator, layer.name(), value(layer.name())).addInput(input);
    }
    String image = layer.name() + "/image";
    NodeProto.Builder node = node(operator, layer.name(), image).addInput(input);
    node("Flatten", layer.name() + "/flatten", value(layer.name())).addInput(image);
    return node;
  }

  /** The vector that a layer reads as an image of one position. */
  private String unflattened(Layer.OneInput layer) {
    String shape = layer.name() + "/shape";
    String image = layer.name() + "/input";
    ints(node("Constant", shape, shape), "value_ints", 0, -1, 1, 1);
    node("Reshape", image, image).addInput(value(layer.input())).addInput(shape);
    return image;
  }

  private static NodeProto.Builder ints(NodeProto.Builder node, String name, long... values) {
    node.addAttributeBuilder()
        .setName(name)
        .setType(AttributeType.INTS)
        .addAllInts(LongStream.of(values).boxed().toList());
    return node;
  }

  private static NodeProto.Builder integer(NodeProto.Builder node, String name, long value) {
    node.addAttributeBuilder().setName(name).setType(AttributeType.INT).setI(value);
    return node;
  }

  private static NodeProto.Builder params(NodeProto.Builder node, Layer layer, String... suffixes) {
    for (String suffix : suffixes) {
      node.addInput(layer.name() + "." + suffix);
    }
    return node;
  }

  private static NodeProto.Builder weights(NodeProto.Builder node, Layer layer, boolean hasBias) {
    params(node, layer, ParamSpec.WEIGHT);
    return hasBias ? params(node, layer, ParamSpec.BIAS) : node;
  }

  @Override
  public NodeProto.Builder input(Layer.Input layer) {
    String operator = isVector(layer.name()) ? "Flatten" : "Identity";
    return node(operator, layer).addInput(OnnxModel.IMAGES);
  }

  @Override
  public NodeProto.Builder conv2d(Layer.Conv2d layer) {
    NodeProto.Builder node = weights(positional("Conv", layer), layer, layer.hasBias());
    ints(node, "kernel_shape", layer.kernel(), layer.kernel());
    ints(node, "strides", layer.stride(), layer.stride());
    integer(node, "group", layer.groups());
    int padding = layer.padding();
    return ints(node, "pads", padding, padding, padding, padding);
  }

  @Override
  public NodeProto.Builder batchNorm(Layer.BatchNorm layer) {
    NodeProto.Builder node =
        params(
            node("BatchNormalization", layer),
            layer,
            ParamSpec.WEIGHT,
            ParamSpec.BIAS,
            ParamSpec.RUNNING_MEAN,
            ParamSpec.RUNNING_VARIANCE);
    node.addAttributeBuilder()
        .setName("epsilon")
        .setType(AttributeType.FLOAT)
        .setF((float) layer.epsilon());
    return node;
  }

  @Override
  public NodeProto.Builder dense(Layer.Dense layer) {
    return integer(weights(node("Gemm", layer), layer, layer.hasBias()), "transB", 1);
  }

  @Override
  public NodeProto.Builder activation(Layer.Activation layer) {
    String operator =
        switch (layer.function()) {
          case RELU -> "Relu";
          case TANH -> "Tanh";
        };
    return node(operator, layer);
  }

  /** A mean counts the padding as zeros here; in ONNX it does not unless it is told to. */
  @Override
  public NodeProto.Builder pool2d(Layer.Pool2d layer) {
    String operator =
        switch (layer.pooling()) {
          case MAX -> "MaxPool";
          case AVERAGE -> "AveragePool";
        };
    NodeProto.Builder node = positional(operator, layer);
    ints(node, "kernel_shape", layer.kernel(), layer.kernel());
    ints(node, "strides", layer.stride(), layer.stride());
    if (layer.pooling() == Layer.Pool2d.Pooling.AVERAGE) {
      integer(node, "count_include_pad", 1);
    }
    int padding = layer.padding();
    return ints(node, "pads", padding, padding, padding, padding);
  }

  @Override
  public NodeProto.Builder globalAveragePool(Layer.GlobalAveragePool layer) {
    return positional("GlobalAveragePool", layer);
  }

  /** Some runtimes know only the sum of two. */
  @Override
  public NodeProto.Builder add(Layer.Add layer) {
    return node(layer.inputs().size() == 2 ? "Add" : "Sum", layer);
  }

  @Override
  public NodeProto.Builder concat(Layer.Concat layer) {
    return integer(node("Concat", layer), "axis", 1);
  }

  @Override
  public NodeProto.Builder flatten(Layer.Flatten layer) {
    return node("Flatten", layer);
  }

  @Override
  public NodeProto.Builder output(Layer.Output layer) {
    return node("Identity", layer.name(), OnnxModel.LOGITS).addInput(value(layer.input()));
  }
}
