package io.dimat.tensor;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * The canonical order, names, shapes and roles of a network's parameters: what gives a flat array
 * of floats its meaning. Two vectors can be mixed only if their layouts are equal.
 */
public final class ParamLayout implements Serializable {
  private static final long serialVersionUID = 1L;

  private final List<ParamSlice> slices;
  private final Map<String, ParamSlice> byName = new LinkedHashMap<>();
  private final int size;
  private final int trainableSize;
  private final Precision precision;

  private ParamLayout(List<ParamSlice> slices, Precision precision) {
    this.slices = List.copyOf(slices);
    this.precision = precision;
    int total = 0;
    int trainable = 0;
    for (ParamSlice slice : slices) {
      if (byName.put(slice.name(), slice) != null) {
        throw new IllegalArgumentException(
            "parameter names must be unique, got " + slice.name() + " twice");
      }
      total = Math.addExact(total, slice.length());
      trainable += slice.role() == Role.TRAINABLE ? slice.length() : 0;
    }
    this.size = total;
    this.trainableSize = trainable;
  }

  public static Builder builder() {
    return new Builder();
  }

  /** The layout of values that belong to no tensor of a network, for example a part of a vector. */
  public static ParamLayout flat(int length, Precision precision) {
    Builder builder = builder().precision(precision);
    return (length == 0 ? builder : builder.add("part", List.of(length), Role.TRAINABLE)).build();
  }

  /** Slices in canonical order; they tile [0, size) without gaps. */
  public List<ParamSlice> slices() {
    return slices;
  }

  /** Number of elements of a full vector. */
  public int size() {
    return size;
  }

  /** Number of elements whose role is {@link Role#TRAINABLE}. */
  public int trainableSize() {
    return trainableSize;
  }

  /**
   * The slice of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ParamSlice slice(String name) {
    ParamSlice slice = byName.get(name);
    if (slice == null) {
      throw new IllegalArgumentException(
          "no parameter is named " + name + ", there are " + byName.keySet());
    }
    return slice;
  }

  /** How finely vectors of this layout store their values. */
  public Precision precision() {
    return precision;
  }

  public boolean contains(String name) {
    return byName.containsKey(name);
  }

  /** The layout of the trainable slices alone, in the same order, packed without gaps. */
  public ParamLayout trainable() {
    return only(Role.TRAINABLE);
  }

  /** The layout of the running statistics alone, in the same order, packed without gaps. */
  public ParamLayout statistics() {
    return only(Role.RUNNING_STATISTIC);
  }

  /** This layout if all its slices have that role, so that packing twice costs nothing. */
  private ParamLayout only(Role role) {
    if (slices.stream().allMatch(slice -> slice.role() == role)) {
      return this;
    }
    Builder builder = builder().precision(precision);
    for (ParamSlice slice : slices) {
      if (slice.role() == role) {
        builder.add(slice.name(), slice.shape(), slice.role());
      }
    }
    return builder.build();
  }

  @Override
  public boolean equals(Object other) {
    return other == this
        || (other instanceof ParamLayout that
            && precision == that.precision
            && slices.equals(that.slices));
  }

  @Override
  public int hashCode() {
    return slices.hashCode();
  }

  @Override
  public String toString() {
    return "ParamLayout["
        + slices.size()
        + " tensors, "
        + size
        + " values, "
        + trainableSize
        + " trainable]";
  }

  /** Appends slices in canonical order. */
  public static final class Builder {
    private final List<ParamSlice> slices = new ArrayList<>();
    private int offset;
    private Precision precision = Precision.SINGLE;

    /** Single unless said otherwise. */
    public Builder precision(Precision precision) {
      this.precision = precision;
      return this;
    }

    public Builder add(String name, List<Integer> shape, Role role) {
      ParamSlice slice = new ParamSlice(name, shape, role, offset);
      offset = Math.addExact(offset, slice.length());
      slices.add(slice);
      return this;
    }

    public ParamLayout build() {
      return new ParamLayout(slices, precision);
    }
  }
}
