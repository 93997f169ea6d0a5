package io.dimat.job;

import io.dimat.central.AveragingEngine;
import io.dimat.central.ParameterAveraging;
import io.dimat.cli.JobOptions;
import io.dimat.cli.RunFailedException;
import io.dimat.conf.ConfigException;
import io.dimat.conf.EvaluateConfig;
import io.dimat.conf.RunConfig;
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.feed.BlockImages;
import io.dimat.metrics.RunDescription;
import io.dimat.network.Network;
import io.dimat.report.TerminalSummary;
import io.dimat.shard.ImageBlock;
import io.dimat.shard.Shards;
import io.dimat.spark.AgentShards;
import io.dimat.spark.ModelExport;
import io.dimat.spark.ModelWriter;
import io.dimat.spark.SharedImages;
import io.dimat.spark.SparkEngine;
import io.dimat.spark.SparkScores;
import io.dimat.spark.TaskSetup;
import io.dimat.spark.TaskTicks;
import io.dimat.store.Lease;
import io.dimat.store.ManifestStore;
import io.dimat.store.NewFolders;
import io.dimat.store.PhaseManifest;
import io.dimat.store.RunFolder;
import io.dimat.store.RunResult;
import io.dimat.store.StateRef;
import io.dimat.store.StateStore;
import java.time.Clock;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The main job: shards, then rounds of training and merging, then models and report. Goes on from
 * whatever is committed in the output folder.
 */
final class TrainJob {
  /** As many take longer to write than a reader of a log waits without a word. */
  private static final int MANY_MODELS = 32;

  private final JobPlan plan;
  private final JobOptions options;
  private final Session session;
  private final RunFolder folder;
  private final RunShards place;
  private final RunRecord record;

  /**
   * @param folder of the run
   * @param place of its shards, in the folder or shared with other runs
   */
  TrainJob(JobPlan plan, JobOptions options, Session session, RunFolder folder, RunShards place) {
    this.plan = plan;
    this.options = options;
    this.session = session;
    this.folder = folder;
    this.place = place;
    this.record = new RunRecord(folder);
  }

  /** Runs or resumes the job that {@code config} describes. */
  static void run(RunConfig config, JobOptions options) {
    JobPlan plan = JobPlan.of(config);
    options
        .out()
        .printf(
            "%s on %s: %d agents, %s, %s; starting Spark%n",
            config.algorithm(),
            config.data().source(),
            config.agents(),
            config.topology().name(),
            plan.run().network());
    Describe.notes(plan).forEach(note -> options.out().println("note: " + note));
    Cautions.of(plan).forEach(note -> options.out().println("note: " + note));
    try (Session session = Session.open("dimat " + config.algorithm(), options.master())) {
      RunFolder folder = session.folder(config.run().out());
      new TrainJob(plan, options, session, folder, RunShards.of(folder)).run();
    }
  }

  /** Runs, resumes, or says that there is nothing to do. */
  void run() {
    OutputFolder output = new OutputFolder(folder, plan.config());
    boolean resumes = output.holdsThisRun();
    if (resumes) {
      requireNoFurtherRound();
    }
    if (resumes && record.isDone(plan.config().rounds())) {
      options
          .out()
          .printf(
              "%s holds this run, complete with %d rounds: nothing to do. Raise rounds to extend it.%n",
              folder.location(), plan.config().rounds());
      return;
    }
    NewFolders created = NewFolders.before(folder);
    try (Lease lease = Lease.claim(folder, Clock.systemUTC())) {
      Shards shards = place.openOrMake(plan, session);
      String fingerprint = output.mark(shards);
      folder.delete(RunResult.FILE);
      train(shards, fingerprint, lease);
    } finally {
      created.deleteEmpty();
    }
  }

  /** Fewer rounds than are committed would put models and report back to an earlier round. */
  private void requireNoFurtherRound() {
    int next = plan.run().rounds() + 1;
    String phase = plan.run().segments(next).get(0).last().name();
    if (new ManifestStore(folder, () -> {}).read(next, phase).isPresent()) {
      throw new ConfigException(
          List.of(
              "%s holds more rounds of this run than rounds = %d: raise rounds, or choose another --out"
                  .formatted(folder.location(), plan.run().rounds())));
    }
  }

  private void train(Shards shards, String fingerprint, Lease lease) {
    ImageBlock evaluation = evaluationImages(shards);
    options
        .out()
        .println(Describe.images(shards, evaluation.size(), plan.config().evaluate().on()));
    Progress progress = new Progress(plan, record, Describe.run(plan, shards, ""), options);
    StateStore states = new StateStore(folder, plan.run().network().layout());
    SparkEngine.Listener kept =
        KeptRounds.deleting(plan.config().run().keepRounds(), states, progress);
    TaskTicks ticks = TaskTicks.listen(session.context(), progress::tick);
    try (progress;
        AgentShards images = AgentShards.open(shards, session.sql(), plan.featureSkew())) {
      PhaseManifest last =
          plan.averagesOnDriver()
              ? average(images, evaluation, fingerprint, lease, kept)
              : decentralized(images, evaluation, fingerprint, lease, kept);
      writeModels(last, progress.consensus());
      finish(progress);
    } catch (Exception e) { // Spark throws checked exceptions that its Java signatures hide
      throw failed(e, progress);
    } finally {
      ticks.close();
    }
  }

  private PhaseManifest decentralized(
      AgentShards images,
      ImageBlock evaluation,
      String fingerprint,
      Lease lease,
      SparkEngine.Listener progress) {
    TaskSetup setup =
        new TaskSetup(
            plan.run(),
            new StateStore(folder, plan.run().network().layout()),
            new Dl4jLearner.Factory(),
            SharedImages.of(session.context(), evaluation, union(images)),
            plan.feed(),
            lease.id());
    return new SparkEngine(
            session.context(),
            new ManifestStore(folder, lease::requireHeld),
            fingerprint,
            setup,
            images)
        .run(progress);
  }

  private PhaseManifest average(
      AgentShards images,
      ImageBlock evaluation,
      String fingerprint,
      Lease lease,
      SparkEngine.Listener progress) {
    Network network = plan.run().network();
    BlockImages measured =
        new BlockImages(evaluation, plan.feed().normalization(), plan.config().seed());
    try (SparkScores scores =
        new SparkScores(session.context(), network, new Dl4jLearner.Factory(), measured)) {
      return new AveragingEngine(
              new AveragingEngine.Setup(
                  plan.run(),
                  new StateStore(folder, network.layout()),
                  new ManifestStore(folder, lease::requireHeld),
                  fingerprint,
                  lease.id()),
              plan.config().pretrainEpochs(),
              plan.config().train().work(),
              new ParameterAveraging(
                  session.context(), images.blocks(), network, plan.feed(), plan.averaging()),
              scores)
          .run(progress);
    }
  }

  private ImageBlock evaluationImages(Shards shards) {
    EvaluateConfig evaluate = plan.config().evaluate();
    ImageBlock all =
        evaluate.on() == EvaluateConfig.On.VALIDATION
            ? shards.validation().orElseThrow()
            : shards.test();
    return evaluate.images() == 0 || evaluate.images() >= all.size()
        ? all
        : all.sample(evaluate.images(), plan.config().seed());
  }

  private Optional<ImageBlock> union(AgentShards images) {
    return plan.unionProbe() ? Optional.of(images.unionProbe(plan.feed())) : Optional.empty();
  }

  private void writeModels(PhaseManifest last, Optional<StateRef> consensus) {
    SortedMap<String, StateRef> models = new TreeMap<>();
    last.agents().forEach(entry -> models.put("agent-" + entry.agent(), entry.state()));
    consensus.ifPresent(state -> models.put("consensus", state));
    SortedMap<String, ModelWriter> writers = new TreeMap<>();
    if (models.size() > MANY_MODELS) {
      options.out().printf("writing %d models%n", models.size());
    }
    TreeMap<String, String> metadata = new TreeMap<>(plan.provenance());
    for (ModelFormat format : List.of(ModelFormat.SAFETENSORS, ModelFormat.ZIP)) {
      writers.put(
          format.extension(), (network, model, out) -> format.write(network, model, metadata, out));
    }
    new ModelExport(folder, plan.run().network(), writers).write(session.context(), models);
  }

  private void finish(Progress progress) {
    RunDescription description = progress.finish("done");
    record.writeResult(
        new RunResult(RunResult.DONE, "", progress.lastRound(), progress.headline()));
    options
        .out()
        .println(TerminalSummary.of(description, progress.rows(), folder.path(RunRecord.REPORT)));
  }

  private RunFailedException failed(Exception failure, Progress progress) {
    boolean stopped = session.isStopped();
    String status = stopped ? RunResult.INTERRUPTED : RunResult.FAILED;
    String reason =
        stopped ? "interrupted; the same command goes on from there" : Failures.reason(failure);
    int last = progress.lastRound();
    String state =
        last < 0
            ? "nothing is committed yet"
            : "rounds up to %d are committed in %s".formatted(last, folder.location());
    RunFailedException told = new RunFailedException(reason + "; " + state, failure);
    try {
      record.writeResult(new RunResult(status, reason, last, progress.headline()));
      if (last >= 0) {
        progress.finish(stopped ? status : status + ": " + reason);
      }
    } catch (RuntimeException e) {
      told.addSuppressed(e); // a broken store is often why the run failed: the first reason is told
    }
    return told;
  }
}
