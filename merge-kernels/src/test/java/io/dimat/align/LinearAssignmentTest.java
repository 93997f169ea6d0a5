package io.dimat.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.Set;
import java.util.function.IntToDoubleFunction;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.jgrapht.alg.matching.KuhnMunkresMinimalWeightBipartitePerfectMatching;
import org.jgrapht.graph.DefaultWeightedEdge;
import org.jgrapht.graph.SimpleWeightedGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class LinearAssignmentTest {
  private static UniformRandomProvider random(long seed) {
    return RandomSource.XO_SHI_RO_256_PP.create(seed);
  }

  private static double[] matrix(int n, IntToDoubleFunction entry) {
    double[] costs = new double[n * n];
    Arrays.setAll(costs, entry);
    return costs;
  }

  /** Correlations of units with a noisy, shuffled copy of themselves. */
  private static double[] correlations(int n, double noise, long seed) {
    int observations = 40;
    UniformRandomProvider random = random(seed);
    ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
    Permutation p = Permutation.random(n, seed);
    float[] a = new float[n * observations];
    float[] b = new float[n * observations];
    for (int o = 0; o < observations; o++) {
      double shared = normal.sample();
      for (int u = 0; u < n; u++) {
        a[o * n + u] = (float) Math.max(0, shared + normal.sample());
      }
      for (int u = 0; u < n; u++) {
        b[o * n + u] = a[o * n + p.get(u)] + (float) (noise * normal.sample());
      }
    }
    return CrossMoments.of(a, b, observations, n, 1, new BlockedMatrixProduct()).correlation();
  }

  private static void assertOptimal(double[] costs, int n, Assignment assignment) {
    double scale = Arrays.stream(costs).map(Math::abs).max().orElse(1) + 1;
    double[] rows = assignment.rowPrices();
    double[] columns = assignment.columnPrices();
    for (int i = 0; i < costs.length; i++) {
      assertThat(costs[i] - rows[i / n] - columns[i % n]).isGreaterThan(-1e-12 * scale);
    }
    double dual = Arrays.stream(rows).sum() + Arrays.stream(columns).sum();
    assertThat(assignment.objective()).isCloseTo(dual, within(1e-11 * n * scale));
    double primal = 0;
    for (int r = 0; r < n; r++) {
      primal += costs[r * n + assignment.columns().get(r)];
    }
    assertThat(assignment.objective()).isEqualTo(primal);
  }

  private static double bruteForce(double[] costs, int n, int row, int taken) {
    double best = row == n ? 0 : Double.POSITIVE_INFINITY;
    for (int c = 0; c < n && row < n; c++) {
      if ((taken & 1 << c) == 0) {
        double rest = bruteForce(costs, n, row + 1, taken | 1 << c);
        best = Math.min(best, costs[row * n + c] + rest);
      }
    }
    return best;
  }

  private static double kuhnMunkres(double[] costs, int n) {
    SimpleWeightedGraph<Integer, DefaultWeightedEdge> graph =
        new SimpleWeightedGraph<>(DefaultWeightedEdge.class);
    Set<Integer> rows = new LinkedHashSet<>();
    Set<Integer> columns = new LinkedHashSet<>();
    for (int i = 0; i < n; i++) {
      graph.addVertex(i);
      graph.addVertex(n + i);
      rows.add(i);
      columns.add(n + i);
    }
    for (int i = 0; i < costs.length; i++) {
      graph.setEdgeWeight(graph.addEdge(i / n, n + i % n), costs[i]);
    }
    return new KuhnMunkresMinimalWeightBipartitePerfectMatching<>(graph, rows, columns)
        .getMatching()
        .getWeight();
  }

  @Test
  void minimise_smallRandomMatrices_agreesWithBruteForce() {
    UniformRandomProvider random = random(11);
    for (int trial = 0; trial < 400; trial++) {
      int n = 1 + trial % 7;
      double[] costs = matrix(n, i -> 4 * random.nextDouble() - 2);
      Assignment assignment = LinearAssignment.minimise(costs, n);
      assertThat(assignment.objective()).isCloseTo(bruteForce(costs, n, 0, 0), within(1e-12));
      assertOptimal(costs, n, assignment);
    }
  }

  @Test
  void minimise_smallMatricesFullOfTies_agreesWithBruteForce() {
    UniformRandomProvider random = random(12);
    for (int trial = 0; trial < 600; trial++) {
      int n = 2 + trial % 6;
      int values = 2 + trial % 3;
      double[] costs = matrix(n, i -> random.nextInt(values) - 1);
      Assignment assignment = LinearAssignment.minimise(costs, n);
      assertThat(assignment.objective()).isEqualTo(bruteForce(costs, n, 0, 0));
      assertOptimal(costs, n, assignment);
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {37, 40, 43})
  void minimise_mediumMatrices_agreesWithJGraphT(int n) {
    UniformRandomProvider random = random(n);
    double[] uniform = matrix(n, i -> 100 * random.nextDouble() - 30);
    assertThat(LinearAssignment.minimise(uniform, n).objective())
        .isCloseTo(kuhnMunkres(uniform, n), within(1e-9));
    double[] integers = matrix(n, i -> random.nextInt(9));
    assertThat(LinearAssignment.minimise(integers, n).objective())
        .isEqualTo(kuhnMunkres(integers, n));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.0, 0.3, 3.0})
  void maximise_correlations_isProvedByItsPrices(double noise) {
    int n = 90;
    double[] scores = correlations(n, noise, 5);
    Assignment largest = LinearAssignment.maximise(scores, n);
    double[] negated = Arrays.stream(scores).map(s -> -s).toArray();
    Assignment smallest = LinearAssignment.minimise(negated, n);
    assertThat(largest.columns()).isEqualTo(smallest.columns());
    assertThat(largest.objective()).isEqualTo(-smallest.objective());
    assertOptimal(negated, n, smallest);
    double[] rows = largest.rowPrices();
    double[] columns = largest.columnPrices();
    for (int i = 0; i < scores.length; i++) {
      assertThat(rows[i / n] + columns[i % n]).isGreaterThan(scores[i] - 1e-12);
    }
  }

  @Test
  void maximise_noiselessCopy_findsThePermutation() {
    Permutation p = Permutation.random(90, 5);
    double[] scores = correlations(90, 0, 5);
    assertThat(LinearAssignment.maximise(scores, 90).columns()).isEqualTo(p.inverse());
  }

  @Test
  void minimise_productMatrix_isProvedByItsPrices() {
    // Machol and Wien's instances: many augmentations through nearly all columns.
    int n = 60;
    double[] costs = matrix(n, i -> (double) (i / n + 1) * (i % n + 1));
    assertOptimal(costs, n, LinearAssignment.minimise(costs, n));
  }

  @Test
  void minimise_scalesFarApart_isProvedByItsPrices() {
    UniformRandomProvider random = random(21);
    int n = 50;
    double[] costs = matrix(n, i -> Math.pow(10, 12 * random.nextDouble() - 6));
    assertOptimal(costs, n, LinearAssignment.minimise(costs, n));
  }

  @Test
  void minimise_allEqual_isStillABijection() {
    Assignment assignment = LinearAssignment.minimise(matrix(30, i -> -2.5), 30);
    assertThat(assignment.objective()).isEqualTo(-75);
    assertThat(assignment.columns().size()).isEqualTo(30);
  }

  @Test
  void minimise_oneRow_takesTheOnlyColumn() {
    Assignment assignment = LinearAssignment.minimise(new double[] {-3}, 1);
    assertThat(assignment.columns()).isEqualTo(Permutation.identity(1));
    assertThat(assignment.objective()).isEqualTo(-3);
  }

  @Test
  void minimise_called_doesNotModifyItsInput() {
    double[] costs = {3, 1, 2, 5};
    double[] copy = costs.clone();
    LinearAssignment.minimise(costs, 2);
    LinearAssignment.maximise(costs, 2);
    assertThat(costs).isEqualTo(copy);
  }

  @Test
  void minimise_notFinite_namesTheEntry() {
    assertThatThrownBy(() -> LinearAssignment.minimise(new double[] {1, 2, Double.NaN, 3}, 2))
        .hasMessage("an assignment needs finite entries, got NaN in row 1, column 0");
    double[] infinite = {1, Double.NEGATIVE_INFINITY, 2, 3};
    assertThatThrownBy(() -> LinearAssignment.maximise(infinite, 2))
        .hasMessageContaining("-Infinity in row 0, column 1");
  }

  @Test
  void minimise_wrongLength_isRefused() {
    assertThatThrownBy(() -> LinearAssignment.minimise(new double[3], 2))
        .hasMessageContaining("got 3 for n = 2");
  }
}
