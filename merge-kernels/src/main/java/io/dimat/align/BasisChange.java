package io.dimat.align;

import io.dimat.tensor.ParamVector;
import java.io.Serializable;

/**
 * What rewrites a model into the units of a reference: one to one (an {@link Alignment}) or by
 * mixing units (a {@link SoftAlignment}).
 */
public sealed interface BasisChange extends Serializable permits Alignment, SoftAlignment {
  /**
   * The model in the reference's units.
   *
   * @param spec of the network of both
   * @param vector of the network's layout or of its trainable part; not modified
   * @return a new vector of the same layout
   * @throws IllegalArgumentException if groups or layout are another network's
   */
  ParamVector applyTo(PermutationSpec spec, ParamVector vector);

  /**
   * Numbers that belong to the model's units, such as means of activations, as numbers of the
   * reference's units.
   *
   * @param group index into {@link PermutationSpec#groups()}
   * @param perUnit one per unit of the group; not modified
   * @return a new array of the same length
   * @throws IllegalArgumentException if there is not one number per unit
   */
  double[] carry(int group, double[] perUnit);

  /** Refuses anything but one number per unit. */
  static void requireUnits(int group, int units, double[] perUnit) {
    if (perUnit.length != units) {
      throw new IllegalArgumentException(
          "group " + group + " carries one number per unit, " + units + ", got " + perUnit.length);
    }
  }
}
