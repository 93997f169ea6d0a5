package io.dimat.golden;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.align.ActivationMatching;
import io.dimat.align.Alignment;
import io.dimat.align.CrossMoments;
import io.dimat.align.LinearAssignment;
import io.dimat.align.MatchPoint;
import io.dimat.align.Matching;
import io.dimat.align.Permutation;
import io.dimat.align.PermutationSpec;
import io.dimat.learn.ReferenceLearner;
import io.dimat.merge.ActivationAligner;
import io.dimat.merge.AlignedMerge;
import io.dimat.merge.Folding;
import io.dimat.merge.LocalProbe;
import io.dimat.merge.MergeInput;
import io.dimat.merge.Merged;
import io.dimat.network.Network;
import io.dimat.protocol.Recorder;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Moments, matching and merging agree with what the official code computed. */
class GoldenVggTest {
  private static final int NODES = 5;
  private static final int KERNEL = 9;
  private static final double[] OBJECTIVES = {
    2.6630190946161747, 5.092487863264978, 10.40705531835556, 16.341670729219913, 14.683220624923706
  };

  /** The official code scales what makes matched units by m / (m + 1e-5) for m models. */
  private static final double OFFICIAL_SCALE = 2 / (2 + 1e-5);

  private final Network network = GoldenVgg.network();
  private final PermutationSpec spec = PermutationSpec.of(network);
  private GoldenVgg golden;

  @BeforeEach
  void findRecording() {
    golden = GoldenVgg.orSkip();
  }

  private List<CrossMoments> moments() {
    try (ReferenceLearner learner = new ReferenceLearner(network)) {
      List<ParamVector> others = List.of(golden.model("model_B_raw"));
      return learner
          .crossMoments(golden.model("model_A_raw"), others, golden.probe(), spec.matchPoints())
          .get(0);
    }
  }

  private Alignment recordedAlignment() {
    return new Alignment(
        IntStream.range(0, NODES).mapToObj(k -> Permutation.of(golden.permutation(k))).toList());
  }

  private static ParamVector mean(ParamVector a, ParamVector b) {
    return ParamVector.weightedSum(new double[] {0.5, 0.5}, List.of(a, b));
  }

  @Test
  void matchPoints_areTheOfficialNodes() {
    assertThat(spec.matchPoints())
        .extracting(MatchPoint::layer)
        .containsExactly("features.1", "features.4", "features.7", "features.10", "features.13");
  }

  @Test
  void crossMoments_ofTheProbe_areTheRecordedOnes() {
    List<CrossMoments> moments = moments();
    for (int k = 0; k < NODES; k++) {
      assertThat(moments.get(k).covariance())
          .as("covariance of node %d", k)
          .containsExactly(golden.crossBlock(k, "covariance"), within(1e-5));
      assertThat(moments.get(k).correlation())
          .as("correlation of node %d", k)
          .containsExactly(golden.crossBlock(k, "correlation"), within(1e-5));
    }
  }

  @Test
  void assignment_ofTheRecordedCorrelation_hasTheRecordedObjective() {
    for (int k = 0; k < NODES; k++) {
      double[] correlation = golden.crossBlock(k, "correlation");
      int units = spec.groups().get(k).size();
      assertThat(LinearAssignment.maximise(correlation, units).objective())
          .isCloseTo(OBJECTIVES[k], within(1e-4));
    }
  }

  @Test
  void matching_ofTheProbe_hasTheRecordedObjective() {
    Matching matching = ActivationMatching.match(spec, moments());
    for (int k = 0; k < NODES; k++) {
      assertThat(matching.groups().get(k).objective()).isCloseTo(OBJECTIVES[k], within(1e-4));
    }
  }

  @Test
  void alignedB_withTheRecordedPermutations_isTheRecordedOne() {
    ParamVector aligned = spec.apply(recordedAlignment(), golden.model("model_B_raw"));
    requireEqualUpToScale(aligned, golden.model("transformed_B"));
  }

  @Test
  void merged_withTheRecordedPermutations_isTheRecordedOne() {
    ParamVector aligned = spec.apply(recordedAlignment(), golden.model("model_B_raw"));
    ParamVector merged = mean(golden.model("model_A_raw"), aligned);
    requireEqualUpToScale(merged, golden.model("merged_before_bnreset"));
    requireLogits(merged, "merged_before_bnreset");
  }

  /** Units that never change on the probe are paired arbitrarily, here otherwise than recorded. */
  @Test
  void alignedMerge_ofBothModels_isTheRecordedOneButForDeadUnits() {
    Merged merged = merged();

    Alignment found = (Alignment) merged.alignments().get(1);
    List<BitSet> alive = IntStream.range(0, NODES).mapToObj(k -> paired(k, found.get(k))).toList();
    for (int k = 0; k < NODES; k++) {
      assertThat(alive.get(k).cardinality()).isGreaterThan(found.get(k).size() / 2);
      requireWeights(merged.model(), k, alive);
    }
  }

  /** Reference units with the recorded partner; the others correlate with neither partner. */
  private BitSet paired(int k, Permutation found) {
    double[] correlation = golden.crossBlock(k, "correlation");
    int[] recorded = golden.permutation(k);
    BitSet paired = new BitSet();
    for (int r = 0; r < recorded.length; r++) {
      paired.set(r, found.get(r) == recorded[r]);
      if (!paired.get(r)) {
        assertThat(correlation[r * recorded.length + recorded[r]]).isZero();
        assertThat(correlation[r * recorded.length + found.get(r)]).isZero();
      }
    }
    return paired;
  }

  /** Weights between units that are paired as recorded are those recorded. */
  private void requireWeights(ParamVector model, int k, List<BitSet> paired) {
    String name = "features." + 3 * k + ".weight";
    List<Integer> shape = model.layout().slice(name).shape();
    float[] got = model.slice(name);
    float[] recorded = golden.model("merged_before_bnreset").slice(name);
    for (int i = 0; i < got.length; i++) {
      int row = i / KERNEL / shape.get(1);
      int column = i / KERNEL % shape.get(1);
      if (paired.get(k).get(row) && (k == 0 || paired.get(k - 1).get(column))) {
        assertThat(OFFICIAL_SCALE * got[i]).as(name).isCloseTo(recorded[i], within(1e-6));
      }
    }
  }

  private Merged merged() {
    try (ReferenceLearner learner = new ReferenceLearner(network)) {
      MergeInput input =
          new MergeInput(
              0,
              new TreeMap<>(Map.of(0, golden.model("model_A_raw"), 1, golden.model("model_B_raw"))),
              new TreeMap<>(Map.of(0, 0.5, 1, 0.5)),
              new LocalProbe(learner, golden.probe()),
              new Recorder(() -> 0));
      return new AlignedMerge(new ActivationAligner(), Folding.JOINT).merge(input);
    }
  }

  private static void requireEqualUpToScale(ParamVector got, ParamVector recorded) {
    for (ParamSlice slice : got.layout().slices()) {
      double scale = slice.name().startsWith("features.") ? OFFICIAL_SCALE : 1;
      float[] values = got.slice(slice.name());
      for (int i = 0; i < values.length; i++) {
        values[i] = (float) (scale * values[i]);
      }
      assertThat(values)
          .as(slice.name())
          .containsExactly(recorded.slice(slice.name()), within(1e-6f));
    }
  }

  @Test
  void logits_ofBothModels_areTheRecordedOnes() {
    requireLogits(golden.model("model_A_raw"), "model_A");
    requireLogits(golden.model("model_B_raw"), "model_B");
  }

  @Test
  void logits_ofThePlainMean_areTheRecordedOnes() {
    requireLogits(mean(golden.model("model_A_raw"), golden.model("model_B_raw")), "wa_no_matching");
  }

  private void requireLogits(ParamVector model, String recorded) {
    try (ReferenceLearner learner = new ReferenceLearner(network)) {
      learner.load(model);
      assertThat(learner.logits(golden.fixed()))
          .as("logits of %s", recorded)
          .containsExactly(golden.floats("logits/" + recorded), within(1e-3f));
    }
  }
}
