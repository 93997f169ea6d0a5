package io.dimat.conf;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.learn.ModelPair;
import io.dimat.learn.RandomParams;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.merge.LocalProbe;
import io.dimat.merge.MergeInput;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.Operators;
import io.dimat.merge.Probe;
import io.dimat.network.Network;
import io.dimat.protocol.Recorder;
import io.dimat.tensor.ParamVector;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** The table of merge methods in docs/merging.md, found out by asking every operator. */
final class MergeMethodsTable {
  private static final String HEAD =
      """
      | `--method` | what it does | matches on images | mixes units | keys that it reads |
      |---|---|---|---|---|
      """;

  /** A value other than the default for every key that an operator may read. */
  private static final List<String> CHOICES =
      List.of(
          "merge.match-points=all",
          "merge.score=cosine",
          "merge.folding=sequential",
          "merge.restarts=5",
          "merge.regularisation=0.1",
          "merge.zip-reuse=0.5",
          "merge.zip-budget=0.5",
          "merge.zip-until=conv1");

  private MergeMethodsTable() {}

  static String text() {
    StringBuilder table = new StringBuilder(HEAD);
    for (String name : Operators.names()) {
      MergeOperator operator = Operators.create(name, Operators.Options.DEFAULTS);
      table.append(
          "| `%s` | %s | %s | %s | %s |%n"
              .formatted(
                  name,
                  Operators.description(name),
                  matchesOnImages(operator) ? "yes" : "no",
                  operator.mixesUnits() ? "yes" : "no",
                  keys(name)));
    }
    return table.toString();
  }

  private static String keys(String name) {
    return CHOICES.stream()
        .filter(choice -> isRead(name, choice))
        .map(choice -> "`" + choice.substring(0, choice.indexOf('=')) + "`")
        .collect(Collectors.joining(", "));
  }

  private static boolean isRead(String name, String choice) {
    Operators.Options options = ConfigLoader.mergeSettings(List.of(choice)).merge().options();
    try {
      Operators.create(name, options);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  private static boolean matchesOnImages(MergeOperator operator) {
    Network network = SmallNetworks.residual();
    SyntheticImages images = new SyntheticImages(network.inputShape(), network.classes(), 2.0, 7);
    CountingProbe probe =
        new CountingProbe(new LocalProbe(new ReferenceLearner(network), images.batches(1, 8, 1)));
    SortedMap<Integer, ParamVector> models = new TreeMap<>();
    models.put(0, RandomParams.of(network, 1));
    models.put(1, RandomParams.of(network, 2));
    SortedMap<Integer, Double> weights = new TreeMap<>(Map.of(0, 0.5, 1, 0.5));
    operator.merge(new MergeInput(0, models, weights, probe, new Recorder(() -> 0)));
    return probe.questions > 0;
  }

  private static final class CountingProbe implements Probe {
    private final Probe probe;
    private int questions;

    CountingProbe(Probe probe) {
      this.probe = probe;
    }

    @Override
    public Network network() {
      return probe.network();
    }

    @Override
    public List<List<CrossMoments>> crossMoments(
        List<ParamVector> models, List<ModelPair> pairs, List<MatchPoint> points) {
      questions++;
      return probe.crossMoments(models, pairs, points);
    }

    @Override
    public ParamVector recalibrated(Network network, ParamVector model) {
      questions++;
      return probe.recalibrated(network, model);
    }
  }
}
