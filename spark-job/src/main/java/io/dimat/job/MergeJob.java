package io.dimat.job;

import io.dimat.cli.ExitCode;
import io.dimat.cli.JobOptions;
import io.dimat.cli.MergeRefusedException;
import io.dimat.cli.MergeRequest;
import io.dimat.cli.RunFailedException;
import io.dimat.conf.ConfigLoader;
import io.dimat.conf.MergeSettings;
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.feed.FewerImages;
import io.dimat.feed.ImageSet;
import io.dimat.learn.LearnerFactory;
import io.dimat.merge.Finish;
import io.dimat.merge.MergeInput;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.Operators;
import io.dimat.merge.RememberingProbe;
import io.dimat.merge.report.Candidate;
import io.dimat.merge.report.InterpolationLine;
import io.dimat.merge.report.Lines;
import io.dimat.merge.report.MatchTable;
import io.dimat.merge.report.MergeReport;
import io.dimat.merge.report.MergeStudy;
import io.dimat.merge.report.Parent;
import io.dimat.merge.report.Score;
import io.dimat.merge.report.Scorer;
import io.dimat.merge.report.Verdict;
import io.dimat.protocol.Recorder;
import io.dimat.report.MergeSummary;
import io.dimat.spark.SparkProbe;
import io.dimat.spark.SparkScores;
import io.dimat.tensor.ParamVector;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** Merges model files: reads them, merges on Spark with all controls, judges, writes. */
final class MergeJob {
  /** Most images that losses along lines are measured on: many models, and a curve to look at. */
  private static final int MOST_LINE_IMAGES = 512;

  private final MergeRequest request;
  private final MergeSettings settings;
  private final MergeOperator operator;
  private final JobOptions options;
  private final Session session;
  private final LearnerFactory learners = new Dl4jLearner.Factory();

  private MergeJob(
      MergeRequest request,
      MergeSettings settings,
      MergeOperator operator,
      JobOptions options,
      Session session) {
    this.request = request;
    this.settings = settings;
    this.operator = operator;
    this.options = options;
    this.session = session;
  }

  /**
   * Merges.
   *
   * @throws MergeRefusedException if the result is too bad to be written
   */
  static void run(MergeRequest request, JobOptions options) throws IOException {
    MergeChecks.requireUsable(request);
    MergeSettings settings = ConfigLoader.mergeSettings(MergeChecks.settings(request));
    MergeOperator operator = Operators.create(request.method(), settings.merge().options());
    MergeModels.requireReadable(request);
    Optional<MergeImages> images = MergeImages.withoutSpark(request.data(), settings.dataPath());
    // A file that is no model is refused at once: Spark takes seconds to start.
    Optional<MergeModels> models =
        images.isPresent() ? Optional.of(models(request, images.get())) : Optional.empty();
    try (Session session = Session.open("dimat merge", options.master())) {
      MergeJob job = new MergeJob(request, settings, operator, options, session);
      MergeOutput output = new MergeOutput(session.folder(request.out()));
      output.requireFree(request.refusal());
      MergeImages seen = images.orElseGet(() -> MergeImages.prepared(session, request.data()));
      job.run(output, seen, models.isPresent() ? models.get() : models(request, seen));
    } catch (Exception | OutOfMemoryError e) { // Spark hides checked exceptions
      if (ExitCode.of(e) != ExitCode.RUN_FAILED) {
        throw e;
      }
      throw new RunFailedException(Failures.reason(e), e);
    }
  }

  private static MergeModels models(MergeRequest request, MergeImages images) throws IOException {
    return MergeModels.read(request, images, DimatJob.MODEL_READERS);
  }

  private void run(MergeOutput output, MergeImages images, MergeModels models) throws IOException {
    MergeChecks.requireMergeable(operator, models.network());
    say(
        "%d models of %s; reading images of %s"
            .formatted(models.files().size(), models.network(), images.name()));
    MergeImages.Chosen chosen =
        images.choose(
            session,
            settings.merge().probeImages(),
            request.scoreImages(),
            settings.seed(),
            models.network().classes());
    try (SparkProbe probe =
        new SparkProbe(session.context(), models.network(), learners, chosen.probe())) {
      merge(output, images, models, chosen, probe);
    } catch (MergeRefusedException | IllegalArgumentException e) {
      throw e;
    } catch (Exception e) { // Spark throws checked exceptions that its Java signatures hide
      throw new RunFailedException(Failures.reason(e), e);
    }
  }

  private void merge(
      MergeOutput output,
      MergeImages images,
      MergeModels models,
      MergeImages.Chosen chosen,
      SparkProbe probe)
      throws IOException {
    MergeInput input = input(models, probe);
    Finish finish = finish(models);
    Optional<SparkScores> scores = chosen.scored().map(set -> scores(models, set));
    Optional<Scorer> scorer = scores.map(s -> s::of);
    MergeStudy study = MergeStudy.of(input, operator, finish, scorer, this::say);
    say("scoring the models as they are");
    List<Parent> parents = parents(models, study);
    List<Candidate> candidates = study.candidates();
    Verdict verdict = Verdict.of(parents, candidates, request.margin());
    List<InterpolationLine> lines = lines(models, input, study, finish, chosen);
    scores.ifPresent(SparkScores::close);
    MergeReport report =
        new MergeReport(
            operator.name(),
            new MergeReport.Network(
                models.network().name(),
                models.network().layout().trainableSize(),
                models.network().hasBatchNorm()),
            MergeChecks.described(request, settings, finish),
            imagesOf(images, chosen),
            parents,
            candidates,
            MatchTable.of(input, study.merged(), models.names()),
            lines,
            verdict,
            MergeChecks.notes(models, images, chosen, request));
    finish(output, report, models, study);
  }

  private MergeInput input(MergeModels models, SparkProbe probe) {
    SortedMap<Integer, ParamVector> vectors = new TreeMap<>();
    SortedMap<Integer, Double> weights = new TreeMap<>();
    boolean recalibrate =
        request.parents() == MergeRequest.Parents.RECALIBRATED && models.network().hasBatchNorm();
    if (recalibrate) {
      say("re-estimating batch norm of %d models".formatted(models.files().size()));
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

  /** Where nothing was said, a network without batch norm is repaired. */
  private Finish finish(MergeModels models) {
    boolean said =
        request.sets().stream().anyMatch(set -> set.strip().startsWith(MergeChecks.CORRECTION));
    Finish.ScaleCorrection correction =
        said || models.network().hasBatchNorm()
            ? settings.merge().correction()
            : Finish.ScaleCorrection.REPAIR;
    return new Finish(correction, settings.merge().batchNorm());
  }

  private SparkScores scores(MergeModels models, ImageSet images) {
    return new SparkScores(session.context(), models.network(), learners, images);
  }

  private List<Parent> parents(MergeModels models, MergeStudy study) {
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

  private List<InterpolationLine> lines(
      MergeModels models,
      MergeInput input,
      MergeStudy study,
      Finish finish,
      MergeImages.Chosen chosen) {
    if (request.linePoints() == 0 || chosen.scored().isEmpty()) {
      return List.of();
    }
    say("measuring the loss between the models");
    ImageSet few = new FewerImages(chosen.scored().get(), MOST_LINE_IMAGES);
    List<InterpolationLine> all = new ArrayList<>();
    try (SparkScores scores = scores(models, few)) {
      Lines lines = new Lines(input, study.merged(), finish, scores::of, request.linePoints());
      for (int k : input.models().keySet()) {
        if (k != input.reference()) {
          all.addAll(lines.to(k, models.names().get(k)));
        }
      }
    }
    return all;
  }

  private MergeReport.Images imagesOf(MergeImages images, MergeImages.Chosen chosen) {
    int scored = chosen.scored().map(ImageSet::size).orElse(0);
    int line = request.linePoints() == 0 ? 0 : Math.min(scored, MOST_LINE_IMAGES);
    return new MergeReport.Images(
        images.name(), chosen.probe().size(), scored, line, chosen.separate());
  }

  private void finish(
      MergeOutput output, MergeReport report, MergeModels models, MergeStudy study) {
    boolean refused =
        report.verdict().grade() == Verdict.Grade.REFUSED
            && request.refusal() == MergeRequest.Refusal.OBEYED;
    List<String> files = new ArrayList<>(output.writeReport(report));
    if (!refused) {
      files.addAll(output.writeModels(models, study, report));
    }
    options.out().println();
    options.out().print(MergeSummary.of(report, files));
    if (refused) {
      throw new MergeRefusedException(
          "refused, no model was written; the reasons are above, --force writes it all the same");
    }
  }

  private void say(String step) {
    options.out().println(step);
  }
}
