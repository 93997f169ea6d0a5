package io.dimat.tensor;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * All parameters of one network as one flat float vector in canonical layout. Immutable: arrays are
 * copied in and out, equality is by layout and bit pattern.
 */
public final class ParamVector implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ParamLayout layout;
  private final float[] values;

  private ParamVector(ParamLayout layout, float[] values) {
    this.layout = layout;
    this.values = values;
  }

  /**
   * A vector of these values.
   *
   * @param values {@code layout.size()} elements; copied
   */
  public static ParamVector of(ParamLayout layout, float[] values) {
    if (values.length != layout.size()) {
      throw new IllegalArgumentException(
          "a vector of this layout has " + layout.size() + " values, got " + values.length);
    }
    return new ParamVector(layout, values.clone());
  }

  public static ParamVector zeros(ParamLayout layout) {
    return new ParamVector(layout, new float[layout.size()]);
  }

  /**
   * {@code sum_k weights[k] * vectors[k]}, every element summed in double in list order and rounded
   * once. Running statistics are summed like all other slices.
   *
   * @param vectors at least one, all of one layout; not modified
   */
  public static ParamVector weightedSum(double[] weights, List<ParamVector> vectors) {
    if (vectors.isEmpty() || weights.length != vectors.size()) {
      throw new IllegalArgumentException(
          "a weighted sum needs one weight per vector, got "
              + weights.length
              + " and "
              + vectors.size());
    }
    ParamLayout layout = vectors.get(0).layout;
    vectors.forEach(v -> requireSameLayout(layout, v.layout));
    float[][] rows = vectors.stream().map(v -> v.values).toArray(float[][]::new);
    float[] sum = new float[layout.size()];
    for (int i = 0; i < sum.length; i++) {
      double s = 0;
      for (int k = 0; k < rows.length; k++) {
        s += weights[k] * rows[k][i];
      }
      sum[i] = (float) s;
    }
    return new ParamVector(layout, sum);
  }

  public ParamLayout layout() {
    return layout;
  }

  public int size() {
    return values.length;
  }

  public float get(int index) {
    return values[index];
  }

  /** A copy of all values in canonical order. */
  public float[] toArray() {
    return values.clone();
  }

  /** Copies all values into {@code target} from index 0 on. */
  public void copyTo(float[] target) {
    System.arraycopy(values, 0, target, 0, values.length);
  }

  /** A copy of one tensor's values, row-major. */
  public float[] slice(String name) {
    ParamSlice slice = layout.slice(name);
    return Arrays.copyOfRange(values, slice.offset(), slice.offset() + slice.length());
  }

  /** This vector with one tensor replaced; this vector is not modified. */
  public ParamVector with(String name, float[] tensor) {
    ParamSlice slice = layout.slice(name);
    if (tensor.length != slice.length()) {
      throw new IllegalArgumentException(
          name + " has " + slice.length() + " values, got " + tensor.length);
    }
    float[] copy = values.clone();
    System.arraycopy(tensor, 0, copy, slice.offset(), tensor.length);
    return new ParamVector(layout, copy);
  }

  /** The slices of one role taken from {@code other}, all others from this vector. */
  public ParamVector withSlicesOf(Role role, ParamVector other) {
    requireSameLayout(layout, other.layout);
    float[] copy = values.clone();
    for (ParamSlice slice : layout.slices()) {
      if (slice.role() == role) {
        System.arraycopy(other.values, slice.offset(), copy, slice.offset(), slice.length());
      }
    }
    return new ParamVector(layout, copy);
  }

  /** The trainable slices alone, packed, with layout {@code layout().trainable()}. */
  public ParamVector trainable() {
    float[] packed = new float[layout.trainableSize()];
    int at = 0;
    for (ParamSlice slice : layout.slices()) {
      if (slice.role() == Role.TRAINABLE) {
        System.arraycopy(values, slice.offset(), packed, at, slice.length());
        at += slice.length();
      }
    }
    return new ParamVector(layout.trainable(), packed);
  }

  /** Squared Euclidean distance over the trainable slices, summed in double. */
  public double squaredDistance(ParamVector other) {
    requireSameLayout(layout, other.layout);
    double sum = 0;
    for (ParamSlice slice : layout.slices()) {
      if (slice.role() == Role.TRAINABLE) {
        for (int i = slice.offset(); i < slice.offset() + slice.length(); i++) {
          double d = (double) values[i] - other.values[i];
          sum += d * d;
        }
      }
    }
    return sum;
  }

  /** False if any value is NaN or infinite. */
  public boolean isFinite() {
    for (float value : values) {
      if (!Float.isFinite(value)) {
        return false;
      }
    }
    return true;
  }

  private static void requireSameLayout(ParamLayout expected, ParamLayout got) {
    if (!expected.equals(got)) {
      throw new IllegalArgumentException(
          "vectors must have one layout, got " + expected + " and " + got);
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ParamVector that
        && layout.equals(that.layout)
        && Arrays.equals(values, that.values);
  }

  @Override
  public int hashCode() {
    return Arrays.hashCode(values);
  }

  @Override
  public String toString() {
    return "ParamVector[" + values.length + " values]";
  }
}
