package io.dimat.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SpectralGapTest {
  private static SpectralGap metropolis(Topology topology) {
    return SpectralGap.of(MixingMatrix.metropolisHastings(topology));
  }

  @ParameterizedTest
  @CsvSource({
    "4, 0.333333",
    "5, 0.539345",
    "8, 0.804738",
    "10, 0.872678",
    "16, 0.949253",
    "20, 0.967371",
    "32, 0.987190",
    "40, 0.991792",
    "64, 0.996790"
  })
  void slem_ring_followsTheFormula(int agents, double slem) {
    assertThat(metropolis(Topology.ring(agents)).slem()).isCloseTo(slem, within(5.1e-7));
    double second = (1 + 2 * Math.cos(2 * Math.PI / agents)) / 3;
    assertThat(metropolis(Topology.ring(agents)).slem())
        .isCloseTo(Math.max(second, agents % 2 == 0 ? 1.0 / 3 : 0), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"4, -0.333333", "5, -0.206011", "8, -0.333333", "16, -0.333333"})
  void lambdaMin_ring_isKnown(int agents, double lambdaMin) {
    assertThat(metropolis(Topology.ring(agents)).lambdaMin()).isCloseTo(lambdaMin, within(5.1e-7));
  }

  @ParameterizedTest
  @CsvSource({
    "4, 0.804738",
    "5, 0.872678",
    "8, 0.949253",
    "10, 0.967371",
    "16, 0.987190",
    "32, 0.996790"
  })
  void slem_chain_isThatOfTheRingOfTwiceTheAgents(int agents, double slem) {
    assertThat(metropolis(Topology.chain(agents)).slem())
        .isCloseTo(slem, within(5.1e-7))
        .isCloseTo(metropolis(Topology.ring(2 * agents)).slem(), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"5, 0.8", "8, 0.875", "16, 0.9375", "32, 0.96875"})
  void slem_star_isAllButOneAgent(int agents, double slem) {
    assertThat(metropolis(Topology.star(agents)).slem()).isCloseTo(slem, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {2, 3, 5, 20})
  void slem_complete_isZero(int agents) {
    SpectralGap gap = metropolis(Topology.fullyConnected(agents));
    assertThat(gap.slem()).isCloseTo(0, within(1e-12));
    assertThat(gap.gap()).isCloseTo(1, within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"3, 3, 0.4, -0.2", "4, 4, 0.6, -0.6", "4, 8, 0.882843, -0.6"})
  void slem_torusGivenByItsEdges_isKnown(int rows, int columns, double slem, double lambdaMin) {
    List<Edge> edges = new ArrayList<>();
    for (int r = 0; r < rows; r++) {
      for (int c = 0; c < columns; c++) {
        int agent = r * columns + c;
        edges.add(Edge.between(agent, r * columns + (c + 1) % columns));
        edges.add(Edge.between(agent, (r + 1) % rows * columns + c));
      }
    }
    SpectralGap gap = metropolis(Topology.ofEdges(rows * columns, edges));
    assertThat(gap.slem()).isCloseTo(slem, within(5.1e-7));
    assertThat(gap.lambdaMin()).isCloseTo(lambdaMin, within(5.1e-7));
  }

  @Test
  void slem_directedShift_takesTheModulusOfComplexEigenvalues() {
    double[][] shift = {{0, 1, 0}, {0, 0, 1}, {1, 0, 0}};
    SpectralGap gap = SpectralGap.of(MixingMatrix.of(Topology.ring(3), shift));
    assertThat(gap.slem()).isCloseTo(1, within(1e-12));
    assertThat(gap.lambdaMin()).isCloseTo(-0.5, within(1e-12));
  }

  /** Eigenvalues 1, 1/2 (n - 2 times) and 1/n - 1/2. */
  @Test
  void slem_uniformStar_isKnown() {
    SpectralGap gap = SpectralGap.of(MixingMatrix.uniform(Topology.star(5)));
    assertThat(gap.slem()).isCloseTo(0.5, within(1e-9));
    assertThat(gap.lambdaMin()).isCloseTo(0.2 - 0.5, within(1e-9));
  }

  @Test
  void gap_isolated_isZero() {
    assertThat(metropolis(Topology.isolated(4)).gap()).isZero();
  }

  @Test
  void slem_ringOfEight_isTheRateOfConsensus() {
    MixingMatrix mixing = MixingMatrix.metropolisHastings(Topology.ring(8));
    double[] x = {0, 1, 2, 3, 4, 5, 6, 7};
    double before = 0;
    double after = 0;
    for (int t = 0; t < 60; t++) {
      x = mixed(mixing, x);
      before = after;
      after = distance(x);
    }
    assertThat(after / before).isCloseTo(SpectralGap.of(mixing).slem(), within(1e-6));
  }

  private static double[] mixed(MixingMatrix mixing, double[] x) {
    double[] next = new double[x.length];
    for (int i = 0; i < x.length; i++) {
      int agent = i;
      mixing.row(i).forEach((j, w) -> next[agent] += w * x[j]);
    }
    return next;
  }

  /** Distance from 3.5, the mean that doubly stochastic mixing keeps. */
  private static double distance(double[] x) {
    double sum = 0;
    for (double value : x) {
      sum += (value - 3.5) * (value - 3.5);
    }
    return Math.sqrt(sum);
  }
}
