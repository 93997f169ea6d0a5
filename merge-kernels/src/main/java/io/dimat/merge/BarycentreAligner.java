package io.dimat.merge;

import io.dimat.align.Alignment;
import io.dimat.align.Barycentre;
import io.dimat.align.BlockedMatrixProduct;
import io.dimat.align.PermutationSpec;
import io.dimat.align.WeightMatching;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;

/**
 * Alignment to the common mean of all models (MergeMany, Git Re-Basin, arXiv 2209.04836): the
 * others are matched to each other as well, not to the reference alone, which only gives the order
 * of units. All models count alike, whatever their weights in the merge. Looks at no image. A
 * group's correlation is the cosine of its weights in the reference and in the aligned model.
 *
 * @param seed of visiting orders
 */
record BarycentreAligner(long seed) implements Aligner {
  @Override
  public String name() {
    return "weight matching to the common mean";
  }

  @Override
  public boolean mixesUnits() {
    return false;
  }

  @Override
  public List<Found> align(
      PermutationSpec spec, ParamVector reference, List<ParamVector> others, Probe probe) {
    List<ParamVector> models = new ArrayList<>(List.of(reference));
    models.addAll(others);
    List<Alignment> alignments =
        Barycentre.of(spec, models, 0, seed, new BlockedMatrixProduct()).alignments();
    WeightMatching matching = new WeightMatching(spec, new BlockedMatrixProduct());
    List<Found> found = new ArrayList<>();
    for (int k = 1; k < models.size(); k++) {
      found.add(
          ActivationAligner.found(
              matching.describe(reference, models.get(k), alignments.get(k)).matching()));
    }
    return found;
  }
}
