package io.dimat.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.testing.RoundTrip;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TreeTest {
  @ParameterizedTest
  @CsvSource({"8, 4", "16, 6", "32, 8"})
  void binary_diameter_isKnown(int agents, int diameter) {
    Tree tree = Tree.of(TreeTopologies.binary(agents), 0);
    assertThat(tree.diameter()).isEqualTo(diameter).isEqualTo(longest(tree));
    assertThat(tree.topology().maxDegree()).isEqualTo(3);
  }

  private static int longest(Tree tree) {
    int longest = 0;
    for (int a = 0; a < tree.topology().agents(); a++) {
      for (int b = 0; b < a; b++) {
        longest = Math.max(longest, tree.distance(a, b));
      }
    }
    return longest;
  }

  @Test
  void chain_parentsAndDistances_followTheChain() {
    Tree tree = Tree.of(Topology.chain(6), 2);
    assertThat(tree.root()).isEqualTo(2);
    assertThat(tree.parent(2)).isEqualTo(-1);
    assertThat(tree.parent(0)).isEqualTo(1);
    assertThat(tree.parent(5)).isEqualTo(4);
    assertThat(tree.distance(0, 5)).isEqualTo(5);
    assertThat(tree.distance(4, 4)).isZero();
    assertThat(tree.diameter()).isEqualTo(5);
  }

  @Test
  void of_cycle_isRefused() {
    assertThatThrownBy(() -> Tree.of(Topology.ring(4), 0))
        .hasMessage(
            "a tree of 4 agents has 3 edges, got ring of 4 agents, 4 edges: take a spanning tree"
                + " of it");
    assertThatThrownBy(() -> Tree.of(Topology.chain(4), 4))
        .hasMessage("the root is an agent from 0 to 3, got 4");
  }

  @Test
  void breadthFirst_davis_usesShortestPathsFromEveryRoot() {
    Topology davis = FamousGraphs.davis(32);
    for (int root = 0; root < 32; root++) {
      Tree tree = Tree.breadthFirst(davis, root);
      assertThat(tree.topology().edges()).hasSize(31);
      assertThat(davis.edges()).containsAll(tree.topology().edges());
      assertThat(tree.diameter()).as("root %d", root).isBetween(5, 7);
    }
  }

  @Test
  void breadthFirst_ring_takesTheLexicographicallyFirstPath() {
    Tree tree = Tree.breadthFirst(Topology.ring(4), 0);
    assertThat(tree.topology().edges())
        .containsExactly(new Edge(0, 1), new Edge(0, 3), new Edge(1, 2));
    Tree own = Tree.breadthFirst(TreeTopologies.balanced(9), 4);
    assertThat(own.topology().edges()).isEqualTo(TreeTopologies.balanced(9).edges());
  }

  @Test
  void mirrored_binary_sharesTheLoad() {
    Tree tree = Tree.of(TreeTopologies.binary(8), 0);
    Tree mirror = tree.mirrored();
    assertThat(mirror.root()).isEqualTo(7);
    assertThat(mirror.parent(6)).isEqualTo(7);
    assertThat(mirror.diameter()).isEqualTo(tree.diameter());
    assertThat(mirror.mirrored().topology().edges()).isEqualTo(tree.topology().edges());
    for (int agent = 0; agent < 8; agent++) {
      assertThat(tree.topology().degree(agent) + mirror.topology().degree(agent))
          .isLessThanOrEqualTo(4);
    }
  }

  @Test
  void serialized_arrivesEqual() {
    Tree tree = Tree.of(TreeTopologies.binary(9), 3);
    assertThat(RoundTrip.of(tree)).isEqualTo(tree).hasSameHashCodeAs(tree);
    assertThat(tree).isNotEqualTo(Tree.of(TreeTopologies.binary(9), 2));
  }

  @Test
  void dominatingSet_anyTopology_isValidAndSmall() {
    assertThat(ConnectedDominatingSet.of(Topology.star(9)).members()).containsExactly(0);
    assertThat(ConnectedDominatingSet.of(Topology.ring(8)).members()).hasSize(6);
    assertThat(ConnectedDominatingSet.of(Topology.fullyConnected(5)).members()).hasSize(1);
    assertThat(ConnectedDominatingSet.of(Topology.chain(6)).members()).containsExactly(1, 2, 3, 4);
    MixingMatrixTest.topologies()
        .filter(topology -> !topology.edges().isEmpty())
        .forEach(t -> assertThat(ConnectedDominatingSet.of(t).members()).isNotEmpty());
  }

  @Test
  void dominatingSet_brokenProperty_isNamed() {
    Topology chain = Topology.chain(5);
    assertThatThrownBy(() -> new ConnectedDominatingSet(chain, sorted(1, 2)))
        .hasMessage(
            "every agent is in a dominating set or beside it, got agent 4 with none of [1, 2]");
    assertThatThrownBy(() -> new ConnectedDominatingSet(chain, sorted(1, 3)))
        .hasMessage(
            "a connected dominating set has paths inside itself, got none from 1 to 3 in [1, 3]");
    assertThatThrownBy(() -> ConnectedDominatingSet.of(Topology.isolated(2)))
        .hasMessage("not connected, got isolated of 2 agents, 0 edges");
  }

  private static SortedSet<Integer> sorted(Integer... agents) {
    return new TreeSet<>(List.of(agents));
  }
}
