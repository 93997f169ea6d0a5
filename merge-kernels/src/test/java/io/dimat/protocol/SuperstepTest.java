package io.dimat.protocol;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.tensor.NotFiniteException;
import java.util.List;
import org.junit.jupiter.api.Test;

class SuperstepTest {
  private static Superstep failing(RuntimeException failure) {
    Phase phase =
        Phase.alone(
            "match",
            EvaluationPoint.MERGED,
            (state, inbox, context) -> {
              throw failure;
            });
    return new Superstep(List.of(new Superstep.Placed(phase, 4)));
  }

  private static Recorder recorder() {
    return new Recorder(() -> 0L);
  }

  private static void run(Superstep superstep) {
    LocalContext context =
        new LocalContext(
            2,
            5,
            4,
            MixingMatrix.metropolisHastings(Topology.ring(3)),
            null,
            null,
            new Seeds(1),
            new EvaluationSchedule(1, 1, 5),
            recorder());
    superstep.run(null, Inbox.empty(), context, SuperstepTest::recorder);
  }

  @Test
  void run_phaseMeetsNaN_hasDivergedAtThatAgentRoundAndPhase() {
    Superstep superstep = failing(new NotFiniteException("fc needs finite scores, got NaN"));

    assertThatThrownBy(() -> run(superstep))
        .isInstanceOf(DivergedException.class)
        .hasNoCause()
        .hasMessage(
            "fc needs finite scores, got NaN at agent 2 in round 5, phase match:"
                + " try a smaller train.learning-rate, in another --out");
  }

  @Test
  void run_phaseFailsOtherwise_failureIsKept() {
    IllegalArgumentException failure = new IllegalArgumentException("wrong shape");

    assertThatThrownBy(() -> run(failing(failure))).isSameAs(failure);
  }
}
