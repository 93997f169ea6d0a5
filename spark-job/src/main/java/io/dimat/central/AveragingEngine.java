package io.dimat.central;

import io.dimat.algorithm.part.LocalWork;
import io.dimat.dl4j.StockGraph;
import io.dimat.learn.Evaluation;
import io.dimat.network.Initialization;
import io.dimat.protocol.AgentMetrics;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.DivergedException;
import io.dimat.protocol.EvaluationPoint;
import io.dimat.protocol.Metric;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Purpose;
import io.dimat.protocol.Recorder;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.Seeds;
import io.dimat.spark.SparkEngine;
import io.dimat.spark.SparkScores;
import io.dimat.store.ConsensusPhase;
import io.dimat.store.ManifestStore;
import io.dimat.store.PhaseManifest;
import io.dimat.store.StateRef;
import io.dimat.store.StateStore;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Runs a plan of {@link io.dimat.algorithm.DriverAveraging}: what {@link SparkEngine} is to agent
 * programs, with the same manifests, so that resuming, metrics, export and report are the same.
 * After a round all agents have one model, in one file that every agent's entry refers to.
 */
public final class AveragingEngine {
  private final Setup setup;
  private final int pretrainEpochs;
  private final LocalWork work;
  private final ParameterAveraging averaging;
  private final SparkScores scores;

  /**
   * One run and where it is kept.
   *
   * @param fingerprint manifests with another one are not ours
   * @param leaseId of the driver's lease: tells this driver's files from an earlier one's
   */
  public record Setup(
      RunPlan plan,
      StateStore states,
      ManifestStore manifests,
      String fingerprint,
      String leaseId) {}

  /**
   * An engine for one run.
   *
   * @param pretrainEpochs before the first round, at least 0
   * @param work of every agent in a round
   * @param scores on the evaluation images; not closed
   */
  public AveragingEngine(
      Setup setup,
      int pretrainEpochs,
      LocalWork work,
      ParameterAveraging averaging,
      SparkScores scores) {
    this.setup = setup;
    this.pretrainEpochs = pretrainEpochs;
    this.work = work;
    this.averaging = averaging;
    this.scores = scores;
  }

  /**
   * Runs all rounds that are not committed yet.
   *
   * @return the last round's manifest
   * @throws DivergedException if a parameter is not finite; the round before it stays committed
   */
  public PhaseManifest run(SparkEngine.Listener listener) {
    PhaseManifest last = null;
    for (int round = 0; round <= setup.plan().rounds(); round++) {
      listener.roundBegins(round);
      Phase phase = setup.plan().segments(round).get(0).last();
      Optional<PhaseManifest> earlier = committed(round, phase.name());
      last = earlier.isPresent() ? earlier.get() : commit(train(round, phase, last));
      listener.committed(last, earlier.isPresent());
      measure(round, last, listener);
      listener.roundDone(round);
    }
    return last;
  }

  private Optional<PhaseManifest> committed(int round, String phase) {
    return setup
        .manifests()
        .read(round, phase)
        .filter(m -> m.fingerprint().equals(setup.fingerprint()));
  }

  private PhaseManifest commit(PhaseManifest manifest) {
    setup.manifests().commit(manifest);
    return setup.manifests().read(manifest.round(), manifest.phase()).orElseThrow();
  }

  private PhaseManifest train(int round, Phase phase, PhaseManifest previous) {
    Recorder recorder = new Recorder(System::nanoTime);
    AveragedRound result =
        recorder.timed(
            Metric.SECONDS_TRAIN,
            () ->
                round == 0
                    ? averaging.round(round, pretrainEpochs, initial())
                    : work(round, model(previous)));
    if (!result.model().isFinite()) {
      throw new DivergedException(round, phase.name(), 0);
    }
    if (setup.plan().schedule().evaluatesAgents(round)) {
      evaluate(result.model(), recorder);
    }
    StateRef written =
        setup
            .states()
            .write(
                round,
                phase.name(),
                0,
                setup.leaseId() + ".driver",
                AgentState.ofModel(result.model()));
    List<PhaseManifest.Entry> entries = new ArrayList<>();
    for (int agent = 0; agent < result.shares().size(); agent++) {
      AgentMetrics metrics = share(recorder.metrics(), result, agent);
      entries.add(new PhaseManifest.Entry(agent, written, metrics, List.of()));
    }
    return manifest(round, phase.name(), phase.point(), entries);
  }

  private AveragedRound work(int round, ParamVector from) {
    return work instanceof LocalWork.Steps some
        ? averaging.steps(round, some.steps(), from)
        : averaging.round(round, ((LocalWork.Epochs) work).epochs(), from);
  }

  private ParamVector initial() {
    RunPlan plan = setup.plan();
    return Initialization.kaiming(
        plan.network(), plan.seeds().of(Seeds.SHARED, 0, Purpose.INITIALISE));
  }

  private ParamVector model(PhaseManifest committed) {
    return setup.states().read(committed.agents().get(0).state()).model();
  }

  private void evaluate(ParamVector model, Recorder recorder) {
    Evaluation evaluation =
        recorder.timed(Metric.SECONDS_EVALUATE, () -> scores.of(List.of(model)).get(0));
    recorder.put(Metric.TEST_ACCURACY, evaluation.accuracy());
    recorder.put(Metric.TEST_LOSS, evaluation.loss());
    recorder.perClassAccuracy(evaluation.perClassAccuracy());
  }

  /** Seconds are of the whole round, shared out evenly: the agents' tasks are DL4J's to run. */
  private static AgentMetrics share(AgentMetrics common, AveragedRound result, int agent) {
    AveragedRound.Share share = result.shares().get(agent);
    AgentMetrics metrics =
        common
            .with(Metric.IMAGES_TRAINED, (double) share.images())
            .with(Metric.GRADIENT_EVALUATIONS, (double) share.images())
            .with(Metric.BYTES_SENT, (double) share.bytes());
    for (String seconds : List.of(Metric.SECONDS_TRAIN, Metric.SECONDS_EVALUATE)) {
      Double all = common.values().get(seconds);
      metrics = all == null ? metrics : metrics.with(seconds, all / result.shares().size());
    }
    return metrics;
  }

  /** All agents have the consensus model: nothing is computed but an accuracy that is missing. */
  private void measure(int round, PhaseManifest states, SparkEngine.Listener listener) {
    Optional<PhaseManifest> earlier = committed(round, ConsensusPhase.NAME);
    if (earlier.isPresent() || setup.plan().schedule().measuresConsensus(round)) {
      listener.committed(
          earlier.orElseGet(() -> commit(consensus(round, states))), earlier.isPresent());
    }
  }

  private PhaseManifest consensus(int round, PhaseManifest states) {
    PhaseManifest.Entry any = states.agents().get(0);
    Double measured = any.metrics().values().get(Metric.TEST_ACCURACY);
    double accuracy =
        measured == null ? scores.of(List.of(model(states))).get(0).accuracy() : measured;
    TreeMap<String, Double> values = new TreeMap<>();
    values.put(Metric.CONSENSUS_DISTANCE, 0.0);
    values.put(Metric.CONSENSUS_ACCURACY, accuracy);
    AgentMetrics metrics = new AgentMetrics(values, List.of(), List.of());
    return manifest(
        round,
        ConsensusPhase.NAME,
        EvaluationPoint.MERGED,
        List.of(new PhaseManifest.Entry(ConsensusPhase.AGENT, any.state(), metrics, List.of())));
  }

  private PhaseManifest manifest(
      int round, String phase, EvaluationPoint point, List<PhaseManifest.Entry> entries) {
    return new PhaseManifest(
        PhaseManifest.FORMAT,
        setup.fingerprint(),
        round,
        phase,
        point.name().toLowerCase(Locale.ROOT),
        StockGraph.backend(),
        entries);
  }
}
