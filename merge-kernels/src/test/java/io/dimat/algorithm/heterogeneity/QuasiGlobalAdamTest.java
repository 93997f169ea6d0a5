package io.dimat.algorithm.heterogeneity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.Quadratics;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.protocol.AgentState;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;

class QuasiGlobalAdamTest {
  private static final int AGENTS = 8;
  private static final double BETA1 = 0.9;
  private static final double BETA2 = 0.99;
  private static final double EPSILON = 1e-3;
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(AGENTS));

  private final Quadratics problem = Quadratics.het();

  @Test
  void run_someIterations_followsTheRecursion() {
    double rate = 0.05;
    double[] x = new double[AGENTS];
    double[] m = new double[AGENTS];
    double[] v = new double[AGENTS];
    for (int k = 1; k <= 12; k++) {
      double[] y = new double[AGENTS];
      for (int i = 0; i < AGENTS; i++) {
        double g = problem.a()[i] * (x[i] - problem.b()[i]);
        double a = (BETA1 * m[i] + g) / (1 - Math.pow(BETA1, k));
        double b = (BETA2 * v[i] + (1 - BETA2) * g * g) / (1 - Math.pow(BETA2, k));
        y[i] = x[i] - rate * a / (Math.sqrt(b) + EPSILON);
      }
      for (int i = 0; i < AGENTS; i++) {
        double mixed = (y[(i + AGENTS - 1) % AGENTS] + y[i] + y[(i + 1) % AGENTS]) / 3;
        double d = (x[i] - mixed) / (Math.abs(x[i] - mixed) + 1e-8);
        m[i] = BETA1 * m[i] + (1 - BETA1) * d;
        v[i] = BETA2 * v[i] + (1 - BETA2) * d * d;
        x[i] = mixed;
      }
    }

    double[] models = problem.models(program(rate, 4), RING, 3);

    assertThat(models).containsExactly(x, within(1e-11));
  }

  @Test
  void moments_areOfUnitDisplacements() {
    SortedMap<Integer, AgentState> states = problem.run(program(0.05, 30), RING, 1);

    double most = 1 - Math.pow(BETA2, 30);
    assertThat(states.values())
        .allMatch(state -> Math.abs(state.vector("first-moment").at(0)) < 1)
        .allMatch(state -> Math.abs(state.vector("second-moment").at(0) - most) < 1e-4);
  }

  @Test
  void beta_one_isRefused() {
    assertThatThrownBy(
            () -> new QuasiGlobalAdam("qg-adam", Quadratics.training(0.1, 1), 1, 0.99, 1e-8))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("betas in [0, 1) and epsilon above 0, got 1.0");
  }

  private static QuasiGlobalAdam program(double rate, int steps) {
    return new QuasiGlobalAdam("qg-adam", Quadratics.training(rate, steps), BETA1, BETA2, EPSILON);
  }
}
