package io.dimat.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

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
  @CsvSource({
    "3, 3, 0.4, -0.2",
    "4, 4, 0.6, -0.6",
    "4, 8, 0.882843, -0.6",
    "5, 8, 0.882843, -0.523607"
  })
  void slem_torus_isKnown(int rows, int columns, double slem, double lambdaMin) {
    SpectralGap gap = metropolis(Lattices.torus(rows, columns));
    assertThat(gap.slem()).isCloseTo(slem, within(1e-6));
    assertThat(gap.lambdaMin()).isCloseTo(lambdaMin, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"3, 0.767423", "4, 0.868641"})
  void slem_squareGrid_isKnown(int side, double slem) {
    assertThat(metropolis(Lattices.grid(side, side)).slem()).isCloseTo(slem, within(1e-6));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 4, 5, 6})
  void slem_hypercube_followsTheFormula(int dimension) {
    SpectralGap gap = metropolis(Lattices.hypercube(1 << dimension));
    assertThat(gap.slem()).isCloseTo((dimension - 1.0) / (dimension + 1), within(1e-12));
    assertThat(gap.lambdaMin()).isCloseTo(-(dimension - 1.0) / (dimension + 1), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({"8, 0.933013", "16, 0.975803", "32, 0.989922"})
  void slem_binaryTree_isKnown(int agents, double slem) {
    assertThat(metropolis(TreeTopologies.binary(agents)).slem()).isCloseTo(slem, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({
    "balanced-tree, 15, 0.975803",
    "petersen, 10, 0.5",
    "dyck, 32, 0.809017",
    "davis, 32, 0.917902",
    "florentine, 15, 0.942559"
  })
  void slem_famousGraph_isKnown(String name, int agents, double slem) {
    Topology topology = Topologies.named(name, agents, TopologyOptions.seeded(1));
    assertThat(metropolis(topology).slem()).isCloseTo(slem, within(1e-6));
  }

  @ParameterizedTest
  @CsvSource({"davis, 32, -0.434", "florentine, 15, -0.181"})
  void lambdaMin_famousGraph_isKnown(String name, int agents, double lambdaMin) {
    Topology topology = Topologies.named(name, agents, TopologyOptions.seeded(1));
    assertThat(metropolis(topology).lambdaMin()).isCloseTo(lambdaMin, within(5e-4));
  }

  @ParameterizedTest
  @CsvSource({
    "4, 0.333333",
    "5, 0.25",
    "8, 0.5",
    "10, 0.6",
    "16, 0.6",
    "32, 0.666667",
    "64, 0.714286"
  })
  void slem_exponential_isKnownAndItsSecondSingularValue(int agents, double slem) {
    MixingSchedule exponential = Exponential.allPeers(agents);
    assertThat(SpectralGap.of(exponential.at(0)).slem()).isCloseTo(slem, within(1e-6));
    assertThat(ProductError.of(exponential, 1).norm()).isCloseTo(slem, within(1e-6));
  }

  /** Chain of two and a third agent that only listens: not normal, eigenvalues 1, 1/2 and 0. */
  @Test
  void slem_notNormal_isThatOfTheGeneralEigenvalues() {
    double[][] weights = {{0.5, 0.5, 0}, {0.5, 0.5, 0}, {0, 0.5, 0.5}};
    SpectralGap gap = SpectralGap.of(MixingMatrix.of(Topology.chain(3), weights));
    assertThat(gap.slem()).isCloseTo(0.5, within(1e-12));
    assertThat(gap.lambdaMin()).isCloseTo(0, within(1e-12));
  }

  /** Eigenvalues of the shift by 1 are all roots of unity: (1 + w) / 2 has real parts from 0. */
  @Test
  void slem_onePeerStep_isThatOfTheCirculant() {
    SpectralGap gap = SpectralGap.of(Exponential.onePeer(10).at(0));
    assertThat(gap.slem()).isCloseTo(Math.cos(Math.PI / 10), within(1e-12));
    assertThat(gap.lambdaMin()).isCloseTo(0, within(1e-12));
  }

  /** Half of all eigenvalues are 1 and half are 0, at a size where Commons Math alone gives up. */
  @Test
  void slem_manyPairs_isOne() {
    MixingSchedule pairs = RandomPairings.maximalMatching(Topology.fullyConnected(128), 1);
    SpectralGap gap = SpectralGap.of(pairs.at(0));
    assertThat(gap.slem()).isCloseTo(1, within(1e-12));
    assertThat(gap.lambdaMin()).isCloseTo(0, within(1e-12));
  }

  @Test
  void eigenvalues_bipartiteOfFive_areThoseOfDimatsFile() {
    SpectralGap gap = metropolis(Topology.bipartite(5));
    assertThat(gap.slem()).isCloseTo(0.5, within(1e-12));
    assertThat(gap.lambdaMin()).isCloseTo(-0.25, within(1e-12));
    assertThat(MixingMatrix.metropolisHastings(Topology.bipartite(5)).row(3))
        .containsOnlyKeys(0, 1, 2, 3)
        .allSatisfy((agent, weight) -> assertThat(weight).isEqualTo(0.25));
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
