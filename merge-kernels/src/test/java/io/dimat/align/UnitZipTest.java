package io.dimat.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.learn.Batch;
import io.dimat.learn.BatchSource;
import io.dimat.learn.ModelPair;
import io.dimat.learn.RandomParams;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class UnitZipTest {
  private static final double[] HALVES = {0.5, 0.5};

  private static double[] random(int stacked, long seed) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    double[] correlation = new double[stacked * stacked];
    for (int r = 0; r < stacked; r++) {
      for (int c = 0; c <= r; c++) {
        double value = r == c ? 1 : 2 * random.nextDouble() - 1;
        correlation[r * stacked + c] = value;
        correlation[c * stacked + r] = value;
      }
    }
    return correlation;
  }

  private static double[] equal(int models) {
    double[] weights = new double[models];
    Arrays.fill(weights, 1.0 / models);
    return weights;
  }

  /** Parts of merged unit r in one model. */
  private static long parts(UnitMixing mixing, int r) {
    int units = mixing.units();
    double[] produce = mixing.produce();
    return IntStream.range(0, units).filter(c -> produce[r * units + c] != 0).count();
  }

  @ParameterizedTest
  @ValueSource(doubles = {0.3, 0, 1})
  void zip_twoModelsWithoutBudget_isAGreedyCrossModelMatching(double alpha) {
    for (int seed = 0; seed < 50; seed++) {
      int units = 1 + seed % 12;
      double[] correlation = random(2 * units, seed);
      List<UnitMixing> zipped = new UnitZip(alpha, 0).zip(correlation, units, HALVES);
      assertThat(zipped.get(0)).isEqualTo(UnitMixing.of(Permutation.identity(units)));
      assertThat(zipped.get(1)).isEqualTo(UnitMixing.of(greedy(correlation, units)));
    }
  }

  /** The pairs of largest correlation first, computed the slow way. */
  private static Permutation greedy(double[] correlation, int units) {
    int[] from = new int[units];
    Arrays.fill(from, -1);
    boolean[] taken = new boolean[units];
    for (int step = 0; step < units; step++) {
      int best = -1;
      for (int i = 0; i < units * units; i++) {
        boolean free = from[i / units] < 0 && !taken[i % units];
        if (free && (best < 0 || at(correlation, units, i) > at(correlation, units, best))) {
          best = i;
        }
      }
      from[best / units] = best % units;
      taken[best % units] = true;
    }
    return Permutation.of(from);
  }

  private static double at(double[] correlation, int units, int i) {
    return correlation[i / units * 2 * units + units + i % units];
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 2, 3, 5})
  void zip_anyModels_usesEveryUnitOnceAndAveragesItsParts(int models) {
    for (int seed = 0; seed < 30; seed++) {
      int units = 1 + seed % 9;
      UnitZip rules = new UnitZip(seed % 2 == 0 ? 0.3 : -1, seed % 3 * 0.4);
      double[] weights = weights(models, seed);
      List<UnitMixing> zipped = rules.zip(random(models * units, seed), units, weights);
      double[] carried = new double[units];
      double[] ones = new double[units];
      Arrays.fill(ones, 1);
      double[] readers = new double[models * units];
      for (int k = 0; k < models; k++) {
        double[] part = zipped.get(k).carry(ones);
        double[] consume = zipped.get(k).consume();
        for (int i = 0; i < units * units; i++) {
          readers[k * units + i / units] += consume[i];
        }
        for (int r = 0; r < units; r++) {
          carried[r] += weights[k] * part[r];
        }
      }
      assertThat(carried).containsOnly(new double[] {1}, within(1e-6));
      assertThat(readers).containsOnly(1);
    }
  }

  private static double[] weights(int models, int seed) {
    double[] weights = IntStream.range(0, models).mapToDouble(k -> 1 + (k + seed) % 4).toArray();
    double sum = Arrays.stream(weights).sum();
    return Arrays.stream(weights).map(w -> w / sum).toArray();
  }

  @Test
  void zip_budget_boundsTheMergesInsideAModel() {
    int units = 16;
    double[] alike = random(2 * units, 5);
    for (int i = 0; i < alike.length; i++) {
      boolean same = i / (2 * units) / units == i % (2 * units) / units;
      alike[i] = same ? 0.9 : 0.1 * alike[i];
    }
    // Of 16 merges, 8 per model, a quarter: 2 inside each.
    List<UnitMixing> zipped = new UnitZip(-1, 0.25).zip(alike, units, HALVES);
    for (UnitMixing mixing : zipped) {
      assertThat(IntStream.range(0, units).filter(r -> parts(mixing, r) == 2)).hasSize(2);
      assertThat(IntStream.range(0, units).filter(r -> parts(mixing, r) == 0)).hasSize(2);
    }
  }

  @Test
  void zip_threeModelsWhoseAllowedMergesRunOut_stillEndsWithAllUnits() {
    // Pairs 0-2, 1-4 and 3-5 of models {0, 1}, {2, 3}, {4, 5}: no two of them may merge.
    double[] correlation = new double[36];
    for (int[] pair : new int[][] {{0, 2}, {1, 4}, {3, 5}}) {
      correlation[pair[0] * 6 + pair[1]] = 0.9;
      correlation[pair[1] * 6 + pair[0]] = 0.9;
    }
    List<UnitMixing> zipped = new UnitZip(0.3, 0).zip(correlation, 2, equal(3));
    assertThat(zipped).hasSize(3);
    assertThat(parts(zipped.get(0), 0) + parts(zipped.get(1), 0) + parts(zipped.get(2), 0))
        .isEqualTo(4);
  }

  @Test
  void match_permutedCopies_mergeIntoTheModel() {
    requireSameLogits(UnitZip.DEFAULT, new double[] {0.3, 0.7});
    requireSameLogits(new UnitZip(1, 0.125), new double[] {0.5, 0.2, 0.3});
  }

  private static void requireSameLogits(UnitZip rules, double[] weights) {
    Shape shape = new Shape(3, 8, 8);
    Network network = Zoo.create("cnn", new ZooOptions(shape, 4, 1, Shortcut.CONV3X3));
    PermutationSpec spec = PermutationSpec.of(network);
    BatchSource probe = new SyntheticImages(shape, 4, 3.0, 1).batches(2, 24, 0);
    try (ReferenceLearner learner = new ReferenceLearner(network)) {
      learner.load(RandomParams.of(network, 2));
      learner.recalibrate(probe);
      ParamVector reference = learner.store();
      List<ParamVector> models = new ArrayList<>();
      for (int k = 0; k < weights.length; k++) {
        Alignment shuffle = k == 0 ? Alignment.identity(spec) : Alignment.random(spec, k);
        models.add(spec.apply(shuffle, reference));
      }
      List<SoftAlignment> zipped =
          ZipMatching.match(
                  spec,
                  learner.crossMoments(
                      models, ModelPair.all(models.size()), probe, spec.matchPoints()),
                  MatchPoints.LAST,
                  weights,
                  rules,
                  Trunk.whole(spec).groups())
              .alignments();
      List<ParamVector> changed = new ArrayList<>();
      for (int k = 0; k < weights.length; k++) {
        changed.add(zipped.get(k).applyTo(spec, models.get(k)));
      }
      Batch batch = new SyntheticImages(shape, 4, 3.0, 7).batch(8, 0);
      float[] expected = learner.logits(batch);
      learner.load(ParamVector.weightedSum(weights, changed));
      assertThat(learner.logits(batch)).containsExactly(expected, within(1e-3f));
    }
  }

  @Test
  void wrongArguments_areRefused() {
    assertThatThrownBy(() -> new UnitZip(2, 0)).hasMessageContaining("got 2.0 and 0.0");
    assertThatThrownBy(() -> new UnitZip(0, -1)).hasMessageContaining("budget in [0, 1]");
    assertThatThrownBy(() -> UnitZip.DEFAULT.zip(new double[3], 1, HALVES))
        .hasMessageContaining("2 x 2 finite correlations, got 3");
    assertThatThrownBy(() -> UnitZip.DEFAULT.zip(new double[4], 1, new double[] {1, 1}))
        .hasMessageContaining("weights of sum 1, got [1.0, 1.0]");
  }
}
