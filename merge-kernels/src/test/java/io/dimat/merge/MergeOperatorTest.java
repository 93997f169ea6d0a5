package io.dimat.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.align.Alignment;
import io.dimat.align.PermutationSpec;
import io.dimat.learn.Learner;
import io.dimat.learn.RandomParams;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Network;
import io.dimat.protocol.Recorder;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Role;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MergeOperatorTest {
  private final MergeOperator dimat = new AlignedMerge(new ActivationAligner(), Folding.JOINT);
  private final Network network = SmallNetworks.residual();
  private final PermutationSpec spec = PermutationSpec.of(network);
  private final Learner learner = new ReferenceLearner(network);
  private final SyntheticImages world =
      new SyntheticImages(network.inputShape(), network.classes(), 1.0, 7);
  private final Probe probe = new LocalProbe(learner, world.batches(2, 24, 1));
  private final ParamVector reference = RandomParams.of(network, 3);

  @Test
  void merge_permutedCopies_dimatKeepsLogitsAndAveragingDoesNot() {
    SortedMap<Integer, ParamVector> copies = new TreeMap<>();
    copies.put(0, reference);
    copies.put(1, spec.apply(Alignment.random(spec, 11), reference));
    copies.put(2, spec.apply(Alignment.random(spec, 12), reference));
    float[] before = logits(reference);

    Merged aligned = dimat.merge(input(0, copies));
    Merged averaged = new WeightAveraging().merge(input(0, copies));

    assertThat(logits(kept(aligned))).usingComparatorWithPrecision(1e-5f).containsExactly(before);
    assertThat(largestDifference(logits(kept(averaged)), before)).isGreaterThan(0.1);
    assertThat(aligned.alignments().get(1)).isEqualTo(Alignment.random(spec, 11).inverse());
    assertThat(aligned.groups()).allMatch(g -> g.correlation() > 0.999);
  }

  @Test
  void merge_identityAlignment_equalsWeightAveragingBitForBit() {
    SortedMap<Integer, ParamVector> near = new TreeMap<>();
    near.put(0, reference);
    near.put(1, nudged(1));
    near.put(2, nudged(2));

    Merged aligned = dimat.merge(input(0, near));

    assertThat(aligned.alignments().values()).allMatch(Alignment.identity(spec)::equals);
    assertThat(aligned.model()).isEqualTo(new WeightAveraging().merge(input(0, near)).model());
  }

  @Test
  void merge_oneModel_isThatModel() {
    SortedMap<Integer, ParamVector> alone = new TreeMap<>();
    alone.put(4, reference);

    assertThat(dimat.merge(input(4, alone)).model()).isEqualTo(reference);
    assertThat(new WeightAveraging().merge(input(4, alone)).model()).isEqualTo(reference);
  }

  @Test
  void merge_inputIsNotModified() {
    SortedMap<Integer, ParamVector> models = new TreeMap<>();
    models.put(0, reference);
    models.put(1, RandomParams.of(network, 9));
    SortedMap<Integer, ParamVector> before = new TreeMap<>(models);

    dimat.merge(input(0, models));

    assertThat(models).isEqualTo(before);
  }

  @Test
  void mergeInput_weightsThatDoNotSumToOne_areRefusedWithTheSum() {
    SortedMap<Integer, ParamVector> models = new TreeMap<>();
    models.put(0, reference);
    for (double weight : new double[] {0.5, 1 + 1e-6, Double.NaN}) {
      SortedMap<Integer, Double> weights = new TreeMap<>();
      weights.put(0, weight);

      assertThatThrownBy(() -> new MergeInput(0, models, weights, probe, new Recorder(() -> 0)))
          .hasMessage("merge weights must sum to 1, got " + weight);
    }
  }

  @Test
  void mergeInput_neighbourWithoutAModel_isRefused() {
    SortedMap<Integer, ParamVector> models = new TreeMap<>();
    models.put(0, reference);
    SortedMap<Integer, Double> weights = new TreeMap<>();
    weights.put(0, 0.5);
    weights.put(1, 0.5);

    assertThatThrownBy(() -> new MergeInput(0, models, weights, probe, new Recorder(() -> 0)))
        .hasMessageContaining("one weight per model");
  }

  @Test
  void batchNormPolicies_touchRunningStatisticsOnly() {
    ParamVector merged = RandomParams.of(network, 21);

    ParamVector recalibrated = BatchNormPolicy.RECALIBRATE.apply(merged, reference, probe);
    ParamVector kept = BatchNormPolicy.KEEP.apply(merged, reference, probe);

    assertThat(BatchNormPolicy.AVERAGE.apply(merged, reference, probe)).isEqualTo(merged);
    assertThat(recalibrated.trainable()).isEqualTo(merged.trainable());
    assertThat(recalibrated).isNotEqualTo(merged);
    assertThat(kept).isEqualTo(merged.withSlicesOf(Role.RUNNING_STATISTIC, reference));
  }

  private ParamVector kept(Merged merged) {
    return BatchNormPolicy.KEEP.apply(merged.model(), reference, probe);
  }

  private ParamVector nudged(long seed) {
    return ParamVector.weightedSum(
        new double[] {0.999, 0.001}, java.util.List.of(reference, RandomParams.of(network, seed)));
  }

  private MergeInput input(int self, SortedMap<Integer, ParamVector> models) {
    SortedMap<Integer, Double> weights = new TreeMap<>();
    models.keySet().forEach(agent -> weights.put(agent, 1.0 / models.size()));
    return new MergeInput(self, models, weights, probe, new Recorder(() -> 0));
  }

  private float[] logits(ParamVector params) {
    learner.load(params);
    return learner.logits(world.batch(16, 99));
  }

  private static double largestDifference(float[] a, float[] b) {
    double largest = 0;
    for (int i = 0; i < a.length; i++) {
      largest = Math.max(largest, Math.abs(a[i] - b[i]));
    }
    return largest;
  }
}
