package io.dimat.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class WeightRulesTest {
  private static final List<Set<Integer>> FIVE =
      List.of(Set.of(1, 2), Set.of(2), Set.of(3), Set.of(4, 0), Set.of(0));

  @Test
  void lazy_spectrum_isHalfWayToOne() {
    SpectralGap plain = SpectralGap.of(MixingMatrix.metropolisHastings(Lattices.torus(4, 4)));
    SpectralGap lazy = SpectralGap.of(WeightRules.lazy(Lattices.torus(4, 4)));
    assertThat(lazy.lambdaMin()).isCloseTo((1 + plain.lambdaMin()) / 2, within(1e-12));
    assertThat(lazy.lambdaMin()).isCloseTo(0.2, within(1e-12));
  }

  @Test
  void maxDegree_star_weighsEveryEdgeByTheHub() {
    MixingMatrix mixing = WeightRules.maxDegree(Topology.star(5));
    assertThat(mixing.weight(0, 3)).isEqualTo(0.2);
    assertThat(mixing.weight(3, 3)).isEqualTo(0.8);
    assertThat(mixing.weight(0, 0)).isCloseTo(0.2, within(1e-15));
  }

  /** The Laplacian of ring-8 has lambda_2 = 2 - sqrt 2 and lambda_n = 4. */
  @Test
  void bestConstant_ringOfEight_isFasterThanMetropolisHastings() {
    MixingMatrix mixing = WeightRules.bestConstant(Topology.ring(8));
    double second = 2 - Math.sqrt(2);
    assertThat(mixing.weight(0, 1)).isCloseTo(2 / (second + 4), within(1e-12));
    assertThat(SpectralGap.of(mixing).slem())
        .isCloseTo((4 - second) / (4 + second), within(1e-12))
        .isLessThan(0.804738);
  }

  @Test
  void bestConstant_complete_isTheMeanAtOnce() {
    assertThat(SpectralGap.of(WeightRules.bestConstant(Topology.fullyConnected(6))).slem())
        .isCloseTo(0, within(1e-12));
  }

  @Test
  void bestConstant_star_isRefusedForItsNegativeWeight() {
    assertThatThrownBy(() -> WeightRules.bestConstant(Topology.star(8)))
        .hasMessage(
            "mixing best-constant leaves an agent of 7 neighbours the negative weight -0.556 on"
                + " star of 8 agents, 7 edges: use mixing.name = metropolis-hastings");
  }

  @Test
  void uniformOut_undirected_isTheTransposeOfUniform() {
    MixingMatrix out = WeightRules.uniformOut(Topology.chain(5));
    MixingMatrix uniform = MixingMatrix.uniform(Topology.chain(5));
    assertThat(out.stochasticity()).isEqualTo(Stochasticity.COLUMN);
    for (int i = 0; i < 5; i++) {
      for (int j = 0; j < 5; j++) {
        assertThat(out.weight(i, j)).isEqualTo(uniform.weight(j, i));
      }
    }
  }

  @Test
  void uniformOut_directedFive_pushSumReachesTheMean() {
    MixingMatrix mixing = WeightRules.uniformOut(FIVE);
    assertThat(mixing.stochasticity()).isEqualTo(Stochasticity.COLUMN);
    assertThat(mixing.row(3)).containsOnlyKeys(2, 3);
    assertThat(mixing.weight(4, 3)).isEqualTo(1.0 / 3);
    double[] x = {1, 2, 3, 4, 10};
    double[] omega = {1, 1, 1, 1, 1};
    for (int t = 0; t < 200; t++) {
      x = mixed(mixing, x);
      omega = mixed(mixing, omega);
      assertThat(Arrays.stream(x).sum()).isCloseTo(20, within(1e-12));
      assertThat(Arrays.stream(omega).sum()).isCloseTo(5, within(1e-12));
    }
    for (int i = 0; i < 5; i++) {
      assertThat(x[i] / omega[i]).isCloseTo(4, within(1e-12));
    }
  }

  @Test
  void uniformOut_noWayBack_isRefused() {
    assertThatThrownBy(() -> WeightRules.uniformOut(List.of(Set.of(1), Set.of())))
        .hasMessage(
            "push-sum needs a directed path from every agent to every other, got receivers"
                + " [[1], []]");
  }

  private static double[] mixed(MixingMatrix mixing, double[] x) {
    double[] next = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int agent = i;
      mixing.row(i).forEach((j, w) -> next[agent] += w * x[j]);
    }
    return next;
  }
}
