package io.dimat.dl4j;

import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.TreeMap;
import onnx.Onnx.GraphProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import onnx.Onnx.ValueInfoProto;
import org.nd4j.shade.protobuf.ByteString;

/**
 * A model as an ONNX file for inference: {@code images} [batch, channels, height, width] float32,
 * already normalised, in; {@code logits} [batch, classes] out; the batch may have any size. Weights
 * have the names, shapes and bits of the network's layout. Format: <a
 * href="https://onnx.ai/onnx/repo-docs/IR.html">ONNX IR</a> 7 with operator set 13, which every
 * runtime since 2021 reads. It lies in this package because the format's generated classes come
 * with ND4J.
 */
public final class OnnxModel {
  static final String IMAGES = "images";
  static final String LOGITS = "logits";
  static final int IR_VERSION = 7;
  static final int OPERATOR_SET = 13;

  /** Protobuf's bound on a message, less what nodes and names take. */
  private static final long MAX_PARAMETER_BYTES = Integer.MAX_VALUE - (16L << 20);

  private OnnxModel() {}

  /**
   * Writes network, parameters and running statistics; {@code out} is flushed and left open.
   *
   * @param params not modified
   * @param metadata free text pairs, may be empty
   * @throws IllegalArgumentException if {@code params} is not of the network's layout, or the model
   *     is larger than an ONNX file can be
   */
  public static void write(
      Network network, ParamVector params, Map<String, String> metadata, OutputStream out)
      throws IOException {
    requireFits(network);
    if (!params.layout().equals(network.layout())) {
      throw new IllegalArgumentException(
          "parameters must have the layout of " + network + ", got " + params.layout());
    }
    ModelProto.Builder model = ModelProto.newBuilder().setIrVersion(IR_VERSION);
    model.setProducerName("dimat").addOpsetImportBuilder().setVersion(OPERATOR_SET);
    new TreeMap<>(metadata)
        .forEach((key, value) -> model.addMetadataPropsBuilder().setKey(key).setValue(value));
    model.setGraph(graph(network, params)).build().writeTo(out);
    out.flush();
  }

  /** Apart from writing, because it needs no parameters. */
  static void requireFits(Network network) {
    long bytes = (long) Float.BYTES * network.layout().size();
    if (bytes > MAX_PARAMETER_BYTES) {
      throw new IllegalArgumentException(
          "an ONNX file holds at most %d bytes of parameters, %s has %d: take safetensors"
              .formatted(MAX_PARAMETER_BYTES, network.name(), bytes));
    }
  }

  private static GraphProto graph(Network network, ParamVector params) {
    GraphProto.Builder graph = GraphProto.newBuilder().setName(network.name());
    Shape image = network.inputShape();
    describe(graph.addInputBuilder(), IMAGES, image.channels(), image.height(), image.width());
    describe(graph.addOutputBuilder(), LOGITS, network.classes());
    OnnxNodes nodes = new OnnxNodes(network, graph);
    network.layers().forEach(layer -> layer.accept(nodes));
    for (ParamSlice slice : network.layout().slices()) {
      graph.addInitializer(tensor(slice, params.slice(slice.name())));
    }
    return graph.build();
  }

  /** A batch of samples of these axes. */
  private static void describe(ValueInfoProto.Builder value, String name, int... axes) {
    var tensor = value.setName(name).getTypeBuilder().getTensorTypeBuilder();
    tensor.setElemType(TensorProto.DataType.FLOAT_VALUE);
    tensor.getShapeBuilder().addDimBuilder().setDimParam("batch");
    for (int axis : axes) {
      tensor.getShapeBuilder().addDimBuilder().setDimValue(axis);
    }
  }

  private static TensorProto tensor(ParamSlice slice, float[] values) {
    ByteBuffer bytes =
        ByteBuffer.allocate(Float.BYTES * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    TensorProto.Builder tensor =
        TensorProto.newBuilder()
            .setName(slice.name())
            .setDataType(TensorProto.DataType.FLOAT_VALUE)
            .setRawData(ByteString.copyFrom(bytes));
    slice.shape().forEach(tensor::addDims);
    return tensor.build();
  }
}
