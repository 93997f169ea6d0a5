package io.dimat.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import io.dimat.testing.RoundTrip;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

class MixingMatrixTest {
  /** Every family, at every number of agents from 1 to 40 that it takes. */
  static Stream<Topology> topologies() {
    return Stream.concat(
        Stream.of(Topology.isolated(3)),
        Topologies.names().stream()
            .filter(name -> !name.equals(Topologies.EDGES))
            .flatMap(name -> IntStream.rangeClosed(1, 40).mapToObj(n -> built(name, n)))
            .flatMap(Optional::stream));
  }

  private static Optional<Topology> built(String name, int agents) {
    try {
      return Optional.of(Topologies.named(name, agents, TopologyOptions.seeded(3)));
    } catch (IllegalArgumentException tooFewOrNotItsNumber) {
      return Optional.empty();
    }
  }

  @Test
  void symmetricRules_anyTopology_areSymmetricAndDoublyStochastic() {
    List<Topology> topologies = topologies().toList();
    assertThat(topologies).hasSizeGreaterThan(400);
    for (Topology topology : topologies) {
      requireSymmetric(MixingMatrix.metropolisHastings(topology));
      requireSymmetric(WeightRules.lazy(topology));
      requireSymmetric(WeightRules.maxDegree(topology));
    }
  }

  private static void requireSymmetric(MixingMatrix mixing) {
    assertThat(isSymmetric(mixing)).as(mixing.toString()).isTrue();
    assertThat(mixing.stochasticity()).as(mixing.toString()).isEqualTo(Stochasticity.DOUBLY);
  }

  @Test
  void metropolisHastings_chain_weighsByTheLargerDegree() {
    MixingMatrix mixing = MixingMatrix.metropolisHastings(Topology.chain(3));
    assertThat(mixing.row(0)).containsOnlyKeys(0, 1);
    assertThat(mixing.weight(0, 0)).isCloseTo(2.0 / 3, within(1e-15));
    assertThat(mixing.weight(0, 1)).isEqualTo(1.0 / 3);
    assertThat(mixing.weight(0, 2)).isZero();
    assertThat(mixing.weight(1, 1)).isCloseTo(1.0 / 3, within(1e-15));
  }

  @Test
  void metropolisHastings_isolated_keepsEveryModel() {
    MixingMatrix mixing = MixingMatrix.metropolisHastings(Topology.isolated(2));
    assertThat(mixing.row(1)).containsExactly(entry(1, 1.0));
  }

  @Test
  void row_weightsInAgentOrder_withItself() {
    MixingMatrix mixing = MixingMatrix.uniform(Topology.ring(4));
    assertThat(mixing.row(3))
        .containsExactly(entry(0, 1.0 / 3), entry(2, 1.0 / 3), entry(3, 1.0 / 3));
  }

  @Test
  void at_anyStep_isTheMatrixItself() {
    MixingMatrix mixing = MixingMatrix.uniform(Topology.ring(5));
    assertThat(mixing.at(0)).isSameAs(mixing.at(99)).isSameAs(mixing);
    assertThat(mixing.isConstant()).isTrue();
  }

  @Test
  void uniform_regularTopology_isDoublyStochastic() {
    assertThat(MixingMatrix.uniform(Topology.ring(7)).stochasticity())
        .isEqualTo(Stochasticity.DOUBLY);
    assertThat(MixingMatrix.uniform(Topology.fullyConnected(5)).weight(1, 3)).isEqualTo(0.2);
  }

  @Test
  void uniform_chain_isRowStochasticOnlyAndCountsTheEndsLess() {
    MixingMatrix mixing = MixingMatrix.uniform(Topology.chain(5));
    assertThat(mixing.stochasticity()).isEqualTo(Stochasticity.ROW);
    assertThat(isSymmetric(mixing)).isFalse();
    double[] stationary = {2 / 13.0, 3 / 13.0, 3 / 13.0, 3 / 13.0, 2 / 13.0};
    for (int j = 0; j < 5; j++) {
      double sum = 0;
      for (int i = 0; i < 5; i++) {
        sum += stationary[i] * mixing.weight(i, j);
      }
      assertThat(sum).isCloseTo(stationary[j], within(1e-15));
    }
  }

  @Test
  void of_columnsSummingToOne_areColumnStochasticAndCopied() {
    double[][] weights = {{0.5, 0.2}, {0.5, 0.8}};
    MixingMatrix mixing = MixingMatrix.of(Topology.chain(2), weights);
    assertThat(mixing.stochasticity()).isEqualTo(Stochasticity.COLUMN);
    weights[0][0] = 7;
    mixing.toArray()[0][0] = 7;
    assertThat(mixing.weight(0, 0)).isEqualTo(0.5);
  }

  @Test
  void of_sumsThatAreNotOne_areNamed() {
    double[][] weights = {{0.5, 0.5}, {0.25, 0.5}};
    assertThatThrownBy(() -> MixingMatrix.of(Topology.chain(2), weights))
        .hasMessage(
            "rows or columns must sum to 1 within 1.0E-12, got 0.75 for row 1 and 0.75 for"
                + " column 0: divide every row by its sum");
  }

  @Test
  void of_weightOffTheTopology_isNamed() {
    double[][] weights = {{0.5, 0, 0.5}, {0, 1, 0}, {0.5, 0, 0.5}};
    assertThatThrownBy(() -> MixingMatrix.of(Topology.chain(3), weights))
        .hasMessage(
            "agents 0 and 2 are no neighbors in chain of 3 agents, 2 edges,"
                + " got w[0][2] = 0.5: set it to 0");
  }

  @Test
  void of_negativeOrNotANumber_isRefused() {
    double[][] negative = {{1.5, -0.5}, {-0.5, 1.5}};
    assertThatThrownBy(() -> MixingMatrix.of(Topology.chain(2), negative))
        .hasMessage("mixing weights must not be negative, got w[0][1] = -0.5");
    double[][] notANumber = {{1, 0}, {0, Double.NaN}};
    assertThatThrownBy(() -> MixingMatrix.of(Topology.chain(2), notANumber))
        .hasMessage("mixing weights must not be negative, got w[1][1] = NaN");
  }

  @Test
  void of_raggedRows_areRefused() {
    double[][] ragged = {{1, 0}, {1}};
    assertThatThrownBy(() -> MixingMatrix.of(Topology.chain(2), ragged))
        .hasMessage("a mixing matrix of 2 agents has 2 rows of 2 weights, got rows of [2, 1]");
  }

  @Test
  void serialized_arrivesEqual() {
    MixingMatrix mixing = MixingMatrix.uniform(Topology.chain(4));
    assertThat(RoundTrip.of(mixing)).isEqualTo(mixing).hasSameHashCodeAs(mixing);
    assertThat(mixing).isNotEqualTo(MixingMatrix.metropolisHastings(Topology.chain(4)));
  }

  private static boolean isSymmetric(MixingMatrix mixing) {
    double[][] w = mixing.toArray();
    return IntStream.range(0, w.length)
        .allMatch(i -> IntStream.range(0, i).allMatch(j -> w[i][j] == w[j][i]));
  }
}
