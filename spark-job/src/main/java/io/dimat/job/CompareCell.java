package io.dimat.job;

import io.dimat.cli.JobOptions;
import io.dimat.cli.RunFailedException;
import io.dimat.compare.Comparison.Cell;
import io.dimat.compare.Comparison.Status;
import io.dimat.compare.Curve;
import io.dimat.protocol.DivergedException;
import io.dimat.shard.ShardSpec;
import io.dimat.store.RunFolder;
import io.dimat.store.StateStore;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** One run of a comparison: an ordinary run in its own folder, on shards that it may share. */
final class CompareCell {
  static final String SHARDS = "shards";

  /** Beside the run's own files; what diverged diverges again. */
  private static final String DIVERGED = "_DIVERGED";

  private final JobPlan plan;
  private final Session session;
  private final RunFolder folder;
  private final RunShards shards;
  private final RunRecord record;

  /**
   * @param root output folder of the comparison
   */
  CompareCell(JobPlan plan, Session session, String root) {
    this.plan = plan;
    this.session = session;
    this.folder = session.folder(plan.config().run().out());
    this.shards = new RunShards(session.folder(root + "/" + SHARDS), shardsName(plan));
    this.record = new RunRecord(folder);
  }

  /** Readable, and the same for runs that divide the same images alike and for no others. */
  static String shardsName(JobPlan plan) {
    ShardSpec spec = ShardSpec.of(plan.source().info(), plan.division());
    return String.format(
        Locale.ROOT,
        "%s-%d-agents-seed-%d-%s",
        spec.partitioner(),
        spec.agents(),
        spec.seed(),
        StateStore.sha256(spec.toString()).substring(0, 8));
  }

  /** The result of an earlier attempt, if there is nothing left to run. */
  Optional<Cell> finished() {
    if (!new OutputFolder(folder, plan.config()).requireUsable()) {
      return Optional.empty();
    }
    Optional<String> diverged = folder.readText(DIVERGED);
    if (diverged.isPresent()) {
      return Optional.of(new Cell(Status.DIVERGED, diverged.get().strip(), curve()));
    }
    return record.isDone(plan.config().rounds())
        ? Optional.of(new Cell(Status.DONE, "", curve()))
        : Optional.empty();
  }

  String shardsName() {
    return shards.name();
  }

  /** Opens or makes the shards, so that bad data shows before anything trains. */
  void prepare() {
    shards.openOrMake(plan, session);
  }

  /**
   * Runs it, or goes on with it.
   *
   * @param title what a bar of its rounds begins with
   * @throws RunFailedException if Spark was stopped, by a signal
   */
  Cell run(JobOptions options, String title) {
    try {
      new TrainJob(plan, quiet(options, title), session, folder, shards).run();
      return new Cell(Status.DONE, "", curve());
    } catch (RunFailedException e) {
      if (session.isStopped()) {
        throw e;
      }
      String reason = Failures.reason(e.getCause() == null ? e : e.getCause());
      if (DivergedException.isBehind(e)) {
        folder.replaceText(DIVERGED, reason + "\n");
        return new Cell(Status.DIVERGED, reason, curve());
      }
      return new Cell(Status.FAILED, reason, curve());
    }
  }

  /** A comparison has its own lines; the run's rounds are in its own folder. */
  private static JobOptions quiet(JobOptions options, String title) {
    PrintStream nowhere =
        new PrintStream(OutputStream.nullOutputStream(), false, StandardCharsets.UTF_8);
    return new JobOptions(options.master(), nowhere, options.bars(), options.screen(), title);
  }

  private Curve curve() {
    return folder.names().contains(RunRecord.METRICS)
        ? Curve.of(record.readMetrics())
        : new Curve(List.of());
  }
}
