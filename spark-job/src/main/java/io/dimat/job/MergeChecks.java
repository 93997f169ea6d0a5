package io.dimat.job;

import io.dimat.cli.MergeRequest;
import io.dimat.conf.ConfigException;
import io.dimat.conf.MergeSettings;
import io.dimat.conf.Spelling;
import io.dimat.interchange.ModelFile;
import io.dimat.merge.Finish;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.Operators;
import io.dimat.merge.report.MergeReport.Setting;
import io.dimat.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** What can be said about a merge's options: rules, settings in words, notes for the reader. */
final class MergeChecks {
  /** Keys that say more about a network of the zoo. */
  private static final String NETWORK_KEYS = "network.";

  private MergeChecks() {}

  /**
   * Refuses numbers out of their range.
   *
   * @throws ConfigException with all of them
   */
  static void requireUsable(MergeRequest request) {
    List<String> problems = new ArrayList<>();
    if (request.scoreImages() < 0) {
      problems.add("--score-images must be 0 for all or more, got " + request.scoreImages());
    }
    if (request.linePoints() != 0 && request.linePoints() < 3) {
      problems.add("--line-points must be 0 or at least 3, got " + request.linePoints());
    }
    if (!(request.margin() >= 0 && request.margin() <= 1)) {
      problems.add("--margin must be from 0 to 1, got " + request.margin());
    }
    if (request.network().isEmpty() && !networkSettings(request).isEmpty()) {
      problems.add("--set network.KEY needs --network, the name of a network");
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  /** Refuses what the operator cannot do on a network. */
  static void requireMergeable(MergeOperator operator, Network network, Finish finish) {
    List<String> refusals =
        Stream.of(operator.refusal(network), finish.refusal(operator))
            .flatMap(Optional::stream)
            .toList();
    if (!refusals.isEmpty()) {
      throw new ConfigException(refusals);
    }
  }

  /** The options that say more about the network. */
  static List<String> networkSettings(MergeRequest request) {
    return request.sets().stream().filter(MergeChecks::isOfNetwork).toList();
  }

  /** The other options. */
  static List<String> settings(MergeRequest request) {
    return request.sets().stream().filter(set -> !isOfNetwork(set)).toList();
  }

  private static boolean isOfNetwork(String set) {
    return set.strip().startsWith(NETWORK_KEYS);
  }

  /** What was chosen, in words. */
  static List<Setting> described(MergeRequest request, MergeSettings settings, Finish finish) {
    List<Setting> all = new ArrayList<>();
    Operators.chosen(request.method(), settings.merge().options())
        .forEach((key, value) -> all.add(new Setting(key, inWords(value))));
    all.add(new Setting("batch norm after the merge", Spelling.of(finish.batchNorm())));
    all.add(new Setting("correction after the merge", Spelling.of(finish.correction())));
    all.add(new Setting("parents", Spelling.of(request.parents())));
    all.add(new Setting("margin", Double.toString(request.margin())));
    all.add(new Setting("seed", Long.toString(settings.seed())));
    return all;
  }

  private static String inWords(Object value) {
    return value instanceof Enum<?> choice ? Spelling.of(choice) : value.toString();
  }

  /** What a reader must know beside the numbers. */
  static List<String> notes(
      MergeModels models, MergeImages images, MergeImages.Chosen chosen, MergeRequest request) {
    List<String> notes = new ArrayList<>();
    if (chosen.scored().isEmpty()) {
      notes.add("the images have no labels: accuracy and loss were not measured");
    } else if (!chosen.separate()) {
      notes.add("scored on the images that were matched on: take more images to separate them");
    }
    images
        .normalization()
        .ifPresent(
            used ->
                models.files().stream()
                    .flatMap(file -> file.says(ModelFile.MEAN).stream())
                    .filter(mean -> !mean.equals(used.mean().toString()))
                    .distinct()
                    .forEach(
                        mean ->
                            notes.add(
                                "a model was trained on images normalised with mean %s, these have %s"
                                    .formatted(mean, used.mean()))));
    Optional<String> named =
        models.files().stream()
            .flatMap(f -> f.says(ModelFile.NETWORK).stream())
            .filter(name -> !name.equals(models.network().name()))
            .findFirst();
    named.ifPresent(
        name ->
            notes.add(
                "a model file says that it holds %s, it was read as %s"
                    .formatted(name, models.network().name())));
    if (request.models().size() == 1) {
      notes.add("one model: there is nothing to merge it with");
    }
    return notes;
  }
}
