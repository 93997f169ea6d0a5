package io.dimat.algorithm.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.gossip.DecentralizedSgd;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.CommunicationSchedule;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.GradientOracle;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.Course;
import io.dimat.protocol.Superstep;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LdSgdTest {
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(8));

  private final Quadratics problem = Quadratics.het();

  @Test
  void noLocalSteps_isDecentralizedSgd() {
    IterativeTraining training = Quadratics.training(0.05, 30);
    AgentProgram dsgd = new DecentralizedSgd("dsgd", training, CombineOrder.ADAPT_THEN_COMBINE);

    assertThat(problem.models(ld(training, Momentum.NONE, 0, 5), RING, 2))
        .isEqualTo(problem.models(dsgd, RING, 2));
  }

  @Test
  void cycle_roundsOfAnyLength_isCountedOverTheRun() {
    Momentum momentum = new Momentum(0.5, Momentum.Style.NESTEROV);

    double[] short7 = problem.models(ld(Quadratics.training(0.05, 7), momentum, 3, 2), RING, 6);
    double[] long42 = problem.models(ld(Quadratics.training(0.05, 42), momentum, 3, 2), RING, 1);

    assertThat(short7).isEqualTo(long42);
  }

  @Test
  void localStepsAlone_leadToTheAgentsOwnMinima() {
    AgentProgram program = ld(Quadratics.training(0.5, 200), Momentum.NONE, 200, 1);

    assertThat(problem.models(program, RING, 1)).containsExactly(problem.b(), within(1e-9));
  }

  @Test
  void gossipAlone_distanceShrinksByTheSecondEigenvalue_meanStays() {
    double mean = Arrays.stream(gossiped(0)).average().orElseThrow();
    double[] before = gossiped(60);
    double[] after = gossiped(61);

    assertThat(mean).isCloseTo(3.5, within(1e-12));
    assertThat(Arrays.stream(after).average().orElseThrow()).isCloseTo(3.5, within(1e-12));
    assertThat(distance(after) / distance(before)).isCloseTo(0.804738, within(1e-6));
  }

  @Test
  void localSteps_areOneSuperstepWithWhatFollows() {
    List<Superstep> supersteps = new ArrayList<>();
    AgentProgram program = ld(Quadratics.training(0.05, 15), Momentum.NONE, 10, 5);

    program
        .round(1)
        .segments()
        .forEach(
            segment ->
                Course.run(
                    segment,
                    0,
                    (superstep, committed) -> {
                      supersteps.add(superstep);
                      return new TreeMap<>();
                    }));

    assertThat(supersteps).hasSize(5 + 1);
    assertThat(supersteps.get(0).phases()).hasSize(10 + 1);
  }

  @Test
  void traffic_isThatOfTheGossipSteps() {
    AgentProgram program = ld(Quadratics.training(0.05, 30), Momentum.NONE, 10, 20);

    assertThat(program.bytesPerNeighbor(problem.layout())).isEqualTo((long) Double.BYTES * 20);
  }

  @Test
  void noGossipSteps_isRefused() {
    assertThatThrownBy(() -> ld(Quadratics.training(0.05, 1), Momentum.NONE, 3, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("1 or more gossiping iterations, got 3 and 0");
  }

  /** One full step to the agents' own minima, then nothing but mixing. */
  private static double[] gossiped(int iterations) {
    LearningRate once = k -> k == 0 ? 1 : Double.MIN_VALUE;
    IterativeTraining training = Quadratics.training(once, GradientOracle.PLAIN, iterations + 1);
    return Quadratics.same().models(ld(training, Momentum.NONE, 0, 1), RING, 1);
  }

  private static double distance(double[] x) {
    double mean = Arrays.stream(x).average().orElseThrow();
    return Math.sqrt(Arrays.stream(x).map(value -> (value - mean) * (value - mean)).sum());
  }

  private static AgentProgram ld(
      IterativeTraining training, Momentum momentum, int localSteps, int gossipSteps) {
    return new ScheduledGossip(
        "ld-sgd",
        training,
        momentum,
        CommunicationSchedule.cycle(localSteps, gossipSteps),
        MixingStrength.constant(1));
  }
}
