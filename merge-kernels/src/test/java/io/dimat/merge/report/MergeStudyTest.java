package io.dimat.merge.report;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.align.Alignment;
import io.dimat.align.PermutationSpec;
import io.dimat.learn.Batches;
import io.dimat.learn.OptimizerSpec;
import io.dimat.learn.RandomParams;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.merge.ActivationAligner;
import io.dimat.merge.AlignedMerge;
import io.dimat.merge.Finish;
import io.dimat.merge.Folding;
import io.dimat.merge.LocalProbe;
import io.dimat.merge.MergeInput;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.WeightAveraging;
import io.dimat.network.Network;
import io.dimat.protocol.Recorder;
import io.dimat.tensor.ParamVector;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class MergeStudyTest {
  private final Network network = SmallNetworks.residual();
  private final ReferenceLearner learner = new ReferenceLearner(network);
  private final SyntheticImages world =
      new SyntheticImages(network.inputShape(), network.classes(), 0.5, 7);
  private final Batches images = world.batches(2, 40, 1);
  private final MergeOperator dimat = new AlignedMerge(new ActivationAligner(), Folding.JOINT);
  private final ParamVector trained = trained();
  private final MergeInput input = input(trained, shuffled(trained));

  @Test
  void candidates_shuffledCopies_mergeIsTheParentAndAveragingIsFarOff() {
    MergeStudy study = MergeStudy.of(input, dimat, Finish.RECALIBRATE, scorer(), step -> {});

    double parent = study.parentScores().get(0).orElseThrow().loss();
    List<Candidate> candidates = study.candidates();
    assertThat(candidates.stream().map(Candidate::kind))
        .containsExactly(
            Candidate.Kind.AVERAGED,
            Candidate.Kind.AVERAGED_FINISHED,
            Candidate.Kind.MERGED_RAW,
            Candidate.Kind.MERGED);
    assertThat(loss(candidates, 2)).isCloseTo(parent, within(1e-4));
    assertThat(loss(candidates, 0)).isGreaterThan(parent + 0.1);
  }

  @Test
  void candidates_averagingWithoutFinish_isOneModelNotFour() {
    Finish keep = new Finish(Finish.ScaleCorrection.NONE, io.dimat.merge.BatchNormPolicy.AVERAGE);

    MergeStudy study = MergeStudy.of(input, new WeightAveraging(), keep, scorer(), step -> {});

    assertThat(study.candidates().stream().map(Candidate::kind))
        .containsExactly(Candidate.Kind.AVERAGED, Candidate.Kind.MERGED);
  }

  @Test
  void candidates_withoutLabels_haveNoScores() {
    MergeStudy study =
        MergeStudy.of(input, dimat, Finish.RECALIBRATE, Optional.empty(), step -> {});

    assertThat(study.candidates()).allMatch(candidate -> candidate.score().isEmpty());
    assertThat(study.parentScores()).hasSize(2).allMatch(Optional::isEmpty);
  }

  @Test
  void lines_shuffledCopies_alignedHasNoBarrierAndUnalignedHas() {
    MergeStudy study = MergeStudy.of(input, dimat, Finish.RECALIBRATE, scorer(), step -> {});

    List<InterpolationLine> lines =
        new Lines(input, study.merged(), Finish.RECALIBRATE, scorer().orElseThrow(), 5).to(1, "b");

    assertThat(lines.stream().map(InterpolationLine::treatment))
        .containsExactly(InterpolationLine.Treatment.values());
    assertThat(lines.get(0).barrier()).isGreaterThan(0.1);
    assertThat(lines.get(2).barrier()).isLessThan(1e-4);
    assertThat(lines.get(2).lambdas()).containsExactly(0.0, 0.25, 0.5, 0.75, 1.0);
  }

  private Optional<Scorer> scorer() {
    return Optional.of(
        models ->
            models.stream()
                .map(
                    model -> {
                      learner.load(model);
                      return learner.evaluate(images);
                    })
                .toList());
  }

  private ParamVector trained() {
    learner.load(RandomParams.of(network, 3));
    var optimizer = OptimizerSpec.adam(0.01).create();
    for (int epoch = 0; epoch < 12; epoch++) {
      learner.train(optimizer, images);
    }
    return learner.store();
  }

  private ParamVector shuffled(ParamVector model) {
    PermutationSpec spec = PermutationSpec.of(network);
    return spec.apply(Alignment.random(spec, 11), model);
  }

  private MergeInput input(ParamVector a, ParamVector b) {
    SortedMap<Integer, ParamVector> models = new TreeMap<>();
    models.put(0, a);
    models.put(1, b);
    SortedMap<Integer, Double> weights = new TreeMap<>();
    weights.put(0, 0.5);
    weights.put(1, 0.5);
    return new MergeInput(
        0, models, weights, new LocalProbe(learner, images), new Recorder(() -> 0));
  }

  private static double loss(List<Candidate> candidates, int index) {
    return candidates.get(index).score().orElseThrow().loss();
  }
}
