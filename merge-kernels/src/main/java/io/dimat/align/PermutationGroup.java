package io.dimat.align;

import java.io.Serializable;
import java.util.List;

/**
 * Axes that share one permutation.
 *
 * @param index position in {@link PermutationSpec#groups()}
 * @param name the first layer, in topological order, that makes these units
 * @param size number of units
 * @param layers all layers that make these units, in topological order
 * @param ties why there are several, for example {@code layer1.0.add ties layer1.0.bn2 and relu};
 *     empty for one layer on its own
 * @param axes everything that a permutation of the units gathers
 * @param matchPoint where the units are observed: the last of {@code nonlinearPoints}, or the last
 *     layer whose channels are exactly these units if there is none
 * @param nonlinearPoints every activation whose channels are exactly these units, in topological
 *     order
 */
public record PermutationGroup(
    int index,
    String name,
    int size,
    List<String> layers,
    List<String> ties,
    List<PermutedAxis> axes,
    MatchPoint matchPoint,
    List<MatchPoint> nonlinearPoints)
    implements Serializable {
  public PermutationGroup {
    layers = List.copyOf(layers);
    ties = List.copyOf(ties);
    axes = List.copyOf(axes);
    nonlinearPoints = List.copyOf(nonlinearPoints);
  }
}
