package io.dimat.spark;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Named.named;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import io.dimat.algorithm.Algorithms;
import io.dimat.algorithm.EveryAlgorithm;
import io.dimat.algorithm.MethodSettings;
import io.dimat.algorithm.heterogeneity.RelayFill;
import io.dimat.algorithm.merging.MergeReach;
import io.dimat.algorithm.merging.ProbeReach;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.compress.Blocks;
import io.dimat.compress.Compressors;
import io.dimat.compress.Scaling;
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.graph.Mixings;
import io.dimat.graph.TopologyOptions;
import io.dimat.learn.Learner;
import io.dimat.learn.LearnerFactory;
import io.dimat.learn.OptimizerSpec;
import io.dimat.merge.Operators;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.DivergedException;
import io.dimat.protocol.Metric;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.StateCodec;
import io.dimat.store.ManifestStore;
import io.dimat.store.PhaseManifest;
import io.dimat.store.StateStore;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Proxy;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.TaskContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Named;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class SparkEngineTest {
  @TempDir static Path shared;
  private static SmallRun small;

  @TempDir Path out;

  @BeforeAll
  static void prepare() {
    small = new SmallRun(shared);
  }

  static Stream<String> algorithms() {
    return Algorithms.names().stream();
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void run_everyAlgorithm_bitIdenticalToLocalEngine(String algorithm) {
    // Where units are mixed no momentum could be kept.
    // A round of three iterations holds every kind of exchange.
    int rounds = Algorithms.operator(algorithm).isPresent() ? 2 : 1;
    RunPlan plan =
        small.plan(
            small.network,
            algorithm,
            OptimizerSpec.adam(1e-3),
            mixesUnits(algorithm) ? OptimizerStatePolicy.RESET : OptimizerStatePolicy.KEEP,
            rounds);

    PhaseManifest last = small.run(plan, new Dl4jLearner.Factory(), out);

    assertThat(SmallRun.hashes(last)).isEqualTo(small.localHashes(plan));
  }

  static Stream<Arguments> variants() {
    return Stream.of(
        arguments("relay-sgd", "fully-connected", "metropolis-hastings", doubleTree()),
        arguments("relay-grad", "fully-connected", "metropolis-hastings", doubleTree()),
        arguments("choco-sgd", "ring", "metropolis-hastings", compressed("qsgd")),
        arguments("deep-squeeze", "ring", "metropolis-hastings", compressed("top-k")),
        arguments("comp-ngc", "ring", "metropolis-hastings", compressed("random-k")),
        arguments("comp-q-saddle", "ring", "metropolis-hastings", compressed("sign")),
        arguments("sgp", "one-peer-exponential", "own", asUsual()),
        arguments("dsgd", "ring", "matcha", asUsual()));
  }

  @ParameterizedTest
  @MethodSource("variants")
  void run_otherSettings_bitIdenticalToLocalEngine(
      String algorithm, String topology, String mixing, UnaryOperator<MethodSettings> settings) {
    RunPlan plan =
        EveryAlgorithm.plan(
            algorithm,
            small.network,
            Mixings.named(mixing, topology, SmallRun.AGENTS, TopologyOptions.seeded(9)),
            settings,
            9);

    PhaseManifest last = small.run(plan, new Dl4jLearner.Factory(), out);

    assertThat(SmallRun.hashes(last)).isEqualTo(small.localHashes(plan));
  }

  private static Named<UnaryOperator<MethodSettings>> asUsual() {
    return named("as usual", UnaryOperator.identity());
  }

  private static Named<UnaryOperator<MethodSettings>> doubleTree() {
    MethodSettings.Relay relay =
        new MethodSettings.Relay(
            MethodSettings.RelayTree.DOUBLE_BINARY, RelayFill.OWN_HALF_STEP, 0);
    return named(
        "two trees",
        s ->
            new MethodSettings(
                s.gossip(),
                relay,
                s.contrast(),
                s.compression(),
                s.control(),
                s.schedule(),
                s.timing()));
  }

  private static Named<UnaryOperator<MethodSettings>> compressed(String name) {
    MethodSettings.Compression compression =
        new MethodSettings.Compression(
            Compressors.create(
                name, new Compressors.Options(4, 0.25, new Blocks.Tensors(), Scaling.CONTRACTING)),
            0.5);
    return named(
        name,
        s ->
            new MethodSettings(
                s.gossip(),
                s.relay(),
                s.contrast(),
                compression,
                s.control(),
                s.schedule(),
                s.timing()));
  }

  @Test
  void run_statisticsOfTheNeighborhood_bitIdenticalToLocalEngine() {
    RunPlan plan =
        small.plan(
            small.network,
            "dimat",
            OptimizerSpec.adam(1e-3),
            OptimizerStatePolicy.KEEP,
            new MergeReach(ProbeReach.NEIGHBORHOOD, ProbeReach.NEIGHBORHOOD),
            2);
    List<PhaseManifest> seen = new ArrayList<>();

    PhaseManifest last = small.run(plan, new Dl4jLearner.Factory(), out, seen);

    assertThat(SmallRun.hashes(last)).isEqualTo(small.localHashes(plan));
    double sent =
        seen.stream()
            .filter(phase -> phase.round() == 1)
            .flatMap(phase -> phase.agents().stream())
            .mapToDouble(a -> a.metrics().values().getOrDefault(Metric.BYTES_SENT, 0.0))
            .sum();
    assertThat(sent)
        .isEqualTo(SmallRun.AGENTS * 2.0 * plan.program().bytesPerNeighbor(plan.network()));
  }

  private static boolean mixesUnits(String algorithm) {
    return Algorithms.operator(algorithm)
        .map(name -> Operators.create(name, Operators.Options.DEFAULTS).mixesUnits())
        .orElse(false);
  }

  @Test
  void run_extended_equalsRunInOneGo() {
    RunPlan whole = small.plan("dimat", OptimizerSpec.adam(1e-3), 2);
    List<PhaseManifest> again = new ArrayList<>();

    small.run(small.plan("dimat", OptimizerSpec.adam(1e-3), 1), new Dl4jLearner.Factory(), out);
    PhaseManifest extended = small.run(whole, new Dl4jLearner.Factory(), out, again);

    assertThat(SmallRun.hashes(extended)).isEqualTo(small.localHashes(whole));
    assertThat(again.stream().map(p -> p.round() + " " + p.phase()))
        .containsExactly(
            "0 start",
            "0 consensus",
            "1 train",
            "1 merge",
            "1 consensus",
            "2 train",
            "2 merge",
            "2 consensus");
  }

  @Test
  void run_tasksFailAndAreRetried_sameStates() {
    // A network that no other test uses: no learner of it waits in the pool.
    Network fresh =
        Zoo.create("mlp", new ZooOptions(new Shape(1, 28, 28), 10, 2, Shortcut.CONV3X3));
    RunPlan plan = small.plan(fresh, "dimat", OptimizerSpec.adam(1e-3), 1);
    List<PhaseManifest> seen = new ArrayList<>();
    FailsOnFirstAttempt.FAILURES.set(0);

    PhaseManifest last = small.run(plan, new FailsOnFirstAttempt(), out, seen);

    assertThat(FailsOnFirstAttempt.FAILURES).hasValueGreaterThanOrEqualTo(SmallRun.AGENTS);
    assertThat(seen.stream().map(PhaseManifest::phase)).startsWith("start", "consensus", "train");
    assertThat(SmallRun.hashes(last)).isEqualTo(small.localHashes(plan));
  }

  @Test
  void run_manifestCutOff_thatPhaseIsRunAgain() throws Exception {
    RunPlan plan = small.plan("dimat", OptimizerSpec.adam(1e-3), 1);
    List<String> before = SmallRun.hashes(small.run(plan, new Dl4jLearner.Factory(), out));
    Path manifest = out.resolve("rounds/1/merge/manifest.json");
    Files.writeString(manifest, Files.readString(manifest).substring(0, 300));

    List<String> after = SmallRun.hashes(small.run(plan, new Dl4jLearner.Factory(), out));

    assertThat(after).isEqualTo(before);
    assertThat(new ManifestStore(SmallRun.folder(out), () -> {}).read(1, "merge")).isPresent();
  }

  @Test
  void run_committedStateIsGone_saysWhichFile() throws Exception {
    RunPlan one = small.plan("dimat", OptimizerSpec.adam(1e-3), 1);
    PhaseManifest last = small.run(one, new Dl4jLearner.Factory(), out);
    Files.delete(out.resolve(last.agents().get(1).state().path()));

    assertThatThrownBy(
            () ->
                small.run(
                    small.plan("dimat", OptimizerSpec.adam(1e-3), 2),
                    new Dl4jLearner.Factory(),
                    out))
        .hasMessageContaining("committed state is gone")
        .hasMessageContaining("agent-1");
  }

  @Test
  void run_aTaskFailsForGood_theOthersHaveEndedWhenThatIsTold() {
    Network fresh =
        Zoo.create("mlp", new ZooOptions(new Shape(1, 28, 28), 10, 5, Shortcut.CONV3X3));
    RunPlan plan = small.plan(fresh, "dsgd", OptimizerSpec.sgd(0.1), 1);

    assertThatThrownBy(() -> small.run(plan, new OneFailsOneGoesOn(), out))
        .hasMessageContaining("agent 0 fails");

    assertThat(OneFailsOneGoesOn.ENDED.getCount()).isZero();
  }

  @Test
  void run_aTaskDiverges_deletesWhatPassedBetweenCommits() {
    Network fresh =
        Zoo.create("mlp", new ZooOptions(new Shape(1, 28, 28), 10, 7, Shortcut.CONV3X3));
    RunPlan plan = small.plan(fresh, "dsgd", OptimizerSpec.sgd(0.1), 1);
    DivergingTasks.SEEN.set(0);

    assertThatThrownBy(() -> small.run(plan, new DivergingTasks(), out))
        .matches(DivergedException::isBehind);

    assertThat(DivergingTasks.SEEN).hasValueGreaterThan(SmallRun.AGENTS);
    assertThat(out.resolve("rounds/1/passing")).doesNotExist();
  }

  @Test
  void run_driverIsInterrupted_itsTasksHaveEndedAndTheInterruptIsSeen() throws Exception {
    Network fresh =
        Zoo.create("mlp", new ZooOptions(new Shape(1, 28, 28), 10, 6, Shortcut.CONV3X3));
    RunPlan plan = small.plan(fresh, "dsgd", OptimizerSpec.sgd(0.1), 1);
    AtomicInteger unfinished = new AtomicInteger(-1);
    Thread driver =
        new Thread(
            () -> {
              try {
                small.run(plan, new SlowGradients(), out);
              } finally {
                unfinished.set(
                    Thread.currentThread().isInterrupted() ? SlowGradients.RUNNING.get() : 1000);
              }
            });
    driver.setUncaughtExceptionHandler((thread, expected) -> {});

    driver.start();
    assertThat(SlowGradients.BEGUN.await(60, TimeUnit.SECONDS)).isTrue();
    driver.interrupt();
    driver.join(60_000);

    assertThat(unfinished).hasValue(0);
  }

  @Test
  void run_hugeLearningRate_divergesAndCommitsNothingOfThatPhase() {
    RunPlan plan = small.plan("dimat", OptimizerSpec.sgd(1e30), 2);

    assertThatThrownBy(() -> small.run(plan, new Dl4jLearner.Factory(), out))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("agent 0 in round 0");
    assertThat(out.resolve("rounds/0/start/manifest.json")).doesNotExist();
  }

  @Test
  void run_ring_bytesAreDegreeTimesModel() {
    List<PhaseManifest> seen = new ArrayList<>();
    small.run(
        small.plan("dimat", OptimizerSpec.adam(1e-3), 1), new Dl4jLearner.Factory(), out, seen);

    PhaseManifest train = seen.stream().filter(p -> p.phase().equals("train")).findFirst().get();
    PhaseManifest merge = seen.stream().filter(p -> p.phase().equals("merge")).findFirst().get();

    double model = 4.0 * small.network.layout().size();
    assertThat(train.agents())
        .allMatch(e -> e.metrics().values().get(Metric.BYTES_SENT) == 2 * model);
    assertThat(merge.agents()).allMatch(e -> e.metrics().values().get(Metric.BYTES_SENT) == 0);
    assertThat(train.backend()).contains("dl4j");
  }

  @Test
  void read_committedStates_areWhatTheManifestSays() {
    PhaseManifest last =
        small.run(small.plan("wa", OptimizerSpec.sgd(0.1), 1), new Dl4jLearner.Factory(), out);
    StateStore states = new StateStore(SmallRun.folder(out), small.network.layout());

    AgentState state = states.read(last.agents().get(0).state());

    assertThat(StateStore.sha256(StateCodec.encode(state, small.network.layout())))
        .isEqualTo(last.agents().get(0).state().sha256());
  }

  @Test
  void run_gossipRounds_leaveNothingThatPassedBetweenCommits() {
    RunPlan plan = small.plan("dsgd", OptimizerSpec.sgd(0.1), 2);

    small.run(plan, new Dl4jLearner.Factory(), out);

    assertThat(out.resolve("rounds/1/measure")).isNotEmptyDirectory();
    assertThat(out.resolve("rounds/1/passing")).doesNotExist();
    assertThat(out.resolve("rounds/2/passing")).doesNotExist();
  }

  @Test
  void run_tasksFailBetweenCommits_retriesFindTheirInput() {
    Network fresh =
        Zoo.create("mlp", new ZooOptions(new Shape(1, 28, 28), 10, 3, Shortcut.CONV3X3));
    RunPlan plan = small.plan(fresh, "dsgd", OptimizerSpec.sgd(0.1), 1);
    FailingGradients.SEEN.set(0);

    PhaseManifest last = small.run(plan, new FailingGradients(0), out);

    // Three iterations, each of whose first attempts fails once it has read what passed before.
    assertThat(FailingGradients.SEEN).hasValue(2 * 3 * SmallRun.AGENTS);
    assertThat(SmallRun.hashes(last)).isEqualTo(small.localHashes(plan));
  }

  @Test
  void run_stoppedBetweenCommits_resumesFromTheLastCommitWithEqualStates() {
    Network fresh =
        Zoo.create("mlp", new ZooOptions(new Shape(1, 28, 28), 10, 4, Shortcut.CONV3X3));
    RunPlan plan = small.plan(fresh, "dsgd", OptimizerSpec.sgd(0.1), 2);
    FailingGradients.SEEN.set(0);
    int secondRoundsSecondStep = 4 * SmallRun.AGENTS;
    List<PhaseManifest> seen = new ArrayList<>();

    assertThatThrownBy(() -> small.run(plan, new FailingGradients(secondRoundsSecondStep), out))
        .hasMessageContaining("gradient fails");
    assertThat(out.resolve("rounds/2/passing")).isNotEmptyDirectory();
    assertThat(out.resolve("rounds/2/measure/manifest.json")).doesNotExist();
    PhaseManifest last = small.run(plan, new Dl4jLearner.Factory(), out, seen);

    assertThat(seen.stream().map(p -> p.round() + " " + p.phase()))
        .containsExactly(
            "0 start", "0 consensus", "1 measure", "1 consensus", "2 measure", "2 consensus");
    assertThat(SmallRun.hashes(last)).isEqualTo(small.localHashes(plan));
    assertThat(out.resolve("rounds/2/passing")).doesNotExist();
  }

  /**
   * A learning engine whose gradients fail.
   *
   * @param after how many gradients all fail; 0 for those of every task's first attempt alone
   */
  private record FailingGradients(int after) implements LearnerFactory {
    private static final long serialVersionUID = 1L;

    /** Gradients asked for in this process. */
    static final AtomicInteger SEEN = new AtomicInteger();

    @Override
    public Learner create(Network network) {
      return withGradients(network, this::failIfDue);
    }

    private void failIfDue() {
      int number = SEEN.getAndIncrement();
      if (after == 0 ? TaskContext.get().attemptNumber() == 0 : number >= after) {
        throw new IllegalStateException("gradient fails");
      }
    }
  }

  /** A learning engine whose gradients take half a second. */
  private static final class SlowGradients implements LearnerFactory {
    private static final long serialVersionUID = 1L;

    static final AtomicInteger RUNNING = new AtomicInteger();
    static final CountDownLatch BEGUN = new CountDownLatch(1);

    @Override
    public Learner create(Network network) {
      return withGradients(
          network,
          () -> {
            RUNNING.incrementAndGet();
            BEGUN.countDown();
            Thread.sleep(500);
            RUNNING.decrementAndGet();
          });
    }
  }

  /** A learning engine whose tasks diverge from the second iteration on. */
  private static final class DivergingTasks implements LearnerFactory {
    private static final long serialVersionUID = 1L;

    static final AtomicInteger SEEN = new AtomicInteger();

    @Override
    public Learner create(Network network) {
      return withGradients(
          network,
          () -> {
            if (SEEN.incrementAndGet() > SmallRun.AGENTS) {
              throw new DivergedException(1, "descend", TaskContext.getPartitionId());
            }
          });
    }
  }

  /** What happens before a gradient. */
  private interface Before {
    void run() throws InterruptedException;
  }

  private static Learner withGradients(Network network, Before before) {
    Learner real = new Dl4jLearner(network);
    return (Learner)
        Proxy.newProxyInstance(
            Learner.class.getClassLoader(),
            new Class<?>[] {Learner.class},
            (proxy, method, arguments) -> {
              if (method.getName().equals("gradient")) {
                before.run();
              }
              try {
                return method.invoke(real, arguments);
              } catch (InvocationTargetException e) {
                throw e.getCause();
              }
            });
  }

  /** A learning engine that fails at agent 0 while agent 1 goes on until that is for good. */
  private static final class OneFailsOneGoesOn implements LearnerFactory {
    private static final long serialVersionUID = 1L;
    private static final int TRIES = 4;

    static final CountDownLatch BEGUN = new CountDownLatch(1);
    static final CountDownLatch FAILED = new CountDownLatch(TRIES);
    static final CountDownLatch ENDED = new CountDownLatch(1);

    @Override
    public Learner create(Network network) {
      return withGradients(network, () -> failOrGoOn(TaskContext.getPartitionId()));
    }

    private static void failOrGoOn(int agent) throws InterruptedException {
      if (agent == 0) {
        assertThat(BEGUN.await(20, TimeUnit.SECONDS)).isTrue();
        FAILED.countDown();
        throw new IllegalStateException("agent 0 fails");
      }
      if (agent == 1) {
        BEGUN.countDown();
        assertThat(FAILED.await(20, TimeUnit.SECONDS)).isTrue();
        Thread.sleep(500); // the driver would long have told it
        ENDED.countDown();
      }
    }
  }

  /** A learning engine that dies in every task's first attempt. */
  private static final class FailsOnFirstAttempt implements LearnerFactory {
    private static final long serialVersionUID = 1L;

    /** Tasks run in this process, each on a copy of the factory. */
    static final AtomicInteger FAILURES = new AtomicInteger();

    @Override
    public Learner create(Network network) {
      if (TaskContext.get().attemptNumber() == 0) {
        FAILURES.incrementAndGet();
        throw new IllegalStateException("first attempt fails");
      }
      return new Dl4jLearner(network);
    }
  }
}
