package io.dimat.algorithm.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.OnePeerExponential;
import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.Edge;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.MixingSchedule;
import io.dimat.graph.Topology;
import io.dimat.learn.GradientOracle;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class StochasticGradientPushTest {
  /** Sum of (1, 2, 3, 4, 10). */
  private static final double TOTAL = 20;

  private final Quadratics five =
      new Quadratics(new double[] {1, 1, 1, 1, 1}, new double[] {1, 2, 3, 4, 10}, 1);

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 30})
  void push_directedGraph_keepsBothSums(int iterations) {
    SortedMap<Integer, AgentState> states = five.run(pushing(iterations), directed(), 1);

    assertThat(sum(states, "numerator")).isCloseTo(TOTAL, within(1e-12));
    assertThat(states.values().stream().mapToDouble(s -> s.scalar("push-sum-weight", 0)).sum())
        .isCloseTo(5, within(1e-12));
  }

  @Test
  void push_directedGraph_everyAgentComesToTheMean() {
    SortedMap<Integer, AgentState> states = five.run(pushing(200), directed(), 1);

    for (AgentState state : states.values()) {
      assertThat(state.model().at(0)).isCloseTo(TOTAL / 5, within(1e-12));
      assertThat(state.scalar("push-sum-weight", 0)).isNotCloseTo(1, within(0.01));
    }
  }

  @Test
  void descend_directedGraphFallingRate_reachesTheOptimum() {
    LearningRate falling = k -> 1 / (10 + 0.1 * k);
    IterativeTraining training = Quadratics.training(falling, GradientOracle.PLAIN, 4000);

    double[] models = five.models(sgp(training, Momentum.NONE), directed(), 1);

    assertThat(five.worstError(models)).isLessThan(0.02);
  }

  @ParameterizedTest
  @CsvSource({"same, .01613437", "het, .01789178"})
  void descend_onePeerExponential_restsNearTheGoldenError(String problem, double expected) {
    Quadratics quadratics = problem.equals("same") ? Quadratics.same() : Quadratics.het();
    IterativeTraining training = Quadratics.training(0.05, 1000);

    double[] models = quadratics.models(sgp(training, Momentum.NONE), new OnePeerExponential(8), 2);

    assertThat(quadratics.meanSquaredError(models)).isCloseTo(expected, within(1e-8));
  }

  @Test
  void doublyStochasticMixing_isDecentralizedSgdWithMomentum() {
    Quadratics problem = Quadratics.het();
    MixingSchedule ring = MixingMatrix.metropolisHastings(Topology.ring(8));
    IterativeTraining training = Quadratics.training(0.02, 50);
    Momentum momentum = new Momentum(0.9, Momentum.Style.NESTEROV);

    double[] push = problem.models(sgp(training, momentum), ring, 4);
    double[] gossip =
        problem.models(new DecentralizedMomentumSgd("dsgdm", training, momentum), ring, 4);

    assertThat(push).containsExactly(gossip, within(1e-12));
  }

  @Test
  void rowStochasticMixing_isRefused() {
    MixingMatrix uniform = MixingMatrix.uniform(Topology.star(5));

    assertThatThrownBy(() -> five.run(pushing(1), uniform, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("push-sum needs mixing columns that sum to 1");
  }

  /** 0 to 1 and 2; 1 to 2; 2 to 3; 3 to 4 and 0; 4 to 0: equal shares for all and oneself. */
  private static MixingMatrix directed() {
    Topology topology =
        Topology.ofEdges(
            5,
            List.of(
                new Edge(0, 1),
                new Edge(0, 2),
                new Edge(1, 2),
                new Edge(2, 3),
                new Edge(3, 4),
                new Edge(0, 3),
                new Edge(0, 4)));
    int[][] out = {{0, 1, 2}, {1, 2}, {2, 3}, {3, 4, 0}, {4, 0}};
    double[][] weights = new double[5][5];
    for (int from = 0; from < 5; from++) {
      for (int to : out[from]) {
        weights[to][from] = 1.0 / out[from].length;
      }
    }
    return MixingMatrix.of(topology, weights);
  }

  /** One full step to the agents' own minima, then nothing but push-sum. */
  private static AgentProgram pushing(int iterations) {
    LearningRate once = k -> k == 0 ? 1 : Double.MIN_VALUE;
    return sgp(Quadratics.training(once, GradientOracle.PLAIN, iterations), Momentum.NONE);
  }

  private static AgentProgram sgp(IterativeTraining training, Momentum momentum) {
    return new StochasticGradientPush("sgp", training, momentum);
  }

  private static double sum(SortedMap<Integer, AgentState> states, String vector) {
    return states.values().stream()
        .flatMapToDouble(state -> Arrays.stream(state.vector(vector).toDoubles()))
        .sum();
  }
}
