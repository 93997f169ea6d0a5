package io.dimat.interchange;

import java.util.List;

/**
 * One tensor of a safetensors file, as its header says.
 *
 * @param shape axis lengths, 0 or more each; empty for a scalar
 * @param begin first byte, from the end of the header on
 * @param end byte after the last one
 */
public record TensorInfo(String name, Dtype dtype, List<Long> shape, long begin, long end) {
  public TensorInfo {
    shape = List.copyOf(shape);
  }

  /** Number of values: the product of the axis lengths. */
  public long elements() {
    return (end - begin) / dtype.bytes();
  }
}
