package io.dimat.merge;

import io.dimat.align.BlockedMatrixProduct;
import io.dimat.align.PermutationSpec;
import io.dimat.align.WeightMatching;
import io.dimat.tensor.ParamVector;
import java.util.List;

/**
 * Weight matching (Git Re-Basin, arXiv 2209.04836): permutes hidden units so that the weights
 * themselves come closest. Looks at no image. A group's correlation is the cosine of its matched
 * weights.
 *
 * @param restarts descents per model, of which the best is kept, at least 1
 * @param seed of their visiting orders
 */
record WeightAligner(int restarts, long seed) implements Aligner {
  @Override
  public String name() {
    return "weight matching";
  }

  @Override
  public boolean mixesUnits() {
    return false;
  }

  @Override
  public List<Found> align(
      PermutationSpec spec, ParamVector reference, List<ParamVector> others, Probe probe) {
    WeightMatching matching = new WeightMatching(spec, new BlockedMatrixProduct());
    return others.stream()
        .map(
            other ->
                ActivationAligner.found(matching.best(reference, other, seed, restarts).matching()))
        .toList();
  }
}
