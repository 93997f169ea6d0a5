package io.dimat.job;

import io.dimat.cli.MergeRequest;
import io.dimat.conf.MergeSettings;
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.feed.ImageSet;
import io.dimat.learn.LearnerFactory;
import io.dimat.merge.Finish;
import io.dimat.merge.MergeInput;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.RememberingProbe;
import io.dimat.merge.report.Candidate;
import io.dimat.merge.report.GroupQuality;
import io.dimat.merge.report.InterpolationLine;
import io.dimat.merge.report.Lines;
import io.dimat.merge.report.MatchTable;
import io.dimat.merge.report.MergeReport;
import io.dimat.merge.report.MergeStudy;
import io.dimat.merge.report.Parent;
import io.dimat.merge.report.Score;
import io.dimat.merge.report.Verdict;
import io.dimat.protocol.Recorder;
import io.dimat.spark.SparkProbe;
import io.dimat.spark.SparkScores;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;

/** A merge on Spark with everything that judges it; reads and writes no file. */
final class MergeTrial {
  /** Most images that losses along lines are measured on: many models, and a curve to look at. */
  private static final int MOST_LINE_IMAGES = 512;

  private final MergeRequest request;
  private final MergeSettings settings;
  private final MergeOperator operator;
  private final Session session;
  private final MergeModels models;
  private final MergeImages images;
  private final MergeImages.Chosen chosen;
  private final Consumer<String> progress;
  private final Finish finish;
  private final LearnerFactory learners = new Dl4jLearner.Factory();

  /**
   * A trial of one request.
   *
   * @param progress told what is done next, in words
   */
  MergeTrial(
      MergeRequest request,
      MergeSettings settings,
      MergeOperator operator,
      Session session,
      MergeModels models,
      MergeImages images,
      MergeImages.Chosen chosen,
      Consumer<String> progress) {
    this.request = request;
    this.settings = settings;
    this.operator = operator;
    this.session = session;
    this.models = models;
    this.images = images;
    this.chosen = chosen;
    this.progress = progress;
    this.finish = settings.finish(models.network());
  }

  /** What was made, and what it is worth. */
  record Outcome(MergeStudy study, MergeReport report) {}

  /** Merges, scores and judges; takes its memory on the cluster back. */
  Outcome run() {
    Optional<SparkScores> scores = chosen.scored().map(this::scores);
    try (SparkProbe probe =
        new SparkProbe(session.context(), models.network(), learners, chosen.probe())) {
      MergeInput input = input(probe);
      MergeStudy study = MergeStudy.of(input, operator, finish, scores.map(s -> s::of), progress);
      return new Outcome(study, report(input, study));
    } finally {
      scores.ifPresent(SparkScores::close);
    }
  }

  private MergeReport report(MergeInput input, MergeStudy study) {
    progress.accept("scoring the models as they are");
    List<Parent> parents = parents(study);
    List<Candidate> candidates = study.candidates();
    // Before the lines, which ask the probe for so much that it forgets what was matched on.
    List<GroupQuality> groups = MatchTable.of(input, study.merged(), models.names());
    return new MergeReport(
        operator.name(),
        new MergeReport.Network(
            models.network().name(),
            models.network().layout().trainableSize(),
            models.network().hasBatchNorm()),
        MergeChecks.described(request, settings, finish),
        imagesOf(),
        parents,
        candidates,
        groups,
        lines(input, study),
        Verdict.of(parents, candidates, rule()),
        MergeChecks.notes(models, images, chosen, request));
  }

  private MergeInput input(SparkProbe probe) {
    SortedMap<Integer, ParamVector> vectors = new TreeMap<>();
    SortedMap<Integer, Double> weights = new TreeMap<>();
    boolean recalibrate =
        request.parents() == MergeRequest.Parents.RECALIBRATED && models.network().hasBatchNorm();
    if (recalibrate) {
      progress.accept("re-estimating batch norm of %d models".formatted(models.files().size()));
    }
    for (int k = 0; k < models.files().size(); k++) {
      ParamVector vector = models.files().get(k).vector();
      vectors.put(k, recalibrate ? probe.recalibrated(models.network(), vector) : vector);
      weights.put(k, models.weights().get(k));
    }
    return new MergeInput(
        models.reference(),
        vectors,
        weights,
        new RememberingProbe(probe),
        new Recorder(System::nanoTime));
  }

  private SparkScores scores(ImageSet set) {
    return new SparkScores(session.context(), models.network(), learners, set);
  }

  private List<Parent> parents(MergeStudy study) {
    List<Parent> parents = new ArrayList<>();
    List<Optional<Score>> scores = study.parentScores();
    List<Optional<Score>> recalibrated = study.recalibratedParentScores();
    for (int k = 0; k < models.files().size(); k++) {
      parents.add(
          new Parent(
              models.names().get(k),
              request.models().get(k).toString(),
              models.weights().get(k),
              k == models.reference(),
              scores.get(k),
              recalibrated.get(k)));
    }
    return parents;
  }

  private List<InterpolationLine> lines(MergeInput input, MergeStudy study) {
    if (request.linePoints() == 0 || chosen.scored().isEmpty()) {
      return List.of();
    }
    progress.accept("measuring the loss between the models");
    ImageSet few = chosen.scored().get().fewer(MOST_LINE_IMAGES);
    List<InterpolationLine> all = new ArrayList<>();
    try (SparkScores scores = scores(few)) {
      Lines lines = new Lines(input, study.merged(), finish, scores::of, request.linePoints());
      for (int k : input.models().keySet()) {
        if (k != input.reference()) {
          all.addAll(lines.to(k, models.names().get(k)));
        }
      }
    }
    return all;
  }

  private Verdict.Rule rule() {
    int scored = chosen.scored().map(ImageSet::size).orElse(0);
    return new Verdict.Rule(request.margin(), scored, models.network().classes());
  }

  private MergeReport.Images imagesOf() {
    int scored = chosen.scored().map(ImageSet::size).orElse(0);
    int line = request.linePoints() == 0 ? 0 : Math.min(scored, MOST_LINE_IMAGES);
    return new MergeReport.Images(
        images.name(), chosen.probe().size(), scored, line, chosen.separate());
  }
}
