package io.dimat.algorithm.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.algorithm.Algorithms;
import io.dimat.algorithm.EveryAlgorithm;
import io.dimat.algorithm.MethodOptions;
import io.dimat.algorithm.MethodSettings;
import io.dimat.algorithm.part.InitPolicy;
import io.dimat.algorithm.part.LocalTraining;
import io.dimat.algorithm.part.LocalWork;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.graph.Edge;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.OptimizerSpec;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.merge.Finish;
import io.dimat.merge.Operators;
import io.dimat.network.Network;
import io.dimat.protocol.AgentMetrics;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.DivergedException;
import io.dimat.protocol.EvaluationSchedule;
import io.dimat.protocol.LocalEngine;
import io.dimat.protocol.Metric;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.Seeds;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class TrainThenMergeTest {
  private static final LocalEngine.Observer SILENT = (round, phase, states, metrics) -> {};

  private final Network network = SmallNetworks.residual();
  private final SyntheticImages world =
      new SyntheticImages(network.inputShape(), network.classes(), 0.7, 5);

  @Test
  void run_sameSeed_sameStatesTwice() {
    RunPlan plan = plan("dimat", OptimizerSpec.adam(1e-3), OptimizerStatePolicy.RESET, 2);

    assertThat(engine().run(plan, SILENT)).isEqualTo(engine().run(plan, SILENT));
  }

  @Test
  void run_phasesInOrder_andMetricsOfBothPoints() {
    List<String> seen = new ArrayList<>();
    SortedMap<String, AgentMetrics> ofAgent1 = new TreeMap<>();

    engine()
        .run(
            plan("dimat", OptimizerSpec.adam(1e-3), OptimizerStatePolicy.RESET, 1),
            (round, phase, states, metrics) -> {
              seen.add(round + " " + phase);
              ofAgent1.put(phase, metrics.get(1));
            });

    assertThat(seen).containsExactly("0 start", "1 train", "1 merge");
    assertThat(ofAgent1.get("train").values())
        .containsKeys(Metric.TEST_ACCURACY, Metric.TRAIN_LOSS, Metric.IMAGES_TRAINED)
        .doesNotContainKey(Metric.MATCH_CORRELATION);
    assertThat(ofAgent1.get("merge").values())
        .containsKeys(Metric.TEST_ACCURACY, Metric.MATCH_CORRELATION, Metric.SECONDS_ALIGN);
    assertThat(ofAgent1.get("merge").groups()).isNotEmpty();
  }

  @Test
  void run_none_agentsAreAsIfAloneInTheWorld() {
    SortedMap<Integer, AgentState> alone =
        engine().run(plan("none", OptimizerSpec.sgd(0.05), OptimizerStatePolicy.RESET, 2), SILENT);
    SortedMap<Integer, AgentState> merged =
        engine().run(plan("wa", OptimizerSpec.sgd(0.05), OptimizerStatePolicy.RESET, 2), SILENT);

    assertThat(alone.get(0).model()).isNotEqualTo(merged.get(0).model());
    assertThat(alone.get(0).model().squaredDistance(alone.get(1).model()))
        .isGreaterThan(merged.get(0).model().squaredDistance(merged.get(1).model()));
  }

  @Test
  void run_keepOptimizerState_carriesMomentaAndSteps() {
    SortedMap<Integer, AgentState> kept =
        engine().run(plan("dimat", OptimizerSpec.adam(1e-3), OptimizerStatePolicy.KEEP, 2), SILENT);
    SortedMap<Integer, AgentState> reset =
        engine()
            .run(plan("dimat", OptimizerSpec.adam(1e-3), OptimizerStatePolicy.RESET, 2), SILENT);

    assertThat(kept.get(0).vectors())
        .containsKeys("model", "optimizer.first-moment", "optimizer.second-moment");
    assertThat(kept.get(0).scalar("optimizer.steps", 0)).isEqualTo(3 * 3.0);
    assertThat(reset.get(0).vectors()).containsOnlyKeys("model");
  }

  @Test
  void run_hugeLearningRate_stopsWithAgentAndRound() {
    RunPlan plan = plan("dimat", OptimizerSpec.sgd(1e30), OptimizerStatePolicy.RESET, 3);

    assertThatThrownBy(() -> engine().run(plan, SILENT))
        .isInstanceOf(DivergedException.class)
        .hasMessageContaining("agent 0 in round 0, phase start")
        .hasMessageContaining("train.learning-rate");
  }

  @Test
  void run_perAgentInit_differsAndCommonDoesNot() {
    SortedMap<Integer, AgentState> own = start(InitPolicy.PER_AGENT);
    SortedMap<Integer, AgentState> common = start(InitPolicy.COMMON);

    assertThat(own.get(0)).isNotEqualTo(own.get(1));
    assertThat(common.get(0)).isEqualTo(common.get(1));
  }

  @Test
  void plan_serialized_isEqualAndRunsTheSame() throws Exception {
    RunPlan plan = plan("dimat", OptimizerSpec.adam(1e-3), OptimizerStatePolicy.RESET, 1);

    RunPlan copy = roundTrip(plan);

    assertThat(engine().run(copy, SILENT)).isEqualTo(engine().run(plan, SILENT));
  }

  @ParameterizedTest
  @MethodSource("aroundAgent0")
  void plan_agent0AsReferenceBesideEverybody_runs(Topology topology) {
    SortedMap<Integer, AgentState> merged = engine().run(agent0Plan(topology), SILENT);

    assertThat(merged).hasSize(topology.agents());
  }

  static Stream<Topology> aroundAgent0() {
    return Stream.of(
        Topology.star(4),
        Topology.fullyConnected(3),
        Topology.ring(3),
        Topology.ofEdges(3, List.of(new Edge(0, 1), new Edge(0, 2))));
  }

  @Test
  void plan_agent0AsReferenceFarFromSomebody_isRefusedByName() {
    assertThatThrownBy(() -> agent0Plan(Topology.ring(5)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "merge.reference = agent-0 needs every agent to be a neighbour of agent 0,"
                + " got w[2][0] = 0 on ring of 5 agents, 5 edges:"
                + " use merge.reference = self, or topology.name = star or fully-connected");
  }

  private RunPlan agent0Plan(Topology topology) {
    LocalTraining training =
        new LocalTraining(
            InitPolicy.PER_AGENT,
            0,
            new LocalWork.Epochs(1),
            8,
            OptimizerSpec.sgd(0.05),
            OptimizerStatePolicy.RESET);
    MethodOptions options =
        new MethodOptions(
            training,
            Operators.Options.DEFAULTS,
            Finish.RECALIBRATE,
            ReferenceBasis.AGENT_0,
            MergeReach.OWN,
            Optional.empty(),
            MethodSettings.DEFAULTS,
            topology);
    return new RunPlan(
        Algorithms.create("dimat", options),
        network,
        MixingMatrix.metropolisHastings(topology),
        new Seeds(42),
        1,
        new EvaluationSchedule(1, 1, 1));
  }

  static Stream<String> algorithms() {
    return Algorithms.names().stream();
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void run_everyAlgorithm_isFiniteAndTheSameTwice(String algorithm) {
    RunPlan plan = plan(algorithm, OptimizerSpec.adam(1e-3), OptimizerStatePolicy.RESET, 2);

    SortedMap<Integer, AgentState> states = engine().run(plan, SILENT);

    assertThat(states.values()).allMatch(state -> state.model().isFinite());
    assertThat(engine().run(plan, SILENT)).isEqualTo(states);
  }

  @ParameterizedTest
  @MethodSource("algorithms")
  void plan_keptOptimizerState_isRefusedWhereUnitsAreMixed(String algorithm) {
    boolean mixes =
        Algorithms.operator(algorithm)
            .map(name -> Operators.create(name, Operators.Options.DEFAULTS).mixesUnits())
            .orElse(false);

    ThrowingCallable planned =
        () -> plan(algorithm, OptimizerSpec.adam(1e-3), OptimizerStatePolicy.KEEP, 1);

    if (mixes) {
      assertThatThrownBy(planned)
          .hasMessageContaining(algorithm + " mixes them; choose merge.optimizer-state = reset");
    } else {
      assertThatCode(planned).doesNotThrowAnyException();
    }
  }

  @Test
  void plan_zipUntilAnUnknownGroup_isRefusedWithThoseThatFit() {
    Operators.Options defaults = Operators.Options.DEFAULTS;
    Operators.Options until =
        new Operators.Options(
            defaults.folding(),
            defaults.observation(),
            defaults.search(),
            defaults.regularisation(),
            new Operators.Options.Zipping(defaults.zipping().rules(), "conv1"));
    LocalTraining training =
        new LocalTraining(
            InitPolicy.PER_AGENT,
            0,
            new LocalWork.Epochs(1),
            8,
            OptimizerSpec.sgd(0.05),
            OptimizerStatePolicy.RESET);
    Topology ring = Topology.ring(3);

    assertThatThrownBy(
            () ->
                new RunPlan(
                    Algorithms.create(
                        "zipit",
                        new MethodOptions(
                            training,
                            until,
                            Finish.RECALIBRATE,
                            ReferenceBasis.SELF,
                            MergeReach.OWN,
                            Optional.empty(),
                            MethodSettings.DEFAULTS,
                            ring)),
                    network,
                    MixingMatrix.metropolisHastings(ring),
                    new Seeds(42),
                    1,
                    new EvaluationSchedule(1, 1, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "zipping must end with a group that no other goes on beside, of network residual one of [stem], got conv1");
  }

  @Test
  void create_unknownName_listsTheKnownOnes() {
    assertThatThrownBy(() -> Algorithms.create("dimta", null))
        .hasMessage("algorithm must be one of " + Algorithms.names() + ", got dimta");
  }

  private LocalEngine engine() {
    return new LocalEngine(new ReferenceLearner(network), agent -> world.shard(agent, 24));
  }

  private SortedMap<Integer, AgentState> start(InitPolicy init) {
    LocalTraining untrained =
        new LocalTraining(
            init,
            0,
            new LocalWork.Epochs(1),
            8,
            OptimizerSpec.sgd(0.1),
            OptimizerStatePolicy.RESET);
    return engine().run(plan("none", untrained, 0), SILENT);
  }

  private RunPlan plan(
      String algorithm, OptimizerSpec optimizer, OptimizerStatePolicy policy, int rounds) {
    return EveryAlgorithm.plan(algorithm, network, 3, optimizer, policy, 42, rounds);
  }

  private RunPlan plan(String algorithm, LocalTraining training, int rounds) {
    return EveryAlgorithm.plan(
        algorithm,
        network,
        training,
        MixingMatrix.metropolisHastings(Topology.ring(3)),
        MergeReach.OWN,
        42,
        rounds);
  }

  @SuppressWarnings("unchecked")
  private static <T> T roundTrip(T value) throws IOException, ClassNotFoundException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(value);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      return (T) in.readObject();
    }
  }
}
