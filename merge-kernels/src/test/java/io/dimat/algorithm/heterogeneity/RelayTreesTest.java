package io.dimat.algorithm.heterogeneity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.graph.Topology;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Role;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class RelayTreesTest {
  @ParameterizedTest
  @ValueSource(ints = {1, 2, 5, 8})
  void parts_twoTrees_areByParityAndMakeTheWhole(int size) {
    RelayTrees trees = RelayTrees.of(Topology.chain(3), Topology.star(3));
    ParamLayout layout = ParamLayout.builder().add("x", List.of(size), Role.TRAINABLE).build();
    float[] values = new float[size];
    for (int i = 0; i < size; i++) {
      values[i] = i + .5f;
    }
    ParamVector whole = ParamVector.of(layout, values);

    List<ParamVector> parts = trees.parts(whole);

    assertThat(parts.get(0).size()).isEqualTo((size + 1) / 2);
    for (int k = 0; k < size; k++) {
      assertThat(parts.get(k % 2).at(k / 2)).isEqualTo(k + .5);
    }
    assertThat(parts.get(1).size()).isEqualTo(size / 2);
    assertThat(trees.whole(parts, layout)).isEqualTo(whole);
  }

  @Test
  void new_ring_isRefused() {
    assertThatThrownBy(() -> RelayTrees.of(Topology.ring(4)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "a relay tree of n agents joins all of them with n - 1 edges, got ring of 4 agents, 4 edges:"
                + " use a chain, a star or a spanning tree");
  }

  @Test
  void new_isolatedAgents_areRefused() {
    assertThatThrownBy(() -> RelayTrees.of(Topology.isolated(3)))
        .hasMessageContaining("got isolated of 3 agents, 0 edges");
  }

  @Test
  void new_noTreeOrThree_isRefused() {
    Topology chain = Topology.chain(3);

    assertThatThrownBy(() -> new RelayTrees(List.of())).hasMessageContaining("1 tree or 2, got 0");
    assertThatThrownBy(() -> new RelayTrees(List.of(chain, chain, chain)))
        .hasMessageContaining("1 tree or 2, got 3");
  }

  @Test
  void new_treesOfDifferentSize_areRefused() {
    assertThatThrownBy(() -> RelayTrees.of(Topology.chain(3), Topology.star(4)))
        .hasMessageContaining("join the same agents, got chain of 3 agents");
  }

  @Test
  void new_everyMessageLost_isRefused() {
    assertThatThrownBy(() -> new RelayMail(RelayTrees.of(Topology.chain(3)), 1))
        .hasMessage("the part of messages that is lost is in [0, 1), got 1.0");
  }
}
