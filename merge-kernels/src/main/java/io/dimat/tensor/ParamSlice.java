package io.dimat.tensor;

import java.io.Serializable;
import java.util.List;

/**
 * One named tensor inside a flat parameter vector, stored row-major from {@code offset} on.
 *
 * @param name PyTorch state-dict name, for example {@code layer1.0.conv1.weight}
 * @param shape axis lengths; conv weights are [out, in, kh, kw], dense weights [out, in]
 * @param role trainable or running statistic
 * @param offset index of the first element in the flat vector
 */
public record ParamSlice(String name, List<Integer> shape, Role role, int offset)
    implements Serializable {
  public ParamSlice {
    shape = List.copyOf(shape);
    if (shape.isEmpty() || shape.stream().anyMatch(n -> n < 1)) {
      throw new IllegalArgumentException(name + " needs positive axis lengths, got " + shape);
    }
  }

  /** Number of elements: the product of the axis lengths. */
  public int length() {
    return shape.stream().mapToInt(Integer::intValue).reduce(1, Math::multiplyExact);
  }
}
