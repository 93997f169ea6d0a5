package io.dimat.algorithm.heterogeneity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.Topology;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RelayGradTest {
  @ParameterizedTest
  @MethodSource("io.dimat.algorithm.heterogeneity.RelaySgdTest#trees")
  void run_updates_areTakenAsLateAsTheirWay(RelayTrees trees) {
    Quadratics problem = RelaySgdTest.problem(trees.agents());
    RelayGrad program = program(trees, 1, .1);
    List<ParamVector[]> seen = new ArrayList<>();
    for (int t = 0; t < 12; t++) {
      ParamVector[] now = RelaySgdTest.models(problem, program, trees, t);
      ParamVector[] next = RelaySgdTest.models(problem, program, trees, t + 1);
      seen.add(now);
      for (int i = 0; i < trees.agents(); i++) {
        for (int e = 0; e < problem.dimensions(); e++) {
          int[] away = RelaySgdTest.distances(trees, e)[i];
          double sum = 0;
          for (int j = 0; j < away.length; j++) {
            int then = t - Math.max(0, away[j] - 1);
            sum -= then < 0 ? 0 : .1 * problem.a()[j] * (seen.get(then)[j].at(e) - problem.b()[j]);
          }
          assertThat(next[i].at(e) - now[i].at(e)).isCloseTo(sum / away.length, within(1e-14));
        }
      }
    }
  }

  /**
   * Golden numbers of algorithms.md, section 8.2. One averaging of all models mends equal
   * curvature.
   */
  @ParameterizedTest
  @CsvSource({"chain, .22", "star, .021"})
  void run_toRest_agentsStayApartAroundTheOptimum(String tree, double worst) {
    Topology topology = tree.equals("chain") ? Topology.chain(8) : Topology.star(8);
    RelayTrees trees = RelayTrees.of(topology);

    double[] same = models(Quadratics.same(), trees);
    double[] het = models(Quadratics.het(), trees);

    assertThat(Quadratics.same().worstError(same)).isCloseTo(worst, within(worst / 20));
    assertThat(Arrays.stream(same).average().orElseThrow()).isCloseTo(3.5, within(1e-12));
    assertThat(Quadratics.het().worstError(het)).isGreaterThan(worst);
    assertThat(gradientSum(Quadratics.het(), het)).isCloseTo(0, within(1e-12));
  }

  private static double[] models(Quadratics problem, RelayTrees trees) {
    return problem.models(program(trees, 2500, .05), RelaySgdTest.mixing(trees), 1);
  }

  private static double gradientSum(Quadratics problem, double[] x) {
    return IntStream.range(0, x.length)
        .mapToDouble(i -> problem.a()[i] * (x[i] - problem.b()[i]))
        .sum();
  }

  private static RelayGrad program(RelayTrees trees, int steps, double rate) {
    return new RelayGrad(
        "relay-grad", Quadratics.training(rate, steps), Momentum.NONE, new RelayMail(trees, 0));
  }
}
