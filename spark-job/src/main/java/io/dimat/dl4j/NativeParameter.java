package io.dimat.dl4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One parameter and its gradient where libnd4j can see them. */
final class NativeParameter implements AutoCloseable {
  private final Parameters parameters;
  private final int offset;
  private final int gradientOffset;
  private final int length;
  private final INDArray value;
  private final INDArray gradient;
  private final FloatBuffer valueFloats;
  private final FloatBuffer gradientFloats;

  NativeParameter(Parameters parameters, String name) {
    this.parameters = parameters;
    this.offset = parameters.slice(name).offset();
    this.gradientOffset = parameters.gradientOffset(name);
    this.length = parameters.slice(name).length();
    long[] shape = parameters.slice(name).shape().stream().mapToLong(n -> n).toArray();
    this.value = Nd4j.createUninitializedDetached(DataType.FLOAT, shape);
    this.gradient = Nd4j.createUninitializedDetached(DataType.FLOAT, shape);
    this.valueFloats = value.data().asNioFloat();
    this.gradientFloats = gradient.data().asNioFloat();
  }

  INDArray value() {
    return value;
  }

  INDArray gradient() {
    return gradient;
  }

  void upload() {
    valueFloats.put(0, parameters.values(), offset, length);
  }

  void downloadGradient() {
    gradientFloats.get(0, parameters.gradient(), gradientOffset, length);
  }

  @Override
  public void close() {
    value.close();
    gradient.close();
  }
}
