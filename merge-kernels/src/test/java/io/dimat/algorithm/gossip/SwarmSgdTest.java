package io.dimat.algorithm.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.RandomMatchings;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.GradientOracle;
import io.dimat.protocol.AgentProgram;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SwarmSgdTest {
  private static final RandomMatchings RING = new RandomMatchings(Topology.ring(8), 3);

  @ParameterizedTest
  @ValueSource(ints = {1, 3})
  void run_equalCurvature_meanIsThatOfGradientDescent(int localSteps) {
    double[] models =
        Quadratics.same().models(swarm(Quadratics.training(0.05, 30), localSteps), RING, 2);

    double expected = 3.5 - 3.5 * Math.pow(0.95, 60);
    assertThat(Arrays.stream(models).average().orElseThrow()).isCloseTo(expected, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 10})
  void run_pairThatAlwaysMeets_restsAtTheClosedForm(int localSteps) {
    double[] a = {1, 2};
    double[] b = {0, 3};
    MixingMatrix pair = MixingMatrix.metropolisHastings(Topology.fullyConnected(2));

    double[] models =
        new Quadratics(a, b, 1).models(swarm(Quadratics.training(0.05, 400), localSteps), pair, 2);

    double moved0 = 1 - Math.pow(1 - 0.05 * a[0], localSteps);
    double moved1 = 1 - Math.pow(1 - 0.05 * a[1], localSteps);
    double rest = (moved0 * b[0] + moved1 * b[1]) / (moved0 + moved1);
    assertThat(models).containsExactly(new double[] {rest, rest}, within(1e-9));
  }

  @Test
  void meetingsAlone_agentsComeToTheMean() {
    LearningRate once = k -> k == 0 ? 1 : Double.MIN_VALUE;
    IterativeTraining training = Quadratics.training(once, GradientOracle.PLAIN, 2000);

    double[] models = Quadratics.same().models(swarm(training, 1), RING, 1);

    assertThat(models).containsOnly(new double[] {3.5}, within(1e-9));
  }

  @Test
  void ring_mixesMoreThanPairs_isRefused() {
    MixingMatrix ring = MixingMatrix.metropolisHastings(Topology.ring(8));

    assertThatThrownBy(
            () -> Quadratics.same().models(swarm(Quadratics.training(0.05, 1), 1), ring, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("agents that meet in pairs, half and half, got w[0][0] = 0.33");
  }

  private static AgentProgram swarm(IterativeTraining training, int localSteps) {
    return new SwarmSgd("swarm-sgd", training, Momentum.NONE, localSteps);
  }
}
