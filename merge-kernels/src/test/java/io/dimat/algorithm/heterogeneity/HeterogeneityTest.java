package io.dimat.algorithm.heterogeneity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.Graphs;
import io.dimat.algorithm.LeastSquares;
import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.gossip.DecentralizedSgd;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.GossipStatistics;
import io.dimat.algorithm.part.InitPolicy;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.algorithm.part.LocalTraining;
import io.dimat.algorithm.part.LocalWork;
import io.dimat.algorithm.part.Momentum;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.GradientOracle;
import io.dimat.learn.OptimizerSpec;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Network;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.EvaluationSchedule;
import io.dimat.protocol.LocalEngine;
import io.dimat.protocol.Metric;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.Seeds;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What all methods for heterogeneous shards promise, on random problems and on real networks. */
class HeterogeneityTest {
  private static final int AGENTS = 8;
  private static final RelayTrees CHAIN = RelayTrees.of(Topology.chain(AGENTS));
  private static final RelayTrees SHORT_CHAIN = RelayTrees.of(Topology.chain(3));
  private static final Momentum NESTEROV = new Momentum(.9, Momentum.Style.NESTEROV);

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void exactMethods_randomLeastSquares_restAtTheOptimum(long seed) {
    LeastSquares problem = new LeastSquares(AGENTS, 1, seed);
    IterativeTraining training = training(problem);

    assertThat(problem.heterogeneity()).isCloseTo(1, within(1e-12));
    assertThat(error(problem, new D2("d2", training, Momentum.NONE))).isLessThan(1e-9);
    assertThat(error(problem, new GradientTracking("dsgt", training))).isLessThan(1e-9);
    assertThat(error(problem, new MomentumTracking("mt", training, .5))).isLessThan(1e-9);
    assertThat(error(problem, relay(training, CHAIN))).isLessThan(1e-9);
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3})
  void dsgd_randomLeastSquares_errorGrowsWithHeterogeneity(long seed) {
    double least = dsgdError(0, seed);
    double small = dsgdError(.5, seed);
    double large = dsgdError(1, seed);

    assertThat(least).isLessThan(1e-9);
    assertThat(small).isGreaterThan(1e-3);
    assertThat(large).isCloseTo(2 * small, within(1e-6));
  }

  private static double dsgdError(double zeta, long seed) {
    LeastSquares problem = new LeastSquares(AGENTS, zeta, seed);
    return error(
        problem, new DecentralizedSgd("dsgd", training(problem), CombineOrder.ADAPT_THEN_COMBINE));
  }

  private static IterativeTraining training(GradientOracle oracle) {
    return Quadratics.training(LearningRate.constant(.2), oracle, 1500);
  }

  private static double error(LeastSquares problem, AgentProgram program) {
    Quadratics shell =
        new Quadratics(new double[AGENTS], new double[AGENTS], LeastSquares.DIMENSIONS);
    return shell.run(program, Graphs.lazyRing(), 1).values().stream()
        .mapToDouble(state -> problem.error(state.model()))
        .max()
        .orElseThrow();
  }

  static Stream<AgentProgram> programs() {
    return Stream.of(GossipStatistics.values()).flatMap(HeterogeneityTest::programs);
  }

  static Stream<AgentProgram> withAveragedStatistics() {
    return programs(GossipStatistics.AVERAGE);
  }

  private static Stream<AgentProgram> programs(GossipStatistics statistics) {
    IterativeTraining training = ofNetworks(statistics);
    return Stream.of(
        new QuasiGlobalMomentum("qg", training, NESTEROV, .9),
        new DecentLaM("decentlam", training, NESTEROV),
        new D2("d2", training, NESTEROV),
        new GradientTracking("dsgt", training),
        new MomentumTracking("mt", training, .9),
        relay(training, SHORT_CHAIN),
        new RelaySgd(
            "relay", training, NESTEROV, RelayFill.COMMON_START, new RelayMail(SHORT_CHAIN, .3)),
        new RelayGrad("relay-grad", training, NESTEROV, new RelayMail(SHORT_CHAIN, 0)));
  }

  private static RelaySgd relay(IterativeTraining training, RelayTrees trees) {
    return new RelaySgd(
        "relay", training, Momentum.NONE, RelayFill.OWN_HALF_STEP, new RelayMail(trees, 0));
  }

  private static IterativeTraining ofNetworks(GossipStatistics statistics) {
    LocalTraining local =
        new LocalTraining(
            InitPolicy.COMMON,
            0,
            new LocalWork.Steps(3),
            8,
            OptimizerSpec.sgd(.05),
            OptimizerStatePolicy.RESET);
    return new IterativeTraining(
        local, 3, LearningRate.constant(.02), 1e-4, GradientOracle.PLAIN, statistics);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void run_realNetwork_isFiniteAndTheSameTwiceAndKeepsNothingTransient(AgentProgram program) {
    SortedMap<Integer, AgentState> states = run(program, 2, new TreeMap<>());

    assertThat(run(program, 2, new TreeMap<>())).isEqualTo(states);
    for (AgentState state : states.values()) {
      assertThat(state.vectors().values()).allMatch(vector -> vector.isFinite());
      assertThat(state.vectors())
          .doesNotContainKeys("sent", "own", "half", "step", "gradient", "tracker", "statistics");
    }
    assertThat(states.get(0).model().trainable())
        .isNotEqualTo(run(program, 1, new TreeMap<>()).get(0).model().trainable());
  }

  @ParameterizedTest
  @MethodSource("withAveragedStatistics")
  void run_realNetworkStatisticsAveraged_bytesAreAsAnnounced(AgentProgram program) {
    TreeMap<Integer, Double> bytes = new TreeMap<>();

    SortedMap<Integer, AgentState> states = run(program, 2, bytes);

    boolean relays = program instanceof RelaySgd || program instanceof RelayGrad;
    long announced = program.bytesPerNeighbor(states.get(0).model().layout());
    assertThat(bytes.get(1)).isEqualTo(2.0 * announced);
    assertThat(bytes.get(0)).isEqualTo((relays ? 1.0 : 2.0) * announced);
  }

  /** On a ring of three, common initial models, single precision, batch norm. */
  private static SortedMap<Integer, AgentState> run(
      AgentProgram program, int rounds, SortedMap<Integer, Double> bytes) {
    Network network = SmallNetworks.residual();
    SyntheticImages world = new SyntheticImages(network.inputShape(), network.classes(), 0.7, 5);
    RunPlan plan =
        new RunPlan(
            program,
            network,
            MixingMatrix.metropolisHastings(Topology.ring(3)),
            new Seeds(42),
            rounds,
            new EvaluationSchedule(1, 1, rounds));
    return new LocalEngine(new ReferenceLearner(network), agent -> world.shard(agent, 24))
        .run(
            plan,
            (round, phase, states, metrics) ->
                metrics.forEach(
                    (agent, values) ->
                        bytes.put(agent, values.values().getOrDefault(Metric.BYTES_SENT, 0.0))));
  }
}
