package io.dimat.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.align.Alignment;
import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.align.PermutationSpec;
import io.dimat.learn.ModelPair;
import io.dimat.learn.RandomParams;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Network;
import io.dimat.protocol.Recorder;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Role;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class RepairTest {
  private final Network network = SmallNetworks.mlp();
  private final ReferenceLearner learner = new ReferenceLearner(network);
  private final SyntheticImages world =
      new SyntheticImages(network.inputShape(), network.classes(), 1.0, 7);
  private final Probe probe = new LocalProbe(learner, world.batches(1, 256, 1));

  @Test
  void repair_everyHiddenUnit_hasTheWeightedMeanOfTheParentsMeansAndDeviations() {
    SortedMap<Integer, ParamVector> models =
        models(RandomParams.of(network, 1), RandomParams.of(network, 2));
    MergeInput input = input(models);
    Merged averaged = new WeightAveraging().merge(input);

    ParamVector repaired = Repair.of(input, averaged);

    List<String> layers = NormalizedNetwork.layersWithoutNorm(network);
    assertThat(layers).isNotEmpty();
    for (String layer : layers) {
      CrossMoments first = moments(models.get(0), layer);
      CrossMoments second = moments(models.get(1), layer);
      CrossMoments got = moments(repaired, layer);
      CrossMoments before = moments(averaged.model(), layer);
      double shrunk = 0;
      for (int u = 0; u < got.units(); u++) {
        double wanted = 0.5 * deviation(first, u) + 0.5 * deviation(second, u);
        double mean = 0.5 * first.meansA()[u] + 0.5 * second.meansA()[u];
        assertThat(deviation(got, u)).isCloseTo(wanted, within(0.02 * wanted + 1e-4));
        assertThat(got.meansA()[u]).isCloseTo(mean, within(0.02 * wanted + 1e-3));
        shrunk += deviation(before, u) / wanted / got.units();
      }
      assertThat(shrunk).isLessThan(0.95);
    }
  }

  @Test
  void repair_permutedCopies_changesNothing() {
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector model = RandomParams.of(network, 1);
    MergeInput input = input(models(model, spec.apply(Alignment.random(spec, 5), model)));
    Merged merged = new AlignedMerge(new ActivationAligner(), Folding.JOINT).merge(input);

    ParamVector repaired = Repair.of(input, merged);

    learner.load(model);
    float[] logits = learner.logits(world.batch(32, 9));
    learner.load(repaired);
    assertThat(learner.logits(world.batch(32, 9)))
        .usingComparatorWithPrecision(2e-2f)
        .containsExactly(logits);
  }

  @Test
  void repair_networkWhoseLayersAreAllNormalised_isTheMergedModelItself() {
    Network normalised = SmallNetworks.residual();
    SyntheticImages images =
        new SyntheticImages(normalised.inputShape(), normalised.classes(), 1.0, 7);
    try (ReferenceLearner engine = new ReferenceLearner(normalised)) {
      MergeInput two =
          input(
              models(RandomParams.of(normalised, 1), RandomParams.of(normalised, 2)),
              new LocalProbe(engine, images.batches(1, 16, 1)));
      Merged merged = new WeightAveraging().merge(two);

      assertThat(Repair.of(two, merged)).isSameAs(merged.model());
    }
  }

  @Test
  void repair_oneModelOfSmallActivations_isThatModel() {
    ParamVector small =
        ParamVector.weightedSum(new double[] {0.01}, List.of(RandomParams.of(network, 1)));
    SortedMap<Integer, ParamVector> alone = new TreeMap<>();
    alone.put(0, small);
    Probe batches = new LocalProbe(learner, world.batches(3, 32, 1));
    MergeInput input = input(alone, batches);

    ParamVector repaired = Repair.of(input, new WeightAveraging().merge(input));

    assertThat(repaired.toArray())
        .usingComparatorWithPrecision(1e-6f)
        .containsExactly(small.toArray());
  }

  @Test
  void finish_repairAndAverage_leavesRunningStatisticsAlone() {
    Network strided = SmallNetworks.strided();
    SyntheticImages images = new SyntheticImages(strided.inputShape(), strided.classes(), 1.0, 7);
    try (ReferenceLearner engine = new ReferenceLearner(strided)) {
      MergeInput two =
          input(
              models(RandomParams.of(strided, 1), RandomParams.of(strided, 2)),
              new LocalProbe(engine, images.batches(1, 32, 1)));
      Merged merged = new WeightAveraging().merge(two);
      Finish finish = new Finish(Finish.ScaleCorrection.REPAIR, BatchNormPolicy.AVERAGE);

      ParamVector finished = finish.of(two, merged);

      assertThat(finished).isNotEqualTo(merged.model());
      assertThat(finished.withSlicesOf(Role.TRAINABLE, merged.model())).isEqualTo(merged.model());
    }
  }

  private static double deviation(CrossMoments moments, int unit) {
    return Math.sqrt(moments.variancesA()[unit]);
  }

  private CrossMoments moments(ParamVector model, String layer) {
    return probe
        .crossMoments(
            List.of(model), List.of(new ModelPair(0, 0)), List.of(new MatchPoint(0, layer)))
        .get(0)
        .get(0);
  }

  private static SortedMap<Integer, ParamVector> models(ParamVector a, ParamVector b) {
    SortedMap<Integer, ParamVector> models = new TreeMap<>();
    models.put(0, a);
    models.put(1, b);
    return models;
  }

  private MergeInput input(SortedMap<Integer, ParamVector> models) {
    return input(models, probe);
  }

  private static MergeInput input(SortedMap<Integer, ParamVector> models, Probe probe) {
    SortedMap<Integer, Double> weights = new TreeMap<>();
    models.keySet().forEach(k -> weights.put(k, 1.0 / models.size()));
    return new MergeInput(0, models, weights, probe, new Recorder(() -> 0));
  }
}
