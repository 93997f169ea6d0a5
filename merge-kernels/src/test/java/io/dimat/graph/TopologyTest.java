package io.dimat.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.testing.RoundTrip;
import java.util.List;
import org.junit.jupiter.api.Test;

class TopologyTest {
  @Test
  void ring_fiveAgents_closes() {
    Topology ring = Topology.ring(5);
    assertThat(ring.agents()).isEqualTo(5);
    assertThat(ring.edges())
        .containsExactly(
            new Edge(0, 1), new Edge(0, 4), new Edge(1, 2), new Edge(2, 3), new Edge(3, 4));
    assertThat(ring.neighbors(0)).containsExactly(1, 4);
    assertThat(ring.neighbors(4)).containsExactly(0, 3);
  }

  @Test
  void chain_threeAgents_hasTwoEnds() {
    Topology chain = Topology.chain(3);
    assertThat(chain.neighbors(0)).containsExactly(1);
    assertThat(chain.neighbors(1)).containsExactly(0, 2);
    assertThat(chain.neighbors(2)).containsExactly(1);
  }

  @Test
  void star_fourAgents_meetInAgentZero() {
    Topology star = Topology.star(4);
    assertThat(star.neighbors(0)).containsExactly(1, 2, 3);
    assertThat(star.neighbors(3)).containsExactly(0);
  }

  @Test
  void fullyConnected_fourAgents_hasEveryEdgeButNoLoop() {
    Topology full = Topology.fullyConnected(4);
    assertThat(full.edges()).hasSize(6);
    assertThat(full.neighbors(2)).containsExactly(0, 1, 3);
  }

  @Test
  void bipartite_fiveAgents_haveTwoHubsThatAreNoNeighbors() {
    Topology bipartite = Topology.bipartite(5);
    assertThat(bipartite.neighbors(0)).containsExactly(3, 4);
    assertThat(bipartite.neighbors(3)).containsExactly(0, 1, 2);
    assertThat(bipartite.maxDegree()).isEqualTo(3);
    assertThat(bipartite.degree(4)).isEqualTo(3);
  }

  @Test
  void isolated_hasNoNeighbors() {
    assertThat(Topology.isolated(3).neighbors(1)).isEmpty();
    assertThat(Topology.isolated(3).edges()).isEmpty();
  }

  @Test
  void tooFewAgents_areRefused() {
    assertThatThrownBy(() -> Topology.ring(2)).hasMessage("ring needs at least 3 agents, got 2");
    assertThatThrownBy(() -> Topology.chain(1)).hasMessage("chain needs at least 2 agents, got 1");
    assertThatThrownBy(() -> Topology.star(1)).hasMessage("star needs at least 2 agents, got 1");
    assertThatThrownBy(() -> Topology.fullyConnected(0))
        .hasMessage("fully-connected needs at least 2 agents, got 0");
  }

  @Test
  void ofEdges_anyOrderAndRepeats_areOneTopology() {
    Topology topology =
        Topology.ofEdges(3, List.of(Edge.between(2, 1), new Edge(0, 1), new Edge(1, 2)));
    assertThat(topology.edges()).containsExactly(new Edge(0, 1), new Edge(1, 2));
    assertThat(topology).isEqualTo(Topology.ofEdges(3, topology.edges()));
    assertThat(topology).isNotEqualTo(Topology.chain(3));
  }

  @Test
  void ofEdges_unreachableAgent_isNamed() {
    List<Edge> edges = List.of(new Edge(0, 1), new Edge(2, 3));
    assertThatThrownBy(() -> Topology.ofEdges(4, edges))
        .hasMessage("every agent must be reachable from agent 0, got no path to agent 2");
  }

  @Test
  void ofEdges_agentThatIsNone_isRefused() {
    List<Edge> edges = List.of(new Edge(0, 1), new Edge(1, 7));
    assertThatThrownBy(() -> Topology.ofEdges(3, edges))
        .hasMessage("edges join agents 0 to 2, got 1-7");
  }

  @Test
  void edge_loopOrBackwards_isRefused() {
    assertThatThrownBy(() -> Edge.between(3, 3))
        .hasMessage("an edge goes from a lower to a higher agent, got 3-3");
    assertThatThrownBy(() -> new Edge(2, 1)).hasMessageContaining("got 2-1");
  }

  @Test
  void neighbors_cannotBeModified() {
    assertThatThrownBy(() -> Topology.ring(4).neighbors(0).clear())
        .isInstanceOf(UnsupportedOperationException.class);
  }

  @Test
  void serialized_arrivesEqual() {
    assertThat(RoundTrip.of(Topology.star(5))).isEqualTo(Topology.star(5));
  }
}
