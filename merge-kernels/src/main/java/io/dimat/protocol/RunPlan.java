package io.dimat.protocol;

import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.network.Network;
import java.io.Serializable;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run, complete: what every engine needs besides data and a learner.
 *
 * @param rounds the last round; round 0 is the start
 */
public record RunPlan(
    AgentProgram program,
    Network network,
    Topology topology,
    MixingMatrix mixing,
    Seeds seeds,
    int rounds,
    EvaluationSchedule schedule)
    implements Serializable {

  /**
   * Checks the combination.
   *
   * @throws IllegalArgumentException with every broken rule, one a line
   */
  public RunPlan {
    if (rounds < 0) {
      throw new IllegalArgumentException("rounds must not be negative, got " + rounds);
    }
    List<String> violations =
        Stream.concat(
                program.requires().stream().map(rule -> rule.violation(topology, mixing, network)),
                Stream.of(program.refusal(network)))
            .flatMap(Optional::stream)
            .sorted()
            .toList();
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", violations));
    }
  }

  public int agents() {
    return topology.agents();
  }

  /** The phases of a round, the starting phase for round 0. */
  public List<Phase> phases(int round) {
    return round == 0 ? List.of(program.start()) : program.round(round).phases();
  }
}
