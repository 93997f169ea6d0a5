package io.dimat.algorithm.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.gossip.ConsensusMomentumSgd;
import io.dimat.algorithm.gossip.DecentralizedSgd;
import io.dimat.algorithm.part.Amsgrad;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
import io.dimat.align.Alignment;
import io.dimat.align.PermutationSpec;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.RandomParams;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.merge.BatchNormPolicy;
import io.dimat.merge.Finish;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.Operators;
import io.dimat.merge.WeightAveraging;
import io.dimat.network.Network;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Course;
import io.dimat.protocol.EvaluationSchedule;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Recorder;
import io.dimat.protocol.Seeds;
import io.dimat.protocol.Superstep;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * DIMAT's algorithms 1 to 3: with plain averages what they must be, with permuted copies nothing.
 */
class DimatIterationsTest {
  private static final Finish AVERAGE =
      new Finish(Finish.ScaleCorrection.NONE, BatchNormPolicy.AVERAGE);
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(8));

  private final Quadratics problem = Quadratics.het();
  private final Network network = SmallNetworks.residual();
  private final SyntheticImages world =
      new SyntheticImages(network.inputShape(), network.classes(), 1.0, 7);

  @ParameterizedTest
  @EnumSource(CombineOrder.class)
  void averagingEveryIteration_isDecentralizedSgd(CombineOrder order) {
    IterativeTraining training = Quadratics.training(0.05, 30);

    assertThat(problem.run(averaging(training, Momentum.NONE, 1, order), RING, 2))
        .isEqualTo(problem.run(new DecentralizedSgd("dsgd", training, order), RING, 2));
  }

  @Test
  void averagingEveryIterationWithMomentum_isCdmsgdAsCoded() {
    IterativeTraining training = Quadratics.training(0.01, 30);
    Momentum momentum = new Momentum(0.9, Momentum.Style.HEAVY_BALL);
    AgentProgram cdmsgd =
        new ConsensusMomentumSgd("cdmsgd", training, momentum, ConsensusMomentumSgd.Form.AS_CODED);

    assertThat(
            problem.run(averaging(training, momentum, 1, CombineOrder.COMBINE_THEN_ADAPT), RING, 2))
        .isEqualTo(problem.run(cdmsgd, RING, 2));
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 4, 10})
  void averagingOfAllNowAndThen_restsAtTheClosedForm(int period) {
    double rate = 0.05;
    MixingMatrix all = MixingMatrix.metropolisHastings(Topology.fullyConnected(8));
    AgentProgram program =
        averaging(
            Quadratics.training(rate, 400), Momentum.NONE, period, CombineOrder.ADAPT_THEN_COMBINE);

    double[] models = problem.models(program, all, 2);

    double numerator = 0;
    double denominator = 0;
    for (int i = 0; i < 8; i++) {
      double moved = 1 - Math.pow(1 - rate * problem.a()[i], period);
      numerator += moved * problem.b()[i];
      denominator += moved;
    }
    assertThat(models).containsOnly(new double[] {numerator / denominator}, within(1e-9));
  }

  @ParameterizedTest
  @EnumSource(CombineOrder.class)
  void period_roundsOfAnyLength_isCountedOverTheRun(CombineOrder order) {
    Momentum momentum = new Momentum(0.5, Momentum.Style.HEAVY_BALL);

    assertThat(problem.run(averaging(Quadratics.training(0.05, 7), momentum, 5, order), RING, 5))
        .isEqualTo(
            problem.run(averaging(Quadratics.training(0.05, 35), momentum, 5, order), RING, 1));
  }

  @Test
  void betweenMerges_noMail() {
    AgentProgram program =
        averaging(Quadratics.training(0.05, 12), Momentum.NONE, 6, CombineOrder.COMBINE_THEN_ADAPT);

    assertThat(supersteps(program)).hasSize(2 + 1);
    assertThat(program.bytesPerNeighbor(problem.layout())).isEqualTo((long) Double.BYTES * 2);
  }

  @Test
  void amsgradMerge_neighbourIsAPermutedCopy_modelAndAuxiliaryStayWhatTheyAre() {
    PermutationSpec spec = PermutationSpec.of(network);
    Alignment shuffled = Alignment.random(spec, 11);
    AgentState own = state(RandomParams.of(network, 3));
    AgentState theirs =
        AgentState.empty()
            .with(AgentState.MODEL, shuffled.applyTo(spec, own.model()))
            .with("auxiliary-moment", shuffled.applyTo(spec, own.vector("auxiliary-moment")));
    AgentProgram program =
        new DimatAmsgrad(
            "dimat-amsgrad",
            Quadratics.training(0.05, 1),
            new Amsgrad(0.9, 0.999, 1, 1e-8),
            new PeriodicMerge(matching("activation-matching"), AVERAGE, 1),
            CombineOrder.ADAPT_THEN_COMBINE);

    AgentState merged = merged(program, own, theirs);
    AgentState averaged =
        merged(
            new DimatAmsgrad(
                "wa-amsgrad",
                Quadratics.training(0.05, 1),
                new Amsgrad(0.9, 0.999, 1, 1e-8),
                new PeriodicMerge(new WeightAveraging(), AVERAGE, 1),
                CombineOrder.ADAPT_THEN_COMBINE),
            own,
            theirs);

    assertThat(largestDifference(merged.model(), own.model())).isLessThan(1e-6);
    assertThat(largestDifference(merged.vector("auxiliary-moment"), own.vector("auxiliary-moment")))
        .isLessThan(1e-6);
    assertThat(
            largestDifference(averaged.vector("auxiliary-moment"), own.vector("auxiliary-moment")))
        .isGreaterThan(0.01);
    assertThat(merged.vector("first-moment")).isEqualTo(own.vector("first-moment"));
  }

  @Test
  void amsgrad_mergeThatMixesUnits_isRefused() {
    PeriodicMerge transport = new PeriodicMerge(matching("optimal-transport"), AVERAGE, 1);

    assertThatThrownBy(
            () ->
                new DimatAmsgrad(
                    "dimat-amsgrad",
                    Quadratics.training(0.05, 1),
                    new Amsgrad(0.9, 0.999, 1, 1e-8),
                    transport,
                    CombineOrder.COMBINE_THEN_ADAPT))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("needs a merge that permutes units");
  }

  @Test
  void momentum_mergeThatMixesTheReference_isRefusedUnlessThereIsNone() {
    PeriodicMerge zip = new PeriodicMerge(matching("zipit"), AVERAGE, 1);
    IterativeTraining training = Quadratics.training(0.05, 1);
    CombineOrder order = CombineOrder.COMBINE_THEN_ADAPT;

    assertThat(new DimatSgd("zip", training, Momentum.NONE, zip, order).requires()).isNotEmpty();
    assertThatThrownBy(
            () ->
                new DimatSgd(
                    "zip", training, new Momentum(0.9, Momentum.Style.HEAVY_BALL), zip, order))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("keeps the reference's units");
  }

  private static AgentProgram averaging(
      IterativeTraining training, Momentum momentum, int period, CombineOrder order) {
    PeriodicMerge merging = new PeriodicMerge(new WeightAveraging(), AVERAGE, period);
    return new DimatSgd("dimat-sgd", training, momentum, merging, order);
  }

  private static MergeOperator matching(String name) {
    return Operators.create(name, Operators.Options.DEFAULTS);
  }

  /** A state whose auxiliary variable differs from unit to unit. */
  private static AgentState state(ParamVector model) {
    ParamVector positive = model.trainable().map(x -> 1 + x * x);
    return AgentState.ofModel(model)
        .with("auxiliary-moment", positive)
        .with("first-moment", model.trainable());
  }

  /** The state after the merging phase of agent 0 of two. */
  private AgentState merged(AgentProgram program, AgentState own, AgentState theirs) {
    TreeMap<Integer, AgentState> mail = new TreeMap<>();
    mail.put(1, theirs);
    LocalContext context =
        new LocalContext(
            0,
            1,
            0,
            MixingMatrix.metropolisHastings(Topology.fullyConnected(2)),
            new ReferenceLearner(network),
            world.shard(0, 48),
            new Seeds(1),
            new EvaluationSchedule(9, 0, 9),
            new Recorder(() -> 0L));
    Phase merge = supersteps(program).get(1).phases().get(0).phase();
    return merge.step().run(own, new Inbox(mail), context).state();
  }

  private static List<Superstep> supersteps(AgentProgram program) {
    List<Superstep> taken = new ArrayList<>();
    program
        .round(1)
        .segments()
        .forEach(
            segment ->
                Course.run(
                    segment,
                    0,
                    (superstep, committed) -> {
                      taken.add(superstep);
                      return new TreeMap<>();
                    }));
    return taken;
  }

  private static double largestDifference(ParamVector a, ParamVector b) {
    double worst = 0;
    for (int i = 0; i < a.size(); i++) {
      worst = Math.max(worst, Math.abs(a.at(i) - b.at(i)));
    }
    return worst;
  }
}
