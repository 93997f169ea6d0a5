package io.dimat.align;

import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.util.List;

/**
 * A change of basis that mixes units, one {@link UnitMixing} per group of a {@link
 * PermutationSpec}: what optimal transport (arXiv 1910.05653) and zipping (arXiv 2305.03053) give
 * where a permutation is too narrow. For permutations it does exactly what {@link Alignment} does.
 *
 * <p>Axis 0 of every tensor is mixed by {@code produce}: weights, biases, batch-norm scale and
 * shift, running mean, and, as the same mixture, running variance. The variance of a mixture is not
 * the mixture of variances, so running variances are approximate, and negative entries of {@code
 * produce} can make them negative: recalibrate batch norm before the model is used. Axis 1 is mixed
 * by {@code consume}. A depthwise convolution has no axis 1 to mix: its kernels follow {@code
 * produce}.
 *
 * @param groups in the order of {@link PermutationSpec#groups()}
 */
public record SoftAlignment(List<UnitMixing> groups) implements BasisChange {
  public SoftAlignment {
    groups = List.copyOf(groups);
  }

  /** The soft alignment that does what the alignment does. */
  public static SoftAlignment of(Alignment alignment) {
    return new SoftAlignment(alignment.permutations().stream().map(UnitMixing::of).toList());
  }

  /**
   * Cost: for every axis that follows a group of C units, C multiply-adds per value; groups that
   * stay as they are cost nothing.
   */
  @Override
  public ParamVector applyTo(PermutationSpec spec, ParamVector vector) {
    spec.requireSizes(groups.stream().map(UnitMixing::units).toList());
    spec.requireLayout(vector);
    float[] values = vector.toArray();
    for (ParamSlice slice : vector.layout().slices()) {
      for (PermutationSpec.Follower follower : spec.followers(slice.name())) {
        groups.get(follower.group()).mix(values, slice, follower.stretch());
      }
    }
    return ParamVector.of(vector.layout(), values);
  }

  @Override
  public double[] carry(int group, double[] perUnit) {
    UnitMixing mixing = groups.get(group);
    BasisChange.requireUnits(group, mixing.units(), perUnit);
    return mixing.carry(perUnit);
  }
}
