package io.dimat.spark;

import io.dimat.protocol.DivergedException;
import io.dimat.protocol.EvaluationPoint;
import io.dimat.protocol.Plan;
import io.dimat.protocol.RunPlan;
import io.dimat.shard.ImageBlock;
import io.dimat.store.ConsensusPhase;
import io.dimat.store.ManifestStore;
import io.dimat.store.PhaseManifest;
import io.dimat.store.StateRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Runs a plan on Spark: every superstep is one job with one task per agent, zipped with the agent's
 * shard, and every committed phase is one manifest. A phase whose manifest is there already is not
 * run again, so resuming is running.
 *
 * <p>The driver sees orders, manifests and metrics; models go from file to task to file.
 */
public final class SparkEngine {
  private static final Logger LOG = LoggerFactory.getLogger(SparkEngine.class);

  private final JavaSparkContext spark;
  private final ManifestStore manifests;
  private final String fingerprint;
  private final TaskSetup setup;
  private final Broadcast<TaskSetup> shared;
  private final JavaRDD<ImageBlock> shards;

  /**
   * An engine for one run.
   *
   * @param fingerprint manifests with another one are not ours
   */
  public SparkEngine(
      JavaSparkContext spark,
      ManifestStore manifests,
      String fingerprint,
      TaskSetup setup,
      AgentShards shards) {
    this.spark = spark;
    this.manifests = manifests;
    this.fingerprint = fingerprint;
    this.setup = setup;
    this.shared = spark.broadcast(setup);
    this.shards = shards.blocks();
  }

  /** Sees every committed phase in order, also those that an earlier run committed. */
  public interface Listener {
    /** The first phase of a round is looked for, then run if it is not committed. */
    void roundBegins(int round);

    /**
     * A phase is committed.
     *
     * @param resumed true if an earlier run had committed it
     */
    void committed(PhaseManifest phase, boolean resumed);

    /** All phases of a round are committed. */
    void roundDone(int round);
  }

  /**
   * Runs all phases that are not committed yet. If that fails, the failure is told once no task of
   * it writes to the folder any more; tasks that take longer than half a minute are not waited for.
   *
   * @return the last committed phase that holds every agent's state
   * @throws DivergedException if a loss is not finite; the phase before it stays committed
   */
  public PhaseManifest run(Listener listener) {
    RunPlan plan = setup.plan();
    PhaseManifest last = null;
    for (int r = 0; r <= plan.rounds(); r++) {
      int round = r;
      listener.roundBegins(round);
      for (Plan.Segment segment : plan.segments(round)) {
        PhaseManifest previous = last;
        last = commit(round, segment.last().name(), listener, () -> run(round, segment, previous));
      }
      if (plan.schedule().measuresConsensus(round)) {
        PhaseManifest states = last;
        commit(round, ConsensusPhase.NAME, listener, () -> measure(round, states));
      } else {
        committed(round, ConsensusPhase.NAME)
            .ifPresent(earlier -> listener.committed(earlier, true));
      }
      listener.roundDone(round);
    }
    return last;
  }

  private PhaseManifest commit(
      int round, String phase, Listener listener, Supplier<PhaseManifest> work) {
    Optional<PhaseManifest> earlier = committed(round, phase);
    if (earlier.isEmpty()) {
      spark.setJobDescription("round %d/%d: %s".formatted(round, setup.plan().rounds(), phase));
      manifests.commit(work.get());
    }
    PhaseManifest manifest = earlier.or(() -> manifests.read(round, phase)).orElseThrow();
    listener.committed(manifest, earlier.isPresent());
    return manifest;
  }

  private Optional<PhaseManifest> committed(int round, String phase) {
    return manifests.read(round, phase).filter(m -> m.fingerprint().equals(fingerprint));
  }

  private PhaseManifest run(int round, Plan.Segment segment, PhaseManifest previous) {
    SegmentRun run =
        new SegmentRun(
            shared, setup.states(), round, previous == null ? List.of() : previous.agents());
    List<TaskOutcome> outcomes = run.take(segment, this::job);
    return manifest(round, segment.last().name(), segment.last().point(), outcomes);
  }

  private List<TaskOutcome> job(List<Order> orders, PhaseTask task) {
    return WatchedJob.collect(spark.parallelize(orders, orders.size()).zipPartitions(shards, task));
  }

  private PhaseManifest measure(int round, PhaseManifest committed) {
    List<StateRef> states = new ArrayList<>();
    committed.agents().forEach(entry -> states.add(entry.state()));
    List<TaskOutcome> outcomes =
        WatchedJob.collect(
            shards.mapPartitionsWithIndex(new ConsensusTask(shared, round, states), true));
    return manifest(round, ConsensusPhase.NAME, EvaluationPoint.MERGED, outcomes);
  }

  private PhaseManifest manifest(
      int round, String phase, EvaluationPoint point, List<TaskOutcome> outcomes) {
    SortedSet<String> backends = new TreeSet<>();
    outcomes.forEach(o -> backends.add(o.backend()));
    if (backends.size() > 1) {
      LOG.warn("executors differ {}: results repeat statistically, not bit for bit", backends);
    }
    return new PhaseManifest(
        PhaseManifest.FORMAT,
        fingerprint,
        round,
        phase,
        point.name().toLowerCase(Locale.ROOT),
        String.join(" + ", backends),
        outcomes.stream().map(TaskOutcome::entry).toList());
  }
}
