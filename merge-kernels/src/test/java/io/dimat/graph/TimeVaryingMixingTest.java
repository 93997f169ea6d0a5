package io.dimat.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TimeVaryingMixingTest {
  @Test
  void onePeer_eachStep_takesHalfFromTheAgentOneHopBack() {
    MixingSchedule schedule = Exponential.onePeer(6);
    assertThat(schedule.period()).isEqualTo(3);
    assertThat(schedule.at(0).weight(1, 0)).isEqualTo(0.5);
    assertThat(schedule.at(0).weight(0, 1)).isZero();
    assertThat(schedule.at(4).weight(0, 4)).isEqualTo(0.5);
    assertThat(schedule.at(5).row(1)).containsOnlyKeys(1, 3);
  }

  @Test
  void onePeer_onePeriod_isTheMeanIffAgentsAreAPowerOfTwo() {
    for (int n = 2; n <= 40; n++) {
      MixingSchedule schedule = Exponential.onePeer(n);
      double error = ProductError.of(schedule, schedule.period()).largest();
      if (Integer.bitCount(n) == 1) {
        assertThat(error).as("%d agents", n).isLessThan(1e-15);
      } else {
        assertThat(error).as("%d agents", n).isGreaterThan(1e-3);
      }
    }
  }

  @ParameterizedTest
  @CsvSource({"6, 0.0833333333333333", "10, 0.0375"})
  void onePeer_otherwise_deviates(int agents, double largest) {
    MixingSchedule schedule = Exponential.onePeer(agents);
    assertThat(ProductError.of(schedule, schedule.period()).largest())
        .isCloseTo(largest, within(1e-12));
  }

  @Test
  void equiDirectedDynamic_meanSquare_followsTheFormula() {
    MixingSchedule schedule = EquiTopo.directedDynamic(40, 1);
    double mean =
        LongStream.range(0, 4000)
            .mapToDouble(step -> remaining(schedule.at(step)))
            .average()
            .orElseThrow();
    assertThat(mean).isCloseTo(0.4875, within(0.01));
    assertThat(1 - 2 * 0.5 * (1 - 0.5 + 0.5 / 40)).isCloseTo(0.4875, within(1e-12));
  }

  /** |W v|^2 of a fixed unit vector without mean. */
  private static double remaining(MixingMatrix mixing) {
    double sum = 0;
    for (int i = 0; i < mixing.agents(); i++) {
      double value = (mixing.weight(i, 0) - mixing.weight(i, 7)) / Math.sqrt(2);
      sum += value * value;
    }
    return sum;
  }

  @Test
  void equiUndirectedDynamic_everyStep_pairsAtOneOffset() {
    MixingSchedule schedule = EquiTopo.undirectedDynamic(9, 5);
    for (long step = 0; step < 50; step++) {
      MixingMatrix mixing = schedule.at(step);
      int pairs = 0;
      for (int i = 0; i < 9; i++) {
        assertThat(mixing.row(i).size()).isLessThanOrEqualTo(2);
        pairs += mixing.row(i).size() - 1;
      }
      assertThat(pairs).isBetween(6, 8);
    }
  }

  @ParameterizedTest
  @CsvSource({"4, 0.88", "10, 0.56", "20, 0.41"})
  void equiStatic_meanNorm_fallsWithTheNumberOfMatrices(int matrices, double norm) {
    double mean =
        LongStream.range(0, 60)
            .mapToObj(seed -> EquiTopo.directedStatic(40, matrices, seed))
            .mapToDouble(schedule -> ProductError.of(schedule, 1).norm())
            .average()
            .orElseThrow();
    assertThat(mean).isCloseTo(norm, within(0.03));
  }

  @Test
  void equiUndirectedStatic_isSymmetric() {
    MixingMatrix mixing = EquiTopo.undirectedStatic(11, 3, 2).at(0);
    for (int i = 0; i < 11; i++) {
      for (int j = 0; j < 11; j++) {
        assertThat(mixing.weight(i, j)).isCloseTo(mixing.weight(j, i), within(1e-15));
      }
    }
    assertThat(SpectralGap.of(mixing).slem()).isLessThan(1);
  }

  @Test
  void equiStatic_noMatrices_isRefused() {
    assertThatThrownBy(() -> EquiTopo.directedStatic(8, 0, 1))
        .hasMessage("topology d-equi-static needs topology.matrices of at least 1, got 0");
  }

  @Test
  void randomEdge_everyStep_movesTwoNeighborsAndAllEdgesAreEquallyLikely() {
    MixingSchedule schedule = RandomPairings.oneEdge(Topology.ring(5), 3);
    int[] drawn = new int[5];
    for (long step = 0; step < 5000; step++) {
      MixingMatrix mixing = schedule.at(step);
      int moved = 0;
      for (int i = 0; i < 5; i++) {
        moved += mixing.weight(i, i) == 0.5 ? 1 : 0;
        drawn[i] += mixing.weight(i, (i + 1) % 5) > 0 ? 1 : 0;
      }
      assertThat(moved).isEqualTo(2);
    }
    Arrays.stream(drawn).forEach(count -> assertThat(count).isBetween(880, 1120));
  }

  @Test
  void randomMatching_everyStep_leavesNoTwoNeighborsIdle() {
    Topology topology = Lattices.grid(3, 4);
    MixingSchedule schedule = RandomPairings.maximalMatching(topology, 3);
    for (long step = 0; step < 200; step++) {
      MixingMatrix mixing = schedule.at(step);
      assertThat(topology.edges())
          .noneMatch(e -> mixing.weight(e.from(), e.from()) + mixing.weight(e.to(), e.to()) == 2);
    }
  }

  @Test
  void randomPairs_withoutEdges_areRefused() {
    assertThatThrownBy(() -> RandomPairings.oneEdge(Topology.isolated(3), 1))
        .hasMessage("random pairs need edges, got isolated of 3 agents, 0 edges");
  }

  @Test
  void productError_ofARing_isItsSlemToThePower() {
    MixingSchedule ring = MixingMatrix.metropolisHastings(Topology.ring(8));
    ProductError error = ProductError.of(ring, 10);
    assertThat(error.norm()).isCloseTo(Math.pow((1 + Math.sqrt(2)) / 3, 10), within(1e-12));
    assertThat(error.rate()).isCloseTo((1 + Math.sqrt(2)) / 3, within(1e-12));
    assertThatThrownBy(() -> ProductError.of(ring, 0))
        .hasMessage("a product has at least 1 step, got 0");
  }
}
