package io.dimat.job;

import io.dimat.cli.ExitCode;
import io.dimat.cli.JobOptions;
import io.dimat.cli.MergeRefusedException;
import io.dimat.cli.MergeRequest;
import io.dimat.cli.RunFailedException;
import io.dimat.conf.ConfigLoader;
import io.dimat.conf.MergeSettings;
import io.dimat.feed.ImageSet;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.Operators;
import io.dimat.merge.report.MergeReport;
import io.dimat.merge.report.Verdict;
import io.dimat.report.MergeSummary;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Merges model files: reads them, merges on Spark with all controls, judges, writes. */
final class MergeJob {
  private final MergeRequest request;
  private final MergeSettings settings;
  private final MergeOperator operator;
  private final JobOptions options;
  private final Session session;

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
    MergeChecks.requireMergeable(operator, models.network(), settings.finish(models.network()));
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
    say(
        "matching on %d images, scoring %d"
            .formatted(chosen.probe().size(), chosen.scored().map(ImageSet::size).orElse(0)));
    MergeTrial trial =
        new MergeTrial(request, settings, operator, session, models, images, chosen, this::say);
    write(output, models, trial.run());
  }

  private void write(MergeOutput output, MergeModels models, MergeTrial.Outcome outcome) {
    MergeReport report = outcome.report();
    boolean refused =
        report.verdict().grade() == Verdict.Grade.REFUSED
            && request.refusal() == MergeRequest.Refusal.OBEYED;
    List<String> files = new ArrayList<>(output.writeReport(report));
    if (!refused) {
      files.addAll(output.writeModels(models, outcome.study(), report));
    }
    options.out().println();
    options.out().print(MergeSummary.of(report, files));
    if (refused) {
      throw new MergeRefusedException(
          "refused: %s; no model was written, --force writes it"
              .formatted(String.join(", and ", report.verdict().reasons())));
    }
  }

  private void say(String step) {
    options.out().println(step);
  }
}
