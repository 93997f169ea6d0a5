package io.dimat.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class LabelSkewTest {
  @Test
  void of_sameDistributionsOfDifferentSizes_zero() {
    LabelSkew skew = LabelSkew.of(List.of(List.of(10, 20, 30), List.of(1, 2, 3)));

    assertThat(skew.largest()).isCloseTo(0, within(1e-15));
  }

  /** K equal shards without a class in common: 1 - 1/K. */
  @Test
  void of_nothingInCommon_oneMinusOneByAgents() {
    LabelSkew skew =
        LabelSkew.of(List.of(List.of(8, 0, 0, 0), List.of(0, 8, 0, 0), List.of(0, 0, 4, 4)));

    assertThat(skew.distances()).allSatisfy(d -> assertThat(d).isCloseTo(2 / 3., within(1e-15)));
    assertThat(skew.earthMover(1)).isCloseTo(4 / 3., within(1e-15));
  }

  @Test
  void of_unequalAgents_meanAndLargest() {
    LabelSkew skew = LabelSkew.of(List.of(List.of(30, 30), List.of(0, 20)));

    assertThat(skew.distances().get(0)).isCloseTo(.125, within(1e-15)); // 3/8 of all are class 0
    assertThat(skew.distances().get(1)).isCloseTo(.375, within(1e-15));
    assertThat(skew.mean()).isCloseTo(.25, within(1e-15));
    assertThat(skew.largest()).isEqualTo(skew.distances().get(1));
  }

  @Test
  void of_division_thatOfItsCutsWithoutValidation() {
    List<Long> sizes = Collections.nCopies(10, 1000L);
    Division shards =
        new Division(new ClassShardPartitioner(), 10, new Selection(.1, Selection.ALL), 1);
    Division even = new Division(new IidPartitioner(), 10, new Selection(.1, Selection.ALL), 1);

    assertThat(LabelSkew.of(shards, sizes).mean()).isCloseTo(.9, within(1e-12));
    assertThat(LabelSkew.of(even, sizes).largest()).isCloseTo(0, within(1e-12));
  }

  @Test
  void of_agentWithoutImages_refused() {
    assertThatThrownBy(() -> LabelSkew.of(List.of(List.of(1, 2), List.of(0, 0))))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("at least 1 image, got [0, 0]");
  }
}
