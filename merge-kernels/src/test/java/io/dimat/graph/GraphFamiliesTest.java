package io.dimat.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class GraphFamiliesTest {
  @Test
  void davis_hasItsPublishedSizes() {
    Topology davis = FamousGraphs.davis(32);
    assertThat(davis.edges()).hasSize(89).allMatch(e -> e.from() < 18 && e.to() >= 18);
    assertThat(davis.maxDegree()).isEqualTo(14);
    assertThat(longestShortestPath(davis)).isEqualTo(4);
  }

  @Test
  void florentine_hasItsPublishedSizes() {
    Topology florentine = FamousGraphs.florentine(15);
    assertThat(florentine.edges()).hasSize(20);
    assertThat(florentine.degree(8)).as("Medici").isEqualTo(6).isEqualTo(florentine.maxDegree());
    assertThat(longestShortestPath(florentine)).isEqualTo(5);
  }

  @Test
  void petersenAndDyck_areCubic() {
    for (Topology cubic : new Topology[] {FamousGraphs.petersen(10), FamousGraphs.dyck(32)}) {
      for (int agent = 0; agent < cubic.agents(); agent++) {
        assertThat(cubic.degree(agent)).isEqualTo(3);
      }
    }
    assertThat(longestShortestPath(FamousGraphs.petersen(10))).isEqualTo(2);
    assertThat(longestShortestPath(FamousGraphs.dyck(32))).isEqualTo(5);
  }

  @Test
  void famousGraph_anotherNumberOfAgents_isRefused() {
    assertThatThrownBy(() -> FamousGraphs.davis(30))
        .hasMessage("davis needs exactly 32 agents, got 30");
  }

  @Test
  void erdosRenyi_meanDegree_isThatOfTheProbability() {
    double edges =
        LongStream.range(0, 200)
            .map(seed -> RandomGraphs.erdosRenyi(20, 0.5, seed).edges().size())
            .average()
            .orElseThrow();
    assertThat(edges).isCloseTo(95, within(2.0));
  }

  @Test
  void erdosRenyi_seed_decides() {
    Topology one = RandomGraphs.erdosRenyi(32, 0, 1);
    assertThat(RandomGraphs.erdosRenyi(32, 0, 1)).isEqualTo(one);
    assertThat(RandomGraphs.erdosRenyi(32, 0, 2)).isNotEqualTo(one);
    assertThat(RandomGraphs.erdosRenyi(6, 1, 2).edges())
        .isEqualTo(Topology.fullyConnected(6).edges());
  }

  @Test
  void erdosRenyi_tooSparse_saysWhatSuffices() {
    assertThatThrownBy(() -> RandomGraphs.erdosRenyi(50, 0.01, 1))
        .hasMessage(
            "erdos-renyi drew no connected graph of 50 agents in 1000 draws,"
                + " got topology.probability = 0.01: take 2 ln n / n = 0.156 or more");
  }

  private static int longestShortestPath(Topology topology) {
    int longest = 0;
    for (int root = 0; root < topology.agents(); root++) {
      Tree tree = Tree.breadthFirst(topology, root);
      for (int agent = 0; agent < topology.agents(); agent++) {
        longest = Math.max(longest, tree.distance(root, agent));
      }
    }
    return longest;
  }
}
