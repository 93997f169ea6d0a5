package io.dimat.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BaseGraphTest {
  @Test
  void onePeriod_anyAgentsAndPeers_isExactlyTheMean() {
    for (int n = 2; n <= 40; n++) {
      for (int k = 1; k <= Math.min(4, n - 1); k++) {
        BaseGraph base = BaseGraph.of(n, k);
        assertThat(ProductError.of(base, base.period()).largest())
            .as("%d agents, %d peers", n, k)
            .isLessThan(1e-12);
      }
    }
  }

  @Test
  void everyStep_anyAgentsAndPeers_hasAtMostThatManyPeers() {
    for (int n = 2; n <= 40; n++) {
      for (int k = 1; k <= Math.min(4, n - 1); k++) {
        BaseGraph base = BaseGraph.of(n, k);
        for (int t = 0; t < base.period(); t++) {
          for (int i = 0; i < n; i++) {
            assertThat(base.at(t).row(i)).hasSizeLessThanOrEqualTo(k + 1).containsKey(i);
          }
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "1, 5, 5", "1, 6, 4", "1, 7, 5", "1, 10, 6", "1, 12, 5", "1, 16, 4", "1, 20, 7", "1, 24, 6",
    "1, 25, 9", "1, 32, 5", "1, 40, 8", "2, 5, 3", "2, 6, 2", "2, 7, 4", "2, 10, 4", "2, 12, 3",
    "2, 24, 4", "2, 25, 6", "2, 40, 6"
  })
  void period_isThePublishedNumberOfRounds(int peers, int agents, int rounds) {
    assertThat(BaseGraph.of(agents, peers).period()).isEqualTo(rounds);
  }

  @Test
  void sequence_repeats() {
    BaseGraph base = BaseGraph.of(5, 1);
    assertThat(base.at(7)).isEqualTo(base.at(2));
    assertThat(base.at(0)).isNotEqualTo(base.at(1));
  }

  @Test
  void peers_outOfRange_areRefused() {
    assertThatThrownBy(() -> BaseGraph.of(5, 5))
        .hasMessage("topology base of 5 agents needs topology.peers from 1 to 4, got 5");
  }
}
