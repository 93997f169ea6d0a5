package io.dimat.merge;

import io.dimat.align.BasisChange;
import io.dimat.align.MatchPoints;
import io.dimat.align.PermutationSpec;
import io.dimat.protocol.GroupMetrics;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;

/** Finds what brings other models into a reference's units; averages nothing. */
public interface Aligner extends Serializable {
  /** Name in reports. */
  String name();

  /** True if a unit of an aligned model may be a mixture of several of its own units. */
  boolean mixesUnits();

  /**
   * Where units of the reference and of each other model are observed, if their moments there are
   * all that {@link #align} asks of a probe; empty otherwise.
   */
  default Optional<MatchPoints> observed() {
    return Optional.empty();
  }

  /**
   * One result for each of {@code others}, in order.
   *
   * @param reference not modified
   * @param others not modified; may be empty
   * @param probe asked for sums only by aligners that need data
   */
  List<Found> align(
      PermutationSpec spec, ParamVector reference, List<ParamVector> others, Probe probe);

  /**
   * What brings one model into the reference's units.
   *
   * @param groups how well each permutation group was matched, in the order of the spec
   */
  record Found(BasisChange change, List<GroupMetrics> groups) {
    public Found {
      groups = List.copyOf(groups);
    }
  }
}
