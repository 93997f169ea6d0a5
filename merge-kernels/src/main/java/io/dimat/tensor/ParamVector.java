package io.dimat.tensor;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.List;
import java.util.function.DoubleBinaryOperator;
import java.util.function.DoubleUnaryOperator;
import java.util.stream.IntStream;

/**
 * All parameters of one network as one flat vector in canonical layout, or those of one role alone.
 * Immutable: arrays are copied in and out, equality is by layout and bit pattern. Every operation
 * computes in double and rounds once to the layout's precision.
 */
public final class ParamVector implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ParamLayout layout;
  private final Values values;

  private ParamVector(ParamLayout layout, Values values) {
    this.layout = layout;
    this.values = values;
  }

  /**
   * A vector of these values.
   *
   * @param values {@code layout.size()} elements; copied
   */
  public static ParamVector of(ParamLayout layout, float[] values) {
    requireLength(layout, values.length);
    if (layout.precision() == Precision.SINGLE) {
      return new ParamVector(layout, new Values.Singles(values.clone()));
    }
    double[] wide = IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
    return new ParamVector(layout, new Values.Doubles(wide));
  }

  /**
   * A vector of these values, rounded to the layout's precision.
   *
   * @param values {@code layout.size()} elements; copied
   */
  public static ParamVector of(ParamLayout layout, double[] values) {
    requireLength(layout, values.length);
    return make(layout, i -> values[i]);
  }

  public static ParamVector zeros(ParamLayout layout) {
    return new ParamVector(layout, Values.zeros(layout.precision(), layout.size()));
  }

  private static ParamVector make(ParamLayout layout, Element element) {
    Values made = Values.zeros(layout.precision(), layout.size());
    for (int i = 0; i < layout.size(); i++) {
      made.put(i, element.at(i));
    }
    return new ParamVector(layout, made);
  }

  /** An element of a vector in the making. */
  private interface Element {
    double at(int index);
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
    Values[] rows = vectors.stream().map(v -> v.values).toArray(Values[]::new);
    return make(
        layout,
        i -> {
          double sum = 0;
          for (int k = 0; k < rows.length; k++) {
            sum += weights[k] * rows[k].at(i);
          }
          return sum;
        });
  }

  public ParamLayout layout() {
    return layout;
  }

  public int size() {
    return values.length();
  }

  /** One element, exactly as stored. */
  public double at(int index) {
    return values.at(index);
  }

  /** {@code this + factor * other}. */
  public ParamVector plus(double factor, ParamVector other) {
    return zip(other, (x, y) -> x + factor * y);
  }

  /** {@code this + share (other - this)}; exactly {@code other} if the share is 1. */
  public ParamVector towards(ParamVector other, double share) {
    return share == 1 ? other : plus(share, other.minus(this));
  }

  /** {@code this + other}. */
  public ParamVector plus(ParamVector other) {
    return zip(other, Double::sum);
  }

  /** {@code this - other}. */
  public ParamVector minus(ParamVector other) {
    return zip(other, (x, y) -> x - y);
  }

  /** {@code factor * this}. */
  public ParamVector times(double factor) {
    return map(x -> factor * x);
  }

  /** The function of every element. */
  public ParamVector map(DoubleUnaryOperator function) {
    return make(layout, i -> function.applyAsDouble(values.at(i)));
  }

  /** The function of every pair of elements of this vector and {@code other}, of one layout. */
  public ParamVector zip(ParamVector other, DoubleBinaryOperator function) {
    requireSameLayout(layout, other.layout);
    return make(layout, i -> function.applyAsDouble(values.at(i), other.values.at(i)));
  }

  /** {@code sum_i this_i other_i} over all slices, summed in double. */
  public double dot(ParamVector other) {
    requireSameLayout(layout, other.layout);
    double sum = 0;
    for (int i = 0; i < values.length(); i++) {
      sum += values.at(i) * other.values.at(i);
    }
    return sum;
  }

  /** Euclidean norm over all slices. */
  public double norm() {
    return Math.sqrt(dot(this));
  }

  /** A copy of all values in canonical order, rounded to single precision. */
  public float[] toArray() {
    float[] copy = new float[size()];
    copyTo(copy);
    return copy;
  }

  /** A copy of all values in canonical order. */
  public double[] toDoubles() {
    return IntStream.range(0, size()).mapToDouble(values::at).toArray();
  }

  /** Copies all values into {@code target} from index 0 on, rounded to single precision. */
  public void copyTo(float[] target) {
    if (values instanceof Values.Singles singles) {
      System.arraycopy(singles.array, 0, target, 0, size());
      return;
    }
    for (int i = 0; i < size(); i++) {
      target[i] = (float) values.at(i);
    }
  }

  /** Puts all values into {@code target} from its position on, rounded to single precision. */
  public void copyTo(FloatBuffer target) {
    if (values instanceof Values.Singles singles) {
      target.put(singles.array);
      return;
    }
    for (int i = 0; i < size(); i++) {
      target.put((float) values.at(i));
    }
  }

  /** A copy of one tensor's values, row-major. */
  public float[] slice(String name) {
    ParamSlice slice = layout.slice(name);
    float[] tensor = new float[slice.length()];
    for (int i = 0; i < tensor.length; i++) {
      tensor[i] = (float) values.at(slice.offset() + i);
    }
    return tensor;
  }

  /** This vector with one tensor replaced; this vector is not modified. */
  public ParamVector with(String name, float[] tensor) {
    ParamSlice slice = layout.slice(name);
    if (tensor.length != slice.length()) {
      throw new IllegalArgumentException(
          name + " has " + slice.length() + " values, got " + tensor.length);
    }
    Values copy = copy();
    for (int i = 0; i < tensor.length; i++) {
      copy.put(slice.offset() + i, tensor[i]);
    }
    return new ParamVector(layout, copy);
  }

  /** The slices of one role taken from {@code other}, all others from this vector. */
  public ParamVector withSlicesOf(Role role, ParamVector other) {
    requireSameLayout(layout, other.layout);
    Values copy = copy();
    for (ParamSlice slice : layout.slices()) {
      if (slice.role() == role) {
        copy.copy(slice.offset(), other.values, slice.offset(), slice.length());
      }
    }
    return new ParamVector(layout, copy);
  }

  /** The trainable slices alone, packed, with layout {@code layout().trainable()}. */
  public ParamVector trainable() {
    return only(Role.TRAINABLE, layout.trainable());
  }

  /** The running statistics alone, packed, with layout {@code layout().statistics()}. */
  public ParamVector statistics() {
    return only(Role.RUNNING_STATISTIC, layout.statistics());
  }

  private ParamVector only(Role role, ParamLayout packed) {
    if (packed.size() == layout.size()) {
      return this;
    }
    Values made = Values.zeros(packed.precision(), packed.size());
    int at = 0;
    for (ParamSlice slice : layout.slices()) {
      if (slice.role() == role) {
        made.copy(at, values, slice.offset(), slice.length());
        at += slice.length();
      }
    }
    return new ParamVector(packed, made);
  }

  /**
   * This full vector with its trainable slices replaced.
   *
   * @param packed of layout {@code layout().trainable()}
   */
  public ParamVector withTrainable(ParamVector packed) {
    requireSameLayout(layout.trainable(), packed.layout);
    return unpack(Role.TRAINABLE, packed);
  }

  /**
   * This full vector with its running statistics replaced.
   *
   * @param packed of layout {@code layout().statistics()}
   */
  public ParamVector withStatistics(ParamVector packed) {
    requireSameLayout(layout.statistics(), packed.layout);
    return unpack(Role.RUNNING_STATISTIC, packed);
  }

  private ParamVector unpack(Role role, ParamVector packed) {
    if (packed.size() == size()) {
      return packed;
    }
    Values copy = copy();
    int at = 0;
    for (ParamSlice slice : layout.slices()) {
      if (slice.role() == role) {
        copy.copy(slice.offset(), packed.values, at, slice.length());
        at += slice.length();
      }
    }
    return new ParamVector(layout, copy);
  }

  private Values copy() {
    Values copy = Values.zeros(layout.precision(), layout.size());
    copy.copy(0, values, 0, layout.size());
    return copy;
  }

  /** Squared Euclidean distance over the trainable slices, summed in double. */
  public double squaredDistance(ParamVector other) {
    requireSameLayout(layout, other.layout);
    double sum = 0;
    for (ParamSlice slice : layout.slices()) {
      if (slice.role() == Role.TRAINABLE) {
        for (int i = slice.offset(); i < slice.offset() + slice.length(); i++) {
          double d = values.at(i) - other.values.at(i);
          sum += d * d;
        }
      }
    }
    return sum;
  }

  /** False if any value is NaN or infinite. */
  public boolean isFinite() {
    return values.finite();
  }

  private static void requireLength(ParamLayout layout, int length) {
    if (length != layout.size()) {
      throw new IllegalArgumentException(
          "a vector of this layout has " + layout.size() + " values, got " + length);
    }
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
        && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }

  @Override
  public String toString() {
    return "ParamVector[" + size() + " values]";
  }
}
