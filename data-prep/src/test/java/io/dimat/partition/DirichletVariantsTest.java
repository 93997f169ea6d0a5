package io.dimat.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.source.DataException;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DirichletVariantsTest {
  private static final List<Long> TEN_CLASSES = Collections.nCopies(10, 5000L);

  private static long[][] counts(Partitioner partitioner, List<Long> sizes, int agents, long seed) {
    long[][] counts = new long[agents][sizes.size()];
    partitioner
        .cuts(sizes, agents, seed)
        .forEach(cut -> counts[cut.owner()][cut.label()] += cut.size());
    return counts;
  }

  private static long total(long[][] counts, int label) {
    return Arrays.stream(counts).mapToLong(agent -> agent[label]).sum();
  }

  /** Largest share of a class in one agent, mean over classes and seeds. */
  private static double largestShare(Partitioner partitioner, int seeds) {
    return LongStream.range(0, seeds)
        .mapToObj(seed -> counts(partitioner, TEN_CLASSES, 10, seed))
        .flatMap(
            counts ->
                IntStream.range(0, 10)
                    .mapToObj(
                        c ->
                            Arrays.stream(counts).mapToLong(a -> a[c]).max().orElseThrow()
                                / 5000.0))
        .mapToDouble(Double::doubleValue)
        .average()
        .orElseThrow();
  }

  @ParameterizedTest
  @CsvSource({"10, .15, .03", "1, .30, .05", ".1, .66, .1", ".01, .94, .06"})
  void blocks_largestShareOfAClassInOneOfTenAgents_asKnown(double alpha, double share, double by) {
    assertThat(largestShare(new DirichletBlocksPartitioner(alpha), 40))
        .isCloseTo(share, within(by));
  }

  @ParameterizedTest
  @CsvSource({"10, 10", "1, 16", ".1, 10", ".1, 16", ".01, 8", ".01, 23", ".001, 10", ".001, 8"})
  void blocks_anyAlpha_everyImageOnceAndHalfTheMeanForEveryAgent(double alpha, int agents) {
    for (long seed = 0; seed < 20; seed++) {
      long[][] counts = counts(new DirichletBlocksPartitioner(alpha), TEN_CLASSES, agents, seed);

      for (int label = 0; label < 10; label++) {
        assertThat(total(counts, label)).isEqualTo(5000);
      }
      for (long[] agent : counts) {
        assertThat(Arrays.stream(agent).sum()).isBetween(24_900L / agents, 80_000L / agents + 5000);
      }
    }
  }

  @Test
  void blocks_sixteenAgents_tenAndSixInProportion() {
    long[][] counts = counts(new DirichletBlocksPartitioner(.1), TEN_CLASSES, 16, 4);

    for (int label = 0; label < 10; label++) {
      assertThat(total(Arrays.copyOf(counts, 10), label)).isEqualTo(3125);
      assertThat(total(Arrays.copyOfRange(counts, 10, 16), label)).isEqualTo(1875);
    }
  }

  /** Two classes, each half of the images: the agent that got the first is full, so closed. */
  @Test
  void blocks_fullAgent_getsNoMore() {
    List<Long> halves = List.of(1000L, 1000L);
    for (long seed = 0; seed < 50; seed++) {
      long[][] counts = counts(new DirichletBlocksPartitioner(.001), halves, 2, seed);

      assertThat(counts[0][0] + counts[0][1]).isEqualTo(1000);
      assertThat(counts[1][0] + counts[1][1]).isEqualTo(1000);
    }
  }

  @Test
  void blocks_twoClassesForTenAgentsAtSmallAlpha_refusedWithFix() {
    assertThatThrownBy(() -> new DirichletBlocksPartitioner(.1).cuts(List.of(1000L, 1000L), 10, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("alpha 0.1 gave some of agents 0 to 9 less than half of their mean")
        .hasMessageContaining("raise alpha");
  }

  @ParameterizedTest
  @ValueSource(doubles = {.001, .01, .1, 1, 100, 1e6})
  void perAgent_anyAlpha_equalSizesWithoutReplacement(double alpha) {
    List<Long> sizes = List.of(100L, 0L, 900L, 33L, 5L);

    long[][] counts = counts(new DirichletPerAgentPartitioner(alpha), sizes, 7, 3);

    for (long[] agent : counts) {
      assertThat(Arrays.stream(agent).sum()).isEqualTo(1038 / 7);
    }
    for (int label = 0; label < sizes.size(); label++) {
      assertThat(total(counts, label)).isLessThanOrEqualTo(sizes.get(label));
    }
  }

  @Test
  void perAgent_largeAlpha_isThePriorOfUnequalClasses() {
    long[][] counts =
        counts(new DirichletPerAgentPartitioner(1e6), List.of(60_000L, 20_000L, 20_000L), 4, 1);

    for (long[] agent : counts) {
      assertThat(agent[0] / 25_000.0).isCloseTo(.6, within(.02));
      assertThat(agent[1] / 25_000.0).isCloseTo(.2, within(.02));
    }
  }

  @Test
  void perAgent_smallAlpha_firstAgentsHaveOneClass() {
    int single = 0;
    for (long seed = 0; seed < 20; seed++) {
      long[] first = counts(new DirichletPerAgentPartitioner(.001), TEN_CLASSES, 10, seed)[0];
      single += Arrays.stream(first).max().orElseThrow() == 5000 ? 1 : 0;
    }

    assertThat(single).isGreaterThanOrEqualTo(18);
  }

  @Test
  void perAgent_moreAgentsThanImages_refused() {
    assertThatThrownBy(() -> new DirichletPerAgentPartitioner(1).cuts(List.of(1L, 2L), 4, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("each of 4 agents 1 image, there are 3; take fewer agents");
  }
}
