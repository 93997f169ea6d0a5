package io.dimat.algorithm.gossip;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.algorithm.RandomMatchings;
import io.dimat.algorithm.control.MixingStrength;
import io.dimat.algorithm.control.ScheduledGossip;
import io.dimat.algorithm.heterogeneity.QuasiGlobalAdam;
import io.dimat.algorithm.merging.DimatAmsgrad;
import io.dimat.algorithm.merging.DimatSgd;
import io.dimat.algorithm.merging.PeriodicMerge;
import io.dimat.algorithm.part.Amsgrad;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.CommunicationSchedule;
import io.dimat.algorithm.part.GossipStatistics;
import io.dimat.algorithm.part.InitPolicy;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.algorithm.part.LocalTraining;
import io.dimat.algorithm.part.LocalWork;
import io.dimat.algorithm.part.Momentum;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.graph.ConnectedDominatingSet;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.MixingSchedule;
import io.dimat.graph.Topology;
import io.dimat.learn.GradientOracle;
import io.dimat.learn.OptimizerSpec;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.merge.Finish;
import io.dimat.merge.Operators;
import io.dimat.network.Network;
import io.dimat.protocol.AgentMetrics;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.EvaluationSchedule;
import io.dimat.protocol.LocalEngine;
import io.dimat.protocol.Metric;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.Seeds;
import io.dimat.protocol.StateCodec;
import io.dimat.testing.RoundTrip;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** Every method on a small network with batch norm, in single precision, three agents. */
class GossipMethodsTest {
  private static final int STEPS = 4;
  private static final Topology CHAIN = Topology.chain(3);

  private final Network network = SmallNetworks.residual();
  private final SyntheticImages world =
      new SyntheticImages(network.inputShape(), network.classes(), 0.7, 5);

  static Stream<AgentProgram> programs() {
    IterativeTraining training = training(GossipStatistics.AVERAGE);
    Momentum nesterov = new Momentum(0.9, Momentum.Style.NESTEROV);
    Amsgrad amsgrad = new Amsgrad(0.9, 0.999, 1, 1e-8);
    PeriodicMerge matching =
        new PeriodicMerge(
            Operators.create(Operators.ACTIVATION_MATCHING, Operators.Options.DEFAULTS),
            Finish.RECALIBRATE,
            3);
    CombineOrder cta = CombineOrder.COMBINE_THEN_ADAPT;
    CombineOrder atc = CombineOrder.ADAPT_THEN_COMBINE;
    return Stream.of(
        new DecentralizedMomentumSgd("dsgdm", training, nesterov),
        new ConsensusMomentumSgd("cdmsgd", training, nesterov, ConsensusMomentumSgd.Form.AS_CODED),
        new ConsensusMomentumSgd(
            "cdmsgd-published", training, nesterov, ConsensusMomentumSgd.Form.AS_PUBLISHED),
        new MixedMomentumSgd("dmsgd", training, 0.9, 0.5),
        new ScheduledGossip(
            "ld-sgd",
            training,
            nesterov,
            CommunicationSchedule.cycle(2, 1),
            MixingStrength.constant(1)),
        new DimatSgd("dimat-sgd", training, Momentum.NONE, matching, cta),
        new DimatSgd("dimat-msgd", training, nesterov, matching, atc),
        new DimatAmsgrad("dimat-amsgrad", training, amsgrad, matching, cta),
        new DimatAmsgrad("dimat-amsgrad-atc", training, amsgrad, matching, atc),
        new StochasticGradientPush("sgp", training, nesterov),
        new DecentralizedAdam(
            "cdadam", training, new DecentralizedAdam.Decay(0.9, 0.999, 0), 1e-4, 3),
        new DecentralizedAmsgrad("d-amsgrad", training, amsgrad),
        new QuasiGlobalAdam("qg-adam", training, 0.9, 0.99, 1e-3),
        new SwarmSgd("swarm-sgd", training, nesterov, 2),
        new DominatingSetSgd(
            "dsma",
            training,
            nesterov,
            new ConnectedDominatingSet(CHAIN, new TreeSet<>(List.of(1)))));
  }

  @ParameterizedTest
  @MethodSource("programs")
  void run_twice_isFiniteAndTheSame(AgentProgram program) {
    SortedMap<Integer, AgentState> states = run(RoundTrip.of(program), 2, new TreeMap<>());

    assertThat(states.values()).allMatch(state -> state.model().isFinite());
    assertThat(states.get(0).model()).isNotEqualTo(states.get(2).model());
    assertThat(run(program, 2, new TreeMap<>())).isEqualTo(states);
  }

  @ParameterizedTest
  @MethodSource("programs")
  void states_betweenRounds_holdNothingTransientAndSurviveStorage(AgentProgram program) {
    for (AgentState state : run(program, 1, new TreeMap<>()).values()) {
      assertThat(state.vectors()).doesNotContainKeys("sent", "step", "growth", "statistics");
      byte[] stored = StateCodec.encode(state, network.layout());
      assertThat(StateCodec.decode(stored, network.layout())).isEqualTo(state);
    }
  }

  @ParameterizedTest
  @MethodSource("programs")
  void traffic_overManyRounds_isAtMostWhatIsAnnounced(AgentProgram program) {
    SortedMap<Integer, Double> sent = new TreeMap<>();

    run(program, 3, sent);

    double roundedDown = 2 * 2 * 3;
    double announced = 2.0 * 3 * program.bytesPerNeighbor(network.layout()) + roundedDown;
    assertThat(sent.values()).allMatch(bytes -> bytes > 0 && bytes <= announced);
  }

  @ParameterizedTest
  @EnumSource(GossipStatistics.class)
  void sgp_runningStatistics_areAveragedOrStay(GossipStatistics statistics) {
    LearningRate none = k -> Double.MIN_VALUE;
    IterativeTraining still =
        new IterativeTraining(
            training(statistics).local(), STEPS, none, 0, GradientOracle.PLAIN, statistics);

    SortedMap<Integer, AgentState> push =
        run(new StochasticGradientPush("sgp", still, Momentum.NONE), 1, new TreeMap<>());
    SortedMap<Integer, AgentState> gossip =
        run(
            new DecentralizedSgd("dsgd", still, CombineOrder.ADAPT_THEN_COMBINE),
            1,
            new TreeMap<>());

    double scale = gossip.get(1).model().statistics().norm();
    assertThat(push.get(1).model().statistics().minus(gossip.get(1).model().statistics()).norm())
        .isLessThan(1e-5 * scale);
  }

  private SortedMap<Integer, AgentState> run(
      AgentProgram program, int rounds, SortedMap<Integer, Double> sent) {
    MixingSchedule mixing =
        program instanceof SwarmSgd
            ? new RandomMatchings(CHAIN, 3)
            : MixingMatrix.metropolisHastings(CHAIN);
    RunPlan plan =
        new RunPlan(
            program,
            network,
            mixing,
            new Seeds(42),
            rounds,
            new EvaluationSchedule(rounds + 1, 0, rounds + 1));
    return new LocalEngine(new ReferenceLearner(network), agent -> world.shard(agent, 24))
        .run(plan, (round, phase, states, metrics) -> metrics.forEach((i, m) -> add(sent, i, m)));
  }

  private static void add(SortedMap<Integer, Double> sent, int agent, AgentMetrics metrics) {
    sent.merge(agent, metrics.values().getOrDefault(Metric.BYTES_SENT, 0.0), Double::sum);
  }

  private static IterativeTraining training(GossipStatistics statistics) {
    LocalTraining local =
        new LocalTraining(
            InitPolicy.PER_AGENT,
            0,
            new LocalWork.Steps(STEPS),
            8,
            OptimizerSpec.sgd(0.05),
            OptimizerStatePolicy.RESET);
    return new IterativeTraining(
        local, STEPS, LearningRate.constant(0.01), 1e-4, GradientOracle.PLAIN, statistics);
  }
}
