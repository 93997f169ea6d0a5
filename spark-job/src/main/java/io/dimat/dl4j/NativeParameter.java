package io.dimat.dl4j;

import java.nio.FloatBuffer;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** One parameter, or a stretch of it, and its gradient where libnd4j can see them. */
final class NativeParameter implements AutoCloseable {
  private final Parameters parameters;
  private final int offset;
  private final int gradientOffset;
  private final int length;
  private final INDArray value;
  private final FloatBuffer valueFloats;
  private INDArray gradient;

  NativeParameter(Parameters parameters, String name) {
    this(parameters, name, 0, axes(parameters, name));
  }

  /**
   * A stretch of one parameter.
   *
   * @param first index of the stretch's first value in the parameter
   * @param axes of the stretch, row-major
   */
  NativeParameter(Parameters parameters, String name, int first, long... axes) {
    this.parameters = parameters;
    this.offset = parameters.slice(name).offset() + first;
    this.gradientOffset = parameters.gradientOffset(name) + first;
    this.value = Nd4j.createUninitializedDetached(DataType.FLOAT, axes);
    this.length = Math.toIntExact(value.length());
    this.valueFloats = value.data().asNioFloat();
  }

  /** Sizes of a parameter's axes. */
  static long[] axes(Parameters parameters, String name) {
    return parameters.slice(name).shape().stream().mapToLong(n -> n).toArray();
  }

  INDArray value() {
    return value;
  }

  /** Made when first asked for: who only evaluates has no use for it. */
  INDArray gradient() {
    if (gradient == null) {
      gradient = Nd4j.createUninitializedDetached(DataType.FLOAT, value.shape());
    }
    return gradient;
  }

  void upload() {
    valueFloats.put(0, parameters.values(), offset, length);
  }

  void downloadGradient() {
    gradient().data().asNioFloat().get(0, parameters.gradient(), gradientOffset, length);
  }

  @Override
  public void close() {
    value.close();
    if (gradient != null) {
      gradient.close();
    }
  }
}
