package io.dimat.algorithm.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.algorithm.part.InitPolicy;
import io.dimat.algorithm.part.LocalTraining;
import io.dimat.algorithm.part.LocalWork;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.align.Alignment;
import io.dimat.align.Permutation;
import io.dimat.align.PermutationSpec;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.AgentData;
import io.dimat.learn.Batch;
import io.dimat.learn.BatchSource;
import io.dimat.learn.Batches;
import io.dimat.learn.OptimizerSpec;
import io.dimat.learn.RandomParams;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.merge.BatchNormPolicy;
import io.dimat.merge.Finish;
import io.dimat.merge.Operators;
import io.dimat.network.Network;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.ConsensusRule;
import io.dimat.protocol.EvaluationPoint;
import io.dimat.protocol.EvaluationSchedule;
import io.dimat.protocol.LocalEngine;
import io.dimat.protocol.Metric;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.Requirement;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.Seeds;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.IntFunction;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NeighborhoodMergeTest {
  private static final Network NETWORK = SmallNetworks.residual();
  private static final PermutationSpec SPEC = PermutationSpec.of(NETWORK);
  private static final SyntheticImages WORLD =
      new SyntheticImages(NETWORK.inputShape(), NETWORK.classes(), 0.7, 5);
  private static final LocalEngine.Observer SILENT = (round, phase, states, metrics) -> {};

  /** All agents see the same images in the same order. */
  private static AgentData same(int agent) {
    return WORLD.shard(0, 24);
  }

  private static AgentData different(int agent) {
    return WORLD.shard(agent, 20 + agent);
  }

  private static LocalTraining training(OptimizerSpec optimizer, OptimizerStatePolicy policy) {
    return new LocalTraining(
        InitPolicy.PER_AGENT, 1, new LocalWork.Epochs(1), 8, optimizer, policy);
  }

  private static TrainThenMerge base(String operator, BatchNormPolicy policy) {
    return new TrainThenMerge(
        "dimat",
        training(OptimizerSpec.sgd(0.05), OptimizerStatePolicy.RESET),
        Operators.create(operator, Operators.Options.DEFAULTS),
        new Finish(Finish.ScaleCorrection.NONE, policy),
        ReferenceBasis.SELF);
  }

  private static TrainThenMerge dimat(BatchNormPolicy policy) {
    return base(Operators.ACTIVATION_MATCHING, policy);
  }

  private static RunPlan plan(AgentProgram program, Topology topology, int rounds) {
    return new RunPlan(
        program,
        NETWORK,
        MixingMatrix.metropolisHastings(topology),
        new Seeds(42),
        rounds,
        new EvaluationSchedule(1, 1, rounds));
  }

  private static SortedMap<Integer, AgentState> run(
      AgentProgram program, Topology topology, IntFunction<AgentData> data) {
    return new LocalEngine(new ReferenceLearner(NETWORK), data)
        .run(plan(program, topology, 2), SILENT);
  }

  private static SortedMap<Integer, AgentState> run(
      AgentProgram program, IntFunction<AgentData> data) {
    return run(program, Topology.ring(4), data);
  }

  private static NeighborhoodMerge both(TrainThenMerge base) {
    return new NeighborhoodMerge(base, ProbeReach.NEIGHBORHOOD, ProbeReach.NEIGHBORHOOD);
  }

  @Test
  void run_ownImagesOnly_isTrainThenMerge() {
    TrainThenMerge base = dimat(BatchNormPolicy.RECALIBRATE);

    assertThat(
            run(
                new NeighborhoodMerge(base, ProbeReach.OWN, ProbeReach.OWN),
                NeighborhoodMergeTest::different))
        .isEqualTo(run(base, NeighborhoodMergeTest::different));
  }

  @ParameterizedTest
  @CsvSource({"NEIGHBORHOOD, OWN", "OWN, NEIGHBORHOOD", "NEIGHBORHOOD, NEIGHBORHOOD"})
  void run_everybodyHoldsTheSameImages_isTrainThenMerge(
      ProbeReach matching, ProbeReach statistics) {
    TrainThenMerge base = dimat(BatchNormPolicy.RECALIBRATE);

    assertThat(run(new NeighborhoodMerge(base, matching, statistics), NeighborhoodMergeTest::same))
        .isEqualTo(run(base, NeighborhoodMergeTest::same));
  }

  @Test
  void run_twoAgents_matchAsOnTheImagesOfBoth() {
    TrainThenMerge base = dimat(BatchNormPolicy.AVERAGE);
    Topology pair = Topology.chain(2);
    IntFunction<AgentData> union = agent -> new UnionProbe(different(agent));

    SortedMap<Integer, AgentState> exchanged =
        run(
            new NeighborhoodMerge(base, ProbeReach.NEIGHBORHOOD, ProbeReach.OWN),
            pair,
            NeighborhoodMergeTest::different);

    assertThat(exchanged)
        .isEqualTo(run(base, pair, union))
        .isNotEqualTo(run(base, pair, NeighborhoodMergeTest::different));
  }

  @Test
  void run_neighborhoodStatistics_areNearerToThoseOfAllImagesThanOwnOnes() {
    TrainThenMerge base = dimat(BatchNormPolicy.RECALIBRATE);
    Topology pair = Topology.chain(2);
    NeighborhoodMerge pooled = new NeighborhoodMerge(base, ProbeReach.OWN, ProbeReach.NEIGHBORHOOD);
    IntFunction<AgentData> union = agent -> new UnionProbe(different(agent));

    // Matched on own images: one round, in which nothing but statistics can differ.
    assertThat(statisticsError(pooled, union, pair)).isLessThan(statisticsError(base, union, pair));
  }

  /** How far agent 0's running statistics are from those of its model on both agents' images. */
  private static double statisticsError(
      AgentProgram program, IntFunction<AgentData> union, Topology pair) {
    ReferenceLearner learner = new ReferenceLearner(NETWORK);
    ParamVector model =
        new LocalEngine(learner, NeighborhoodMergeTest::different)
            .run(plan(program, pair, 1), SILENT)
            .get(0)
            .model();
    learner.load(model);
    learner.recalibrate(union.apply(0).probe(1));
    return learner.store().statistics().minus(model.statistics()).norm();
  }

  @ParameterizedTest
  @CsvSource({"NEIGHBORHOOD, OWN", "NEIGHBORHOOD, NEIGHBORHOOD"})
  void run_neighborsArePermutedCopiesOfOneNetwork_returnsIt(
      ProbeReach matching, ProbeReach statistics) {
    ParamVector original = RandomParams.of(NETWORK, 8);
    TrainThenMerge still =
        new TrainThenMerge(
            "dimat",
            training(OptimizerSpec.sgd(1e-30), OptimizerStatePolicy.RESET),
            Operators.create(Operators.ACTIVATION_MATCHING, Operators.Options.DEFAULTS),
            Finish.RECALIBRATE,
            ReferenceBasis.SELF);
    AgentProgram program =
        new PermutedStart(new NeighborhoodMerge(still, matching, statistics), original);

    SortedMap<Integer, AgentState> merged = run(program, NeighborhoodMergeTest::different);

    for (int agent = 0; agent < 4; agent++) {
      assertThat(merged.get(agent).model().trainable())
          .isEqualTo(permuted(original, agent).trainable());
    }
  }

  private static ParamVector permuted(ParamVector model, int agent) {
    List<Permutation> turned =
        SPEC.groups().stream().map(group -> rotation(group.size(), agent)).toList();
    return SPEC.apply(new Alignment(turned), model);
  }

  private static Permutation rotation(int size, int by) {
    int[] order = new int[size];
    for (int u = 0; u < size; u++) {
      order[u] = (u + by) % size;
    }
    return Permutation.of(order);
  }

  @ParameterizedTest
  @CsvSource({
    "OWN, OWN, 0, 1, 0",
    "NEIGHBORHOOD, OWN, 220, 1, 0",
    "OWN, NEIGHBORHOOD, 0, 2, 88",
    "NEIGHBORHOOD, NEIGHBORHOOD, 220, 2, 88"
  })
  void run_bytesSent_areThoseOfTheFormula(
      ProbeReach matching, ProbeReach statistics, long moments, int models, long estimate) {
    NeighborhoodMerge program =
        new NeighborhoodMerge(dimat(BatchNormPolicy.RECALIBRATE), matching, statistics);
    SortedMap<Integer, Double> sent = new TreeMap<>();

    new LocalEngine(new ReferenceLearner(NETWORK), NeighborhoodMergeTest::different)
        .run(
            plan(program, Topology.ring(4), 1),
            (round, phase, states, metrics) ->
                metrics.forEach(
                    (a, m) -> sent.merge(a, m.values().get(Metric.BYTES_SENT), Double::sum)));

    long perNeighbor = moments + models * 4L * NETWORK.layout().size() + estimate;
    assertThat(program.bytesPerNeighbor(NETWORK)).isEqualTo(perNeighbor);
    assertThat(sent.values()).hasSize(4).allMatch(bytes -> bytes == 2.0 * perNeighbor);
  }

  @Test
  void run_keptMomentum_staysAndNothingElseIsLeft() {
    TrainThenMerge base =
        new TrainThenMerge(
            "dimat",
            training(OptimizerSpec.adam(1e-3), OptimizerStatePolicy.KEEP),
            Operators.create(Operators.ACTIVATION_MATCHING, Operators.Options.DEFAULTS),
            Finish.RECALIBRATE,
            ReferenceBasis.SELF);

    AgentState last = run(both(base), NeighborhoodMergeTest::different).get(2);

    assertThat(last.vectors())
        .containsOnlyKeys("model", "optimizer.first-moment", "optimizer.second-moment");
    assertThat(last.payloads()).isEmpty();
  }

  @Test
  void run_sameSeed_sameStatesAndTwoCommitsARound() {
    NeighborhoodMerge program = both(base(Operators.OPTIMAL_TRANSPORT, BatchNormPolicy.AVERAGE));
    List<String> committed = new ArrayList<>();

    SortedMap<Integer, AgentState> first =
        new LocalEngine(new ReferenceLearner(NETWORK), NeighborhoodMergeTest::different)
            .run(
                plan(program, Topology.ring(4), 2),
                (round, phase, states, metrics) -> committed.add(round + " " + phase));

    assertThat(run(program, NeighborhoodMergeTest::different)).isEqualTo(first);
    assertThat(committed).containsExactly("0 start", "1 train", "1 merge", "2 train", "2 merge");
  }

  @ParameterizedTest
  @CsvSource({
    Operators.WEIGHT_AVERAGING + ", weight averaging",
    Operators.WEIGHT_MATCHING + ", weight matching",
    Operators.ZIPIT + ", zipping"
  })
  void create_operatorThatDoesNotMatchByMomentsWithTheReference_isRefused(
      String operator, String name) {
    TrainThenMerge base = base(operator, BatchNormPolicy.AVERAGE);

    assertThatThrownBy(() -> both(base))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("got " + name)
        .hasMessageContaining("merge.probe = own");
  }

  @Test
  void create_agent0AsReference_isRefused() {
    TrainThenMerge base =
        new TrainThenMerge(
            "dimat",
            training(OptimizerSpec.sgd(0.05), OptimizerStatePolicy.RESET),
            Operators.create(Operators.ACTIVATION_MATCHING, Operators.Options.DEFAULTS),
            Finish.RECALIBRATE,
            ReferenceBasis.AGENT_0);

    assertThatThrownBy(() -> both(base))
        .hasMessage(
            "statistics of the neighbourhood need every agent's own basis, got merge.reference = agent-0: use merge.reference = self");
  }

  @Test
  void refusal_statisticsOfANetworkWithoutBatchNorm() {
    assertThat(both(dimat(BatchNormPolicy.AVERAGE)).refusal(SmallNetworks.mlp()))
        .contains(
            "merge.batch-norm = neighborhood needs a network with batch norm, mlp has none: use merge.batch-norm = recalibrate");
  }

  /** An agent of two whose probe is both agents' images. */
  private record UnionProbe(AgentData own) implements AgentData {
    @Override
    public int size() {
      return own.size();
    }

    @Override
    public BatchSource training(int round, int epoch, int batchSize) {
      return own.training(round, epoch, batchSize);
    }

    @Override
    public BatchSource minibatches(long first, int count, int size) {
      return own.minibatches(first, count, size);
    }

    @Override
    public BatchSource probe(int round) {
      List<Batch> all = new ArrayList<>();
      different(0).probe(round).forEach(all::add);
      different(1).probe(round).forEach(all::add);
      return new Batches(all);
    }

    @Override
    public BatchSource test() {
      return own.test();
    }
  }

  /** A program whose agents start as one network, each with its units in another order. */
  private record PermutedStart(AgentProgram program, ParamVector original) implements AgentProgram {
    @Override
    public String name() {
      return program.name();
    }

    @Override
    public Phase start() {
      return Phase.alone(
          "start",
          EvaluationPoint.TRAINED,
          (none, inbox, context) ->
              StepResult.of(AgentState.ofModel(permuted(original, context.agent()))));
    }

    @Override
    public Plan round(int round) {
      return program.round(round);
    }

    @Override
    public long bytesPerNeighbor(ParamLayout layout) {
      return program.bytesPerNeighbor(layout);
    }

    @Override
    public Set<Requirement> requires() {
      return program.requires();
    }

    @Override
    public ConsensusRule consensus() {
      return program.consensus();
    }
  }
}
