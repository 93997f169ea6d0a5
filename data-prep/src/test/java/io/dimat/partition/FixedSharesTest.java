package io.dimat.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.partition.ClassesPerAgentPartitioner.Lists;
import io.dimat.source.DataException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** Pathological shards, classes per agent, quantity skew. */
class FixedSharesTest {
  private static final List<Long> TEN_CLASSES = Collections.nCopies(10, 6000L);

  private static long[][] counts(Partitioner partitioner, List<Long> sizes, int agents, long seed) {
    long[][] counts = new long[agents][sizes.size()];
    partitioner
        .cuts(sizes, agents, seed)
        .forEach(cut -> counts[cut.owner()][cut.label()] += cut.size());
    return counts;
  }

  private static long classes(long[] agent) {
    return Arrays.stream(agent).filter(n -> n > 0).count();
  }

  /** FedAvg's own example: 100 clients, 200 shards of 300 of 60 000 images. */
  @Test
  void pathological_fedAvgsExample_everyAgentHasTwoPiecesOf300() {
    long[][] counts = counts(new PathologicalPartitioner(2), TEN_CLASSES, 100, 1);

    for (long[] agent : counts) {
      assertThat(Arrays.stream(agent).sum()).isEqualTo(600);
      assertThat(Arrays.stream(agent)).allMatch(n -> n % 300 == 0);
    }
    for (int label = 0; label < 10; label++) {
      int c = label;
      assertThat(Arrays.stream(counts).mapToLong(a -> a[c]).sum()).isEqualTo(6000);
    }
  }

  @Test
  void pathological_unevenClasses_equalSizesAndARemainderBelowThePieces() {
    List<Long> sizes = List.of(101L, 0L, 57L, 333L);

    long[][] counts = counts(new PathologicalPartitioner(3), sizes, 5, 1);

    for (long[] agent : counts) {
      assertThat(Arrays.stream(agent).sum()).isEqualTo(491 / 15 * 3);
    }
    assertThat(Arrays.stream(counts).mapToLong(a -> a[3]).sum()).isEqualTo(333 - 491 % 15);
  }

  @Test
  void pathological_otherSeed_otherPieces() {
    Partitioner partitioner = new PathologicalPartitioner(2);

    assertThat(partitioner.cuts(TEN_CLASSES, 8, 1))
        .isNotEqualTo(partitioner.cuts(TEN_CLASSES, 8, 2));
  }

  @Test
  void pathological_morePiecesThanImages_refused() {
    assertThatThrownBy(() -> new PathologicalPartitioner(2).cuts(List.of(3L, 4L), 4, 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "pathological cuts the images into 4 x 2 pieces, there are 7; take fewer agents, fewer shards per agent or more images");
  }

  @ParameterizedTest
  @CsvSource({"1, 10, 6000", "2, 5, 12000", "2, 10, 6000", "3, 10, 6000", "10, 4, 15000"})
  void classesPerAgent_rotating_equalSizesOfThoseClassesAndAllImages(
      int classes, int agents, long size) {
    Partitioner partitioner = new ClassesPerAgentPartitioner(classes, Lists.ROTATING);

    long[][] counts = counts(partitioner, TEN_CLASSES, agents, 1);

    for (int agent = 0; agent < agents; agent++) {
      assertThat(Arrays.stream(counts[agent]).sum()).isEqualTo(size);
      for (int j = 0; j < classes; j++) {
        assertThat(counts[agent][(agent * classes + j) % 10]).isEqualTo(size / classes);
      }
    }
  }

  @Test
  void classesPerAgent_unevenHolders_cutToTheSmallestEvenlyOverClasses() {
    long[][] counts =
        counts(
            new ClassesPerAgentPartitioner(2, Lists.ROTATING),
            List.of(90L, 60L, 30L),
            2,
            1); // agent 0 could hold 45 and 60, agent 1 holds 45 and 30

    assertThat(counts[0]).containsExactly(38, 37, 0);
    assertThat(counts[1]).containsExactly(45, 0, 30);
    assertThat(
            counts(new ClassesPerAgentPartitioner(1, Lists.ROTATING), List.of(90L, 60L, 30L), 3, 1)[
                0])
        .containsExactly(30, 0, 0);
  }

  @Test
  void classesPerAgent_random_soManyClassesEqualSizesAndTheSeedDecides() {
    Partitioner partitioner = new ClassesPerAgentPartitioner(3, Lists.RANDOM);

    for (long seed = 0; seed < 20; seed++) {
      long[][] counts = counts(partitioner, TEN_CLASSES, 8, seed);

      for (long[] agent : counts) {
        assertThat(classes(agent)).isEqualTo(3);
        assertThat(Arrays.stream(agent).sum()).isEqualTo(Arrays.stream(counts[0]).sum());
      }
    }
    assertThat(partitioner.cuts(TEN_CLASSES, 8, 1))
        .isNotEqualTo(partitioner.cuts(TEN_CLASSES, 8, 2));
  }

  @ParameterizedTest
  @EnumSource(Lists.class)
  void classesPerAgent_moreThanThereAre_refused(Lists lists) {
    Partitioner partitioner = new ClassesPerAgentPartitioner(11, lists);

    assertThatThrownBy(() -> partitioner.cuts(TEN_CLASSES, 4, 1))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "%s gives every agent 11 different classes, there are 10; take 10 or fewer"
                .formatted(partitioner.name()));
  }

  @Test
  void classesPerAgent_emptyClassForSomebody_refusedWithSizes() {
    assertThatThrownBy(
            () -> new ClassesPerAgentPartitioner(1, Lists.ROTATING).cuts(List.of(5L, 0L), 2, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("leaves an agent without images: class sizes are [5, 0]");
  }

  @ParameterizedTest
  @CsvSource({".3", "1", "20"})
  void quantitySkew_equalClasses_everyImageSizesDifferAndLabelsDoNot(double beta) {
    long[][] counts = counts(new QuantitySkewPartitioner(beta, 10), TEN_CLASSES, 8, 2);

    long all = 0;
    for (long[] agent : counts) {
      assertThat(agent).containsOnly(agent[0]);
      assertThat(agent[0]).isPositive();
      all += Arrays.stream(agent).sum();
    }
    assertThat(all).isEqualTo(60_000);
    assertThat(Arrays.stream(counts).mapToLong(a -> a[0]).distinct().count()).isEqualTo(8);
  }

  @Test
  void quantitySkew_beta_smallIsMoreUneven() {
    assertThat(largest(.5)).isGreaterThan(largest(5)).isGreaterThan(largest(500));
    assertThat(largest(1e6)).isBetween(7400L, 7600L);
  }

  private static long largest(double beta) {
    return Arrays.stream(counts(new QuantitySkewPartitioner(beta, 1), TEN_CLASSES, 8, 5))
        .mapToLong(agent -> Arrays.stream(agent).sum())
        .max()
        .orElseThrow();
  }

  @Test
  void quantitySkew_minimumOutOfReach_refusedWithFix() {
    assertThatThrownBy(() -> new QuantitySkewPartitioner(.01, 3000).cuts(TEN_CLASSES, 8, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("beta 0.01 gave some of 8 agents fewer than 3000 images")
        .hasMessageContaining("raise beta, take fewer agents or lower the minimum");
  }
}
