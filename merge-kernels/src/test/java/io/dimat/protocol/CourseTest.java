package io.dimat.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

class CourseTest {
  private static final Phase COMPUTE = Phase.sending("compute", (s, in, c) -> StepResult.of(s));
  private static final Phase MIX = Phase.reading("mix", (s, in, c) -> StepResult.of(s));
  private static final Phase ANSWER = Phase.relaying("answer", (s, in, c) -> StepResult.of(s));
  private static final Phase MEASURE =
      Phase.alone("measure", EvaluationPoint.MERGED, (s, in, c) -> StepResult.of(s));

  @Test
  void run_iterations_mixingAndNextComputingShareASuperstep() {
    Plan round = Plan.inOrder(new Plan.Iterate(10, 3, Plan.of(COMPUTE, MIX)), new Plan.Do(MEASURE));

    assertThat(supersteps(round, 0))
        .containsExactly(
            "compute@10", "mix@10 compute@11", "mix@11 compute@12", "mix@12 measure@7!");
  }

  @Test
  void run_answers_standBetweenSupersteps() {
    Plan round =
        Plan.inOrder(new Plan.Iterate(0, 2, Plan.of(COMPUTE, ANSWER, MIX)), new Plan.Do(MEASURE));

    assertThat(supersteps(round, 0))
        .containsExactly(
            "compute@0", "answer@0", "mix@0 compute@1", "answer@1", "mix@1 measure@7!");
  }

  @Test
  void run_repeatUntil_stopsWhenEnoughIsMeasured() {
    Plan.Condition enough = measured -> measured.get(0).values().get("left") <= 0;
    Plan round =
        Plan.inOrder(
            new Plan.Iterate(
                0,
                1,
                Plan.inOrder(
                    Plan.of(COMPUTE, MIX), new Plan.RepeatUntil(Plan.of(COMPUTE, MIX), enough, 5))),
            new Plan.Do(MEASURE));

    assertThat(supersteps(round, 4))
        .containsExactly("compute@0", "mix@0", "compute@0", "mix@0", "measure@7!");
    assertThat(supersteps(round, 100)).hasSize(12).endsWith("compute@0", "mix@0 measure@7!");
  }

  @Test
  void segments_committedPhases_eachEndOne() {
    List<Plan.Segment> segments = Plan.of(COMPUTE, MIX).segments();

    assertThat(segments)
        .extracting(segment -> segment.last().name())
        .containsExactly("compute", "mix");
    assertThatThrownBy(() -> new Plan.Iterate(0, 1, Plan.of(COMPUTE)).segments())
        .hasMessageStartingWith("a round ends in a committed phase");
  }

  /** Names of supersteps; every one leaves one less to do, from {@code left} on. */
  private static List<String> supersteps(Plan round, int left) {
    List<String> names = new ArrayList<>();
    for (Plan.Segment segment : round.segments()) {
      Course.run(
          segment,
          7,
          (superstep, committed) -> {
            names.add(
                superstep.phases().stream()
                        .map(placed -> placed.phase().name() + "@" + placed.iteration())
                        .collect(Collectors.joining(" "))
                    + (committed ? "!" : ""));
            TreeMap<Integer, AgentMetrics> measured = new TreeMap<>();
            measured.put(0, AgentMetrics.none().with("left", left - names.size()));
            return measured;
          });
    }
    return names;
  }
}
