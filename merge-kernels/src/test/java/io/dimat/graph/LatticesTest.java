package io.dimat.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LatticesTest {
  @Test
  void torus_everyAgent_hasFourNeighbors() {
    Topology torus = Lattices.torus(3, 4);
    assertThat(torus.neighbors(0)).containsExactly(1, 3, 4, 8);
    for (int agent = 0; agent < 12; agent++) {
      assertThat(torus.degree(agent)).isEqualTo(4);
    }
  }

  @ParameterizedTest
  @CsvSource({"9, 3", "12, 3", "16, 4", "32, 4", "36, 6", "40, 5", "256, 16"})
  void torus_byAgents_isTheMostSquare(int agents, int rows) {
    assertThat(Lattices.torus(agents)).isEqualTo(Lattices.torus(rows, agents / rows));
  }

  @ParameterizedTest
  @CsvSource({"1, 9", "8, 9", "10, 9", "11, 12", "13, 12", "14, 15", "22, 21", "34, 33"})
  void torus_noTwoSides_namesTheNearest(int agents, int nearest) {
    assertThatThrownBy(() -> Lattices.torus(agents))
        .hasMessage(
            "torus needs rows x columns agents, both at least 3, got "
                + agents
                + ": take "
                + nearest);
  }

  @Test
  void grid_threeByThree_hasCornersSidesAndACentre() {
    Topology grid = Lattices.grid(9);
    assertThat(grid.neighbors(0)).containsExactly(1, 3);
    assertThat(grid.neighbors(1)).containsExactly(0, 2, 4);
    assertThat(grid.neighbors(4)).containsExactly(1, 3, 5, 7);
    assertThat(grid.edges()).hasSize(12);
  }

  @Test
  void grid_prime_namesTheNearest() {
    assertThatThrownBy(() -> Lattices.grid(7))
        .hasMessage("grid needs rows x columns agents, both at least 2, got 7: take 6");
    assertThatThrownBy(() -> Lattices.grid(1, 5))
        .hasMessage("grid needs at least 2 rows and 2 columns, got 1 x 5");
  }

  @Test
  void hypercube_neighborsDifferInOneBit() {
    assertThat(Lattices.hypercube(8).neighbors(5)).containsExactly(1, 4, 7);
    assertThatThrownBy(() -> Lattices.hypercube(12))
        .hasMessage("hypercube needs a power of two of agents, got 12: take 8 or 16");
    assertThatThrownBy(() -> Lattices.hypercube(1)).hasMessageContaining("take 2 or 4");
  }
}
