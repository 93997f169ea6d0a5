package io.dimat.job;

import io.dimat.conf.ConfigLoader;
import io.dimat.conf.Spelling;
import io.dimat.protocol.Metric;
import io.dimat.protocol.Plan;
import io.dimat.protocol.RunPlan;
import io.dimat.store.ConsensusPhase;
import io.dimat.store.ManifestStore;
import io.dimat.store.PhaseManifest;
import io.dimat.store.RunFolder;
import io.dimat.store.StateStore;
import io.dimat.tensor.ParamVector;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The models that a run has committed: every agent's after each round, and the consensus models.
 * Reads files only; neither Spark nor the dataset is needed.
 */
final class CommittedModels {
  private static final String AGENT = "agent-";

  private final RunFolder folder;
  private final JobPlan plan;
  private final String fingerprint;
  private final ManifestStore manifests;
  private final StateStore states;

  private CommittedModels(RunFolder folder, JobPlan plan, String fingerprint) {
    this.folder = folder;
    this.plan = plan;
    this.fingerprint = fingerprint;
    this.manifests = new ManifestStore(folder, () -> {});
    this.states = new StateStore(folder, plan.run().network().layout());
  }

  /**
   * The models of a run's folder.
   *
   * @throws IllegalArgumentException if it is not the folder of a run
   */
  static CommittedModels of(RunFolder folder) {
    RunRecord record = new RunRecord(folder);
    String config = record.required(RunRecord.CONFIG);
    JobPlan plan = JobPlan.of(ConfigLoader.parse(config, folder.path(RunRecord.CONFIG)));
    return new CommittedModels(
        folder, plan, StateStore.sha256(record.required(RunRecord.FINGERPRINT)));
  }

  /**
   * The last round that is committed whole.
   *
   * @throws IllegalArgumentException if there is none
   */
  int lastRound() {
    return IntStream.iterate(plan.run().rounds(), round -> round >= 0, round -> round - 1)
        .filter(this::isWhole)
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    folder.location()
                        + " has no committed round yet: run it, the same command goes on"));
  }

  /**
   * Checks a user's choice of a round.
   *
   * @return {@code round}
   * @throws IllegalArgumentException if it is not committed
   */
  int requireCommitted(int round) {
    int last = lastRound();
    if (round < 0 || round > last) {
      throw new IllegalArgumentException(
          "round must be one of 0 to %d, which %s has committed, got %d"
              .formatted(last, folder.location(), round));
    }
    return round;
  }

  private boolean isWhole(int round) {
    boolean measured =
        !plan.run().schedule().measuresConsensus(round)
            || committed(round, ConsensusPhase.NAME).isPresent();
    return measured && committed(round, lastPhase(round)).isPresent();
  }

  private String lastPhase(int round) {
    List<Plan.Segment> segments = plan.run().segments(round);
    return segments.get(segments.size() - 1).last().name();
  }

  private Optional<PhaseManifest> committed(int round, String phase) {
    return manifests.read(round, phase).filter(m -> m.fingerprint().equals(fingerprint));
  }

  /**
   * Looks a model up; reads no state.
   *
   * @param name {@code consensus} or {@code agent-N}
   * @throws IllegalArgumentException if the round has no such model, or has it no longer; the
   *     message says which there are
   */
  PhaseManifest.Entry find(int round, String name) {
    if (name.equals(ConsensusPhase.NAME)) {
      return committed(round, ConsensusPhase.NAME)
          .orElseThrow(() -> noConsensus(round))
          .agents()
          .get(0);
    }
    PhaseManifest.Entry entry =
        committed(round, lastPhase(round)).stream()
            .flatMap(phase -> phase.agents().stream())
            .filter(agent -> name.equals(AGENT + agent.agent()))
            .findFirst()
            .orElseThrow(() -> noModel(name));
    int kept = plan.config().run().keepRounds();
    if (kept > 0 && round <= lastRound() - kept && !states.exists(entry.state())) {
      throw deleted(round);
    }
    return entry;
  }

  private IllegalArgumentException deleted(int round) {
    int last = lastRound();
    int first = Math.max(0, last - plan.config().run().keepRounds() + 1);
    return new IllegalArgumentException(
        "the agents' models of round %d in %s are deleted, run.keep-rounds = %d: take the consensus model, or a --round from %d to %d"
            .formatted(round, folder.location(), plan.config().run().keepRounds(), first, last));
  }

  private IllegalArgumentException noModel(String name) {
    RunPlan run = plan.run();
    return new IllegalArgumentException(
        "there is no model %s in %s; choose consensus or one of %s0 to %s%d"
            .formatted(name, folder.location(), AGENT, AGENT, run.agents() - 1));
  }

  private IllegalArgumentException noConsensus(int round) {
    String others =
        IntStream.rangeClosed(0, plan.run().rounds())
            .filter(r -> committed(r, ConsensusPhase.NAME).isPresent())
            .mapToObj(Integer::toString)
            .collect(Collectors.joining(", "));
    return new IllegalArgumentException(
        "round %d of %s has no consensus model, evaluate.consensus-every left it out; take an agent, or a --round that has one: %s"
            .formatted(round, folder.location(), others.isEmpty() ? "none" : others));
  }

  /**
   * Reads a model.
   *
   * @throws io.dimat.store.StorageException if its state is gone or was changed
   */
  NamedModel read(int round, String name) {
    PhaseManifest.Entry entry = find(round, name);
    ParamVector parameters = states.read(entry.state()).model();
    SortedMap<String, String> metadata = new TreeMap<>(plan.provenance());
    metadata.put("rounds", Integer.toString(round));
    String story = "%s after round %d, %s".formatted(name, round, accuracy(entry));
    return new NamedModel(name, story, plan.run().network(), parameters, metadata);
  }

  private String accuracy(PhaseManifest.Entry entry) {
    boolean consensus = entry.agent() == ConsensusPhase.AGENT;
    String metric = consensus ? Metric.CONSENSUS_ACCURACY : Metric.TEST_ACCURACY;
    Double accuracy = entry.metrics().values().get(metric);
    return accuracy == null
        ? "accuracy not measured"
        : String.format(
            Locale.ROOT,
            "accuracy %.1f %% on %s images",
            100 * accuracy,
            Spelling.of(plan.config().evaluate().on()));
  }
}
