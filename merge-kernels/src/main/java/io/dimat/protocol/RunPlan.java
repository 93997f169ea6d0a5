package io.dimat.protocol;

import io.dimat.graph.MixingSchedule;
import io.dimat.graph.RememberedSchedule;
import io.dimat.graph.Topology;
import io.dimat.network.Network;
import java.io.Serializable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * One run, complete: what every engine needs besides data and a learner.
 *
 * @param mixing remembers its last matrices, see {@link RememberedSchedule}
 * @param rounds the last round; round 0 is the start
 */
public record RunPlan(
    AgentProgram program,
    Network network,
    MixingSchedule mixing,
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
    mixing = RememberedSchedule.of(mixing);
    List<String> violations = violations(program, network, mixing);
    if (!violations.isEmpty()) {
      throw new IllegalArgumentException(String.join("\n", violations));
    }
  }

  private static List<String> violations(
      AgentProgram program, Network network, MixingSchedule mixing) {
    return Stream.concat(
            program.requires().stream().map(rule -> rule.violation(mixing, network)),
            Stream.of(program.refusal(network), program.refusal(mixing)))
        .flatMap(Optional::stream)
        .sorted()
        .toList();
  }

  /** Who may talk to whom in any iteration. */
  public Topology topology() {
    return mixing.topology();
  }

  public int agents() {
    return mixing.agents();
  }

  /**
   * What a round does, cut after every committed phase; the starting phase alone in round 0.
   *
   * @throws IllegalStateException if two committed phases of the round have one name, by which they
   *     are committed
   */
  public List<Plan.Segment> segments(int round) {
    Plan plan = round == 0 ? Plan.of(program.start()) : program.round(round);
    List<Plan.Segment> segments = plan.segments();
    List<String> names = segments.stream().map(segment -> segment.last().name()).toList();
    if (new HashSet<>(names).size() < names.size()) {
      throw new IllegalStateException(
          "phases are committed by names, which differ in a round, got " + names);
    }
    return segments;
  }

  /** The iteration of phases that count rounds only: one mixing per round. */
  public static long iteration(int round) {
    return Math.max(0, round - 1);
  }
}
