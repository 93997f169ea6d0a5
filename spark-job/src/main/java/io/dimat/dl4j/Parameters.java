package io.dimat.dl4j;

import io.dimat.learn.LocalOptimizer;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Role;

/** The parameters in canonical order and their gradient in the order of the trainable ones. */
final class Parameters {
  private final ParamLayout layout;
  private final ParamLayout trainableLayout;
  private final float[] values;
  private float[] gradient = {};
  private float[] packed = {};

  Parameters(ParamLayout layout) {
    this.layout = layout;
    this.trainableLayout = layout.trainable();
    this.values = new float[layout.size()];
  }

  /** The live values, not a copy: layers read their slices from here. */
  float[] values() {
    return values;
  }

  /**
   * The live gradient, not a copy: layers write their slices here. Made when first asked for,
   * because who only evaluates has no use for it.
   */
  float[] gradient() {
    if (gradient.length == 0) {
      gradient = new float[layout.trainableSize()];
    }
    return gradient;
  }

  ParamSlice slice(String name) {
    return layout.slice(name);
  }

  boolean contains(String name) {
    return layout.contains(name);
  }

  /** Where a trainable slice starts in {@link #gradient()}. */
  int gradientOffset(String name) {
    return trainableLayout.slice(name).offset();
  }

  void load(ParamVector params) {
    if (!params.layout().equals(layout)) {
      throw new IllegalArgumentException(
          "parameters must have the network's layout " + layout + ", got " + params.layout());
    }
    params.copyTo(values);
  }

  ParamVector store() {
    return ParamVector.of(layout, values);
  }

  ParamVector storeGradient() {
    return ParamVector.of(trainableLayout, gradient());
  }

  /** One optimizer step on the trainable values. */
  void step(LocalOptimizer optimizer) {
    if (packed.length == 0) {
      packed = new float[layout.trainableSize()];
    }
    int at = 0;
    for (ParamSlice slice : layout.slices()) {
      if (slice.role() == Role.TRAINABLE) {
        System.arraycopy(values, slice.offset(), packed, at, slice.length());
        at += slice.length();
      }
    }
    optimizer.step(packed, gradient());
    at = 0;
    for (ParamSlice slice : layout.slices()) {
      if (slice.role() == Role.TRAINABLE) {
        System.arraycopy(packed, at, values, slice.offset(), slice.length());
        at += slice.length();
      }
    }
  }
}
