package io.dimat.partition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.source.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PartitionersTest {
  private static final List<Long> TEN_CLASSES =
      List.of(600L, 601L, 607L, 590L, 600L, 600L, 600L, 600L, 600L, 600L);
  private static final PartitionSettings SETTINGS = new PartitionSettings(0.5, 2, 2, 3, 10);

  private static long[][] counts(List<Cut> cuts, int agents, int classes) {
    long[][] counts = new long[agents][classes];
    cuts.forEach(cut -> counts[cut.owner()][cut.label()] += cut.size());
    return counts;
  }

  private static void assertDisjointWithin(List<Cut> cuts, List<Long> sizes) {
    for (int label = 0; label < sizes.size(); label++) {
      boolean[] taken = new boolean[sizes.get(label).intValue()];
      for (Cut cut : cuts) {
        for (long rank = cut.from(); cut.label() == label && rank < cut.to(); rank++) {
          assertThat(taken[(int) rank]).as("rank %d of class %d", rank, label).isFalse();
          taken[(int) rank] = true;
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "iid, 1",
    "iid, 7",
    "class-shards, 3",
    "class-shards, 10",
    "class-shards, 30",
    "dirichlet, 1",
    "dirichlet, 16",
    "dirichlet-blocks, 1",
    "dirichlet-blocks, 16",
    "dirichlet-blocks, 23",
    "dirichlet-per-agent, 1",
    "dirichlet-per-agent, 16",
    "pathological, 1",
    "pathological, 16",
    "classes-per-agent, 1",
    "classes-per-agent, 16",
    "random-classes-per-agent, 1",
    "random-classes-per-agent, 16",
    "quantity-skew, 1",
    "quantity-skew, 16"
  })
  void cuts_everyRule_disjointAndSameForSameSeed(String name, int agents) {
    Partitioner partitioner = Partitioners.named(name, SETTINGS);

    List<Cut> cuts = partitioner.cuts(TEN_CLASSES, agents, 3);

    assertDisjointWithin(cuts, TEN_CLASSES);
    assertThat(partitioner.cuts(TEN_CLASSES, agents, 3)).isEqualTo(cuts);
    assertThat(ShardSizes.of(cuts, agents).smallest()).isPositive();
    assertThat(partitioner.name()).isEqualTo(name);
  }

  @Test
  void reads_everySetting_hasReadersThatNeedIt() {
    for (PartitionSettings.Setting setting : PartitionSettings.Setting.values()) {
      assertThat(Partitioners.readers(setting))
          .isNotEmpty()
          .allSatisfy(
              name ->
                  assertThatThrownBy(() -> Partitioners.named(name, PartitionSettings.NONE))
                      .isInstanceOf(DataException.class)
                      .hasMessageContaining("got 0"));
    }
  }

  @Test
  void iid_remainder_isDropped() {
    long[][] counts = counts(new IidPartitioner().cuts(TEN_CLASSES, 7, 1), 7, 10);

    for (long[] agent : counts) {
      assertThat(agent).containsExactly(85, 85, 86, 84, 85, 85, 85, 85, 85, 85);
    }
  }

  @Test
  void classShards_asManyClassesAsAgentsOrMore_classGoesWholeToAgentModulo() {
    long[][] counts = counts(new ClassShardPartitioner().cuts(TEN_CLASSES, 4, 1), 4, 10);

    for (int agent = 0; agent < 4; agent++) {
      for (int label = 0; label < 10; label++) {
        assertThat(counts[agent][label]).isEqualTo(label % 4 == agent ? 590 : 0);
      }
    }
  }

  @Test
  void classShards_multipleOfClasses_windowsOfOneClass() {
    List<Cut> cuts = new ClassShardPartitioner().cuts(List.of(11L, 10L), 6, 1);

    assertThat(cuts)
        .containsExactly(
            new Cut(0, 0, 0, 3),
            new Cut(1, 1, 0, 3),
            new Cut(0, 2, 3, 6),
            new Cut(1, 3, 3, 6),
            new Cut(0, 4, 6, 9),
            new Cut(1, 5, 6, 9));
  }

  @Test
  void classShards_neitherFewerNorMultiple_refusedWithValues() {
    assertThatThrownBy(() -> new ClassShardPartitioner().cuts(TEN_CLASSES, 15, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("got 15 agents for 10 classes; take 10 or 20 agents");
  }

  @Test
  void classShards_emptyClass_refused() {
    assertThatThrownBy(() -> new ClassShardPartitioner().cuts(List.of(5L, 0L), 2, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("class 1 has no images");
  }

  @Test
  void dirichlet_everyImageIsUsedAndEveryAgentHasTheMinimum() {
    List<Cut> cuts = new DirichletPartitioner(0.1, 50).cuts(TEN_CLASSES, 10, 5);

    long[][] counts = counts(cuts, 10, 10);
    for (int label = 0; label < 10; label++) {
      int c = label;
      assertThat(IntStream.range(0, 10).mapToLong(a -> counts[a][c]).sum())
          .isEqualTo(TEN_CLASSES.get(label));
    }
    for (long[] agent : counts) {
      assertThat(Arrays.stream(agent).sum()).isGreaterThanOrEqualTo(50);
    }
  }

  /** Mean largest share of a class among 10 agents, over many classes: known values. */
  @ParameterizedTest
  @CsvSource({"10, .15, .03", "1, .30, .04", ".1, .66, .06"})
  void dirichlet_largestShareOfAClass_asAlphaSays(double alpha, double share, double within) {
    List<Long> sizes = new ArrayList<>(Collections.nCopies(400, 1000L));

    long[][] counts = counts(new DirichletPartitioner(alpha, 1).cuts(sizes, 10, 9), 10, 400);

    double mean = 0;
    for (int label = 0; label < 400; label++) {
      int c = label;
      mean += IntStream.range(0, 10).mapToLong(a -> counts[a][c]).max().orElseThrow() / 400_000.0;
    }
    assertThat(mean).isBetween(share - within, share + within);
  }

  @Test
  void dirichlet_otherSeed_otherCuts() {
    Partitioner partitioner = new DirichletPartitioner(1, 1);

    assertThat(partitioner.cuts(TEN_CLASSES, 5, 1))
        .isNotEqualTo(partitioner.cuts(TEN_CLASSES, 5, 2));
  }

  @Test
  void dirichlet_minimumOutOfReach_refusalNamesAlphaAndAgents() {
    assertThatThrownBy(() -> new DirichletPartitioner(0.01, 500).cuts(TEN_CLASSES, 10, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("alpha 0.01 gave some of 10 agents fewer than 500 images");
  }

  @Test
  void dirichlet_moreAgentsThanImages_refused() {
    assertThatThrownBy(() -> new DirichletPartitioner(1, 2).cuts(List.of(3L, 4L), 4, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("each of 4 agents 2 images, there are 7");
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, -1, 1e-9, Double.NaN, Double.POSITIVE_INFINITY})
  void dirichlet_alphaOutOfRange_refused(double alpha) {
    assertThatThrownBy(() -> new DirichletPartitioner(alpha, 1))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("alpha in [0.001, 1000000.0]");
  }

  @Test
  void dirichlet_smallestAlpha_worksOrRefuses() {
    List<Cut> cuts = new DirichletPartitioner(1e-3, 1).cuts(Collections.nCopies(100, 500L), 5, 1);

    assertThat(cuts).hasSizeBetween(100, 130);
  }

  @Test
  void named_unknown_listsTheAllowedOnes() {
    assertThatThrownBy(() -> Partitioners.named("random", PartitionSettings.NONE))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "there is no partitioner random; choose one of " + List.copyOf(Partitioners.names()));
  }

  @Test
  void division_agentWithoutImages_refused() {
    Division division = new Division(new IidPartitioner(), 7, new Selection(0, 30), 1);

    assertThatThrownBy(() -> division.cuts(TEN_CLASSES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("agent 0 of 7 gets none from iid");
  }

  @Test
  void division_fewerImagesThanTheMinimum_refusedWhateverTheRule() {
    Division division =
        new Division(new ClassShardPartitioner(), 10, new Selection(0, Selection.ALL), 1, 591);

    assertThatThrownBy(() -> division.cuts(TEN_CLASSES))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "every agent needs at least 591 images, agent 0 of 10 gets 590 from class-shards; take fewer agents or more images, or lower the minimum (data.min-images)");
  }

  @Test
  void division_validationAndLimit_heldOutFirstAndBalanced() {
    Division division = new Division(new IidPartitioner(), 2, new Selection(0.1, 1000), 1);

    List<Cut> cuts = division.cuts(TEN_CLASSES);

    assertThat(cuts).contains(new Cut(3, Cut.VALIDATION, 0, 59), new Cut(3, 0, 59, 109));
    assertThat(cuts.stream().filter(c -> c.owner() >= 0).mapToLong(Cut::size).sum())
        .isEqualTo(1000);
  }

  @Test
  void division_validationOfNoImage_refused() {
    Division division =
        new Division(new IidPartitioner(), 2, new Selection(0.001, Selection.ALL), 1);

    assertThatThrownBy(() -> division.cuts(TEN_CLASSES))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("validation fraction of 0.001");
  }

  @Test
  void trainingSizes_shortClass_othersFillUp() {
    Selection selection = new Selection(0, 20);

    assertThat(selection.trainingSizes(List.of(3L, 100L, 100L))).containsExactly(3L, 9L, 8L);
    assertThat(selection.trainingSizes(List.of(3L, 5L))).containsExactly(3L, 5L);
  }
}
