package io.dimat.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class MatchaTest {
  @Test
  void matchings_anyTopology_arePartitionOfItsEdgesInFewColors() {
    MixingMatrixTest.topologies()
        .filter(topology -> !topology.edges().isEmpty())
        .forEach(MatchaTest::requireMatchings);
  }

  private static void requireMatchings(Topology topology) {
    List<List<Edge>> matchings = EdgeColoring.matchings(topology);
    Set<Edge> all = new TreeSet<>();
    for (List<Edge> matching : matchings) {
      Set<Integer> met = new HashSet<>();
      for (Edge edge : matching) {
        assertThat(met.add(edge.from()) && met.add(edge.to())).as("%s", topology).isTrue();
        assertThat(all.add(edge)).isTrue();
      }
    }
    assertThat(List.copyOf(all)).isEqualTo(topology.edges());
    assertThat(matchings.size())
        .as("%s", topology)
        .isBetween(topology.maxDegree(), topology.maxDegree() + 1);
  }

  @Test
  void contraction_ringOfEight_isThePublishedOne() {
    List<List<Edge>> matchings = EdgeColoring.matchings(Topology.ring(8));
    assertThat(matchings).hasSize(2);
    ExpectedContraction half = new ExpectedContraction(8, matchings, List.of(0.5, 0.5));
    double alpha = half.bestAlpha(1);
    assertThat(alpha).isCloseTo(0.605, within(0.005));
    assertThat(half.at(alpha)).isCloseTo(0.784, within(0.0005));
  }

  @Test
  void contraction_everyMatchingUsed_isBestConstantsSquare() {
    List<List<Edge>> matchings = EdgeColoring.matchings(Topology.ring(8));
    ExpectedContraction full = new ExpectedContraction(8, matchings, List.of(1.0, 1.0));
    double second = 2 - Math.sqrt(2);
    assertThat(full.bestAlpha(1))
        .isCloseTo(2 / (second + 4), within(1e-6))
        .isCloseTo(0.436, within(5e-4));
    assertThat(full.at(full.bestAlpha(1)))
        .isCloseTo(Math.pow((4 - second) / (4 + second), 2), within(1e-6))
        .isCloseTo(0.556, within(0.002));
  }

  @Test
  void of_ringOfEight_usesEqualProbabilitiesAndKeepsWeightsNonNegative() {
    Matcha matcha = Matcha.of(Topology.ring(8), 0.5, 1);
    assertThat(matcha.probabilities()).allSatisfy(p -> assertThat(p).isCloseTo(0.5, within(1e-9)));
    assertThat(matcha.alpha()).isEqualTo(0.5);
    assertThat(matcha.contraction()).isBetween(0.784, 0.82);
  }

  /** A bridge between two triangles carries all agreement, so it is used more than other edges. */
  @Test
  void of_barbell_usesTheBridgeMostWithinTheBudget() {
    Topology barbell =
        Topology.ofEdges(
            6,
            List.of(
                new Edge(0, 1),
                new Edge(0, 2),
                new Edge(1, 2),
                new Edge(2, 3),
                new Edge(3, 4),
                new Edge(3, 5),
                new Edge(4, 5)));
    Matcha matcha = Matcha.of(barbell, 0.5, 1);
    double sum = matcha.probabilities().stream().mapToDouble(p -> p).sum();
    assertThat(sum).isLessThanOrEqualTo(0.5 * matcha.matchings().size() + 1e-9);
    double most = matcha.probabilities().stream().mapToDouble(p -> p).max().orElseThrow();
    for (int m = 0; m < matcha.matchings().size(); m++) {
      if (matcha.matchings().get(m).contains(new Edge(2, 3))) {
        assertThat(matcha.probabilities().get(m)).isEqualTo(most).isGreaterThan(0.6);
      }
    }
  }

  @Test
  void at_manySteps_usesMatchingsAsOftenAsPlanned() {
    Matcha matcha = Matcha.of(Topology.ring(8), 0.3, 2);
    int used = 0;
    for (long step = 0; step < 2000; step++) {
      used += matcha.at(step).weight(0, 1) > 0 ? 1 : 0;
    }
    assertThat(used / 2000.0).isCloseTo(0.3, within(0.04));
  }

  @Test
  void budget_outOfRange_isRefused() {
    assertThatThrownBy(() -> Matcha.of(Topology.ring(5), 0, 1))
        .hasMessage("matcha needs mixing.budget above 0 and at most 1, got 0.0");
  }
}
