package io.dimat.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import java.util.Arrays;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SinkhornTest {
  private static double[] costs(int n, long seed) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    double[] costs = new double[n * n];
    Arrays.setAll(costs, i -> random.nextDouble() - 0.3);
    return costs;
  }

  private static void requireMarginals(TransportPlan plan, double tolerance) {
    int n = plan.units();
    for (int i = 0; i < n; i++) {
      double row = 0;
      double column = 0;
      for (int j = 0; j < n; j++) {
        assertThat(plan.get(i, j)).isBetween(0.0, 1 + tolerance);
        row += plan.get(i, j);
        column += plan.get(j, i);
      }
      assertThat(row).isCloseTo(1, within(tolerance));
      assertThat(column).isCloseTo(1, within(1e-9));
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 7, 40})
  void plan_anyCosts_hasUniformMarginals(int n) {
    for (double regularisation : new double[] {3, 0.3, 0.1}) {
      TransportPlan plan = new Sinkhorn(regularisation, 5000, 1e-6).plan(costs(n, n), n);
      assertThat(plan.isConverged()).isTrue();
      requireMarginals(plan, 1e-6);
    }
  }

  @Test
  void plan_smallRegularisation_isTheLinearAssignment() {
    for (int seed = 0; seed < 20; seed++) {
      int n = 4 + seed;
      double[] costs = costs(n, seed);
      Permutation best = LinearAssignment.minimise(costs, n).columns();
      TransportPlan plan = new Sinkhorn(1e-3, 20_000, 1e-3).plan(costs, n);
      for (int r = 0; r < n; r++) {
        assertThat(plan.get(r, best.get(r))).as("seed %d, row %d", seed, r).isGreaterThan(0.75);
      }
    }
  }

  @Test
  void plan_largeRegularisation_isUniform() {
    TransportPlan plan = new Sinkhorn(1e4, 100, 1e-9).plan(costs(5, 1), 5);
    assertThat(plan.toArray()).containsOnly(new double[] {0.2}, within(1e-3));
  }

  @Test
  void plan_rescaledOrShiftedCosts_isTheSame() {
    double[] costs = costs(6, 3);
    double[] moved = Arrays.stream(costs).map(c -> 1000 * c - 77).toArray();
    Sinkhorn sinkhorn = new Sinkhorn(0.1, 1000, 1e-9);
    assertThat(sinkhorn.plan(moved, 6).toArray())
        .containsExactly(sinkhorn.plan(costs, 6).toArray(), within(1e-8));
  }

  @Test
  void plan_equalCosts_isUniformAtOnce() {
    TransportPlan plan = new Sinkhorn(0.01, 10, 1e-9).plan(new double[16], 4);
    assertThat(plan.toArray()).containsOnly(new double[] {0.25}, within(1e-12));
    assertThat(plan.isConverged()).isTrue();
  }

  @Test
  void plan_tooFewIterations_saysSo() {
    TransportPlan plan = new Sinkhorn(0.01, 3, 1e-9).plan(costs(30, 2), 30);
    assertThat(plan.isConverged()).isFalse();
    assertThat(plan.marginalError()).isGreaterThan(1e-9);
    assertThat(plan.iterations()).isEqualTo(3);
  }

  @Test
  void mixing_smallRegularisation_gathersByTheAssignment() {
    double[] costs = {3, 1, 2, 1, 3, 3, 3, 3, 1};
    UnitMixing mixing = new Sinkhorn(0.01, 1000, 1e-9).plan(costs, 3).mixing();
    UnitMixing gather = UnitMixing.of(Permutation.of(1, 0, 2));
    assertThat(mixing.produce()).containsExactly(gather.produce(), within(1e-6));
    assertThat(mixing.consume()).containsExactly(gather.consume(), within(1e-6));
  }

  @Test
  void mixing_anyPlan_producesByRowsAndConsumesByColumns() {
    TransportPlan plan = new Sinkhorn(0.5, 1000, 1e-9).plan(costs(3, 8), 3);
    UnitMixing mixing = plan.mixing();
    assertThat(mixing.produce()[1 * 3 + 2]).isCloseTo(plan.get(1, 2), within(1e-7));
    assertThat(mixing.consume()[2 * 3 + 1]).isCloseTo(plan.get(1, 2), within(1e-7));
  }

  @Test
  void mixing_iterationsRanOut_rowsStillSumToOne() {
    for (int seed = 0; seed < 10; seed++) {
      int n = 30;
      TransportPlan plan = new Sinkhorn(1e-3, 12, 1e-9).plan(costs(n, seed), n);
      assertThat(plan.marginalError()).as("seed %d", seed).isGreaterThan(1e-3);
      UnitMixing mixing = plan.mixing();
      double[] ones = new double[n];
      Arrays.fill(ones, 1);
      assertThat(mixing.carry(ones)).containsOnly(ones, within(1e-6));
      for (int i = 0; i < n * n; i++) {
        assertThat(mixing.consume()[i % n * n + i / n]).isEqualTo(mixing.produce()[i]);
      }
    }
  }

  @Test
  void transportMatching_rotatedUnits_goesToThePermutation() {
    PermutationSpec spec =
        PermutationSpec.of(
            new Network(
                "hidden",
                List.of(
                    new Layer.Input("in", Shape.vector(2)),
                    new Layer.Dense("fc", "in", 3, true),
                    new Layer.Activation("relu", "fc", Layer.Activation.Function.RELU),
                    new Layer.Dense("head", "relu", 2, true),
                    new Layer.Output("out", "head"))));
    float[] a = {1, 5, 0, 2, 0, 5, 5, 1, 1, 0, 3, 2};
    float[] b = {0, 1, 5, 5, 2, 0, 1, 5, 1, 2, 0, 3};
    CrossMoments moments = CrossMoments.of(a, b, 4, 3, 1, new BlockedMatrixProduct());
    SoftAlignment soft =
        TransportMatching.match(
                spec, List.of(moments), MatchPoints.LAST, new Sinkhorn(0.01, 1000, 1e-6))
            .alignment();
    assertThat(soft.carry(0, new double[] {10, 20, 30}))
        .containsExactly(new double[] {20, 30, 10}, within(1e-3));
  }

  @Test
  void wrongArguments_areRefused() {
    assertThatThrownBy(() -> new Sinkhorn(0, 1, 1)).hasMessageContaining("got 0.0, 1.0, 1");
    Sinkhorn sinkhorn = new Sinkhorn(1, 1, 1);
    assertThatThrownBy(() -> sinkhorn.plan(new double[3], 2))
        .hasMessageContaining("2 x 2 finite costs, got 3 values");
    assertThatThrownBy(() -> sinkhorn.plan(new double[] {Double.NaN}, 1))
        .hasMessageContaining("finite costs");
  }
}
