package io.dimat.algorithm.compressed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.ImageRuns;
import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.gossip.DecentralizedSgd;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
import io.dimat.algorithm.part.MomentumScope;
import io.dimat.compress.Blocks;
import io.dimat.compress.Compressor;
import io.dimat.compress.Compressors;
import io.dimat.compress.EightBit;
import io.dimat.compress.Identity;
import io.dimat.compress.Scaling;
import io.dimat.compress.TopK;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Metric;
import java.util.Arrays;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

class CompressedGossipTest {
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(8));
  private static final Blocks WHOLE = new Blocks.Whole();

  static Stream<Compressor> compressors() {
    Compressors.Options options = new Compressors.Options(3, 0.4, WHOLE, Scaling.CONTRACTING);
    return Compressors.names().stream().map(name -> Compressors.create(name, options));
  }

  @ParameterizedTest
  @EnumSource
  void choco_withoutCompression_isDecentralizedSgdInBothOrders(CombineOrder order) {
    IterativeTraining training = Quadratics.training(0.05, 50);

    double[] choco =
        Quadratics.het().models(plain(training, new Choco(new Identity(), 1, order)), RING, 2);

    assertThat(choco)
        .containsExactly(
            Quadratics.het().models(new DecentralizedSgd("dsgd", training, order), RING, 2),
            within(1e-12));
  }

  @Test
  void deepSqueeze_withoutCompression_isDecentralizedSgd() {
    IterativeTraining training = Quadratics.training(0.05, 50);

    assertThat(
            Quadratics.het().models(plain(training, new DeepSqueeze(new Identity(), 1)), RING, 2))
        .containsExactly(
            Quadratics.het()
                .models(
                    new DecentralizedSgd("dsgd", training, CombineOrder.ADAPT_THEN_COMBINE),
                    RING,
                    2),
            within(1e-12));
  }

  @ParameterizedTest
  @MethodSource("compressors")
  void choco_anyCompressor_restsWhereDsgdOfALargerStepDoes(Compressor compressor) {
    Choco exchange = new Choco(compressor, 0.25, CombineOrder.COMBINE_THEN_ADAPT);
    IterativeTraining training = Quadratics.training(0.025, 2000);

    assertThat(rest(threeCopies(Quadratics.same()), plain(training, exchange)))
        .isCloseTo(.41368100, within(1e-6));
    assertThat(rest(threeCopies(Quadratics.het()), plain(training, exchange)))
        .isCloseTo(.40473493, within(1e-6));
  }

  @ParameterizedTest
  @MethodSource("compressors")
  void exchange_anyCompressor_keepsTheMean(Compressor compressor) {
    Quadratics problem = threeCopies(Quadratics.same());
    for (CompressedMix exchange :
        new CompressedMix[] {
          new Choco(compressor, 0.2, CombineOrder.COMBINE_THEN_ADAPT),
          new Choco(compressor, 0.2, CombineOrder.ADAPT_THEN_COMBINE),
          new DeepSqueeze(compressor, 0.2)
        }) {
      double[] models = problem.models(plain(Quadratics.training(0.1, 20), exchange), RING, 1);

      double decentralized = 3.5 * (1 - Math.pow(1 - 0.1, 20));
      assertThat(Arrays.stream(models).average().orElseThrow())
          .isCloseTo(decentralized, within(1e-12));
    }
  }

  @ParameterizedTest
  @CsvSource({"LOCAL, .01", "QUASI_GLOBAL, .1"})
  void momentum_withoutCompression_restsWhereDsgdDoes(MomentumScope scope, double rate) {
    CompressedGossip program =
        new CompressedGossip(
            "choco",
            Quadratics.training(rate, 3000),
            new Choco(new Identity(), 1, CombineOrder.ADAPT_THEN_COMBINE),
            new Momentum(0.9, Momentum.Style.HEAVY_BALL),
            scope);

    assertThat(rest(Quadratics.same(), program)).isCloseTo(.29333262, within(1e-6));
    assertThat(rest(Quadratics.het(), program)).isCloseTo(.28916506, within(1e-6));
  }

  @ParameterizedTest
  @EnumSource
  void run_realNetworkEightBits_sameTwiceAndFinite(MomentumScope scope) {
    CompressedGossip program =
        new CompressedGossip(
            "choco",
            ImageRuns.training(3),
            new Choco(new EightBit(new Blocks.Tensors()), 0.9, CombineOrder.ADAPT_THEN_COMBINE),
            new Momentum(0.9, Momentum.Style.NESTEROV),
            scope);

    ImageRuns.Outcome outcome = ImageRuns.of(program);

    assertThat(outcome.finite()).isTrue();
    assertThat(ImageRuns.of(program).states()).isEqualTo(outcome.states());
    AgentState state = outcome.states().get(0);
    assertThat(state.vectors())
        .containsOnlyKeys("model", "momentum", "public", "public-neighborhood");
    assertThat(outcome.metrics().get(0).values().get(Metric.BYTES_SENT))
        .isEqualTo(2.0 * program.bytesPerNeighbor(ImageRuns.NETWORK.layout()));
  }

  @Test
  void run_deepSqueezeOnARealNetwork_keepsTheErrorAndIsFinite() {
    ImageRuns.Outcome outcome =
        ImageRuns.of(plain(ImageRuns.training(3), new DeepSqueeze(new TopK(0.1, WHOLE), 0.3)));

    assertThat(outcome.finite()).isTrue();
    assertThat(outcome.states().get(0).vectors()).containsOnlyKeys("model", "error");
  }

  @Test
  void create_badConsensusStep_isRefused() {
    assertThatThrownBy(() -> new Choco(new Identity(), 0, CombineOrder.ADAPT_THEN_COMBINE))
        .hasMessage("CHOCO's consensus step is in (0, 1], got 0.0");
    assertThatThrownBy(() -> new DeepSqueeze(new Identity(), 1.5))
        .hasMessage("DeepSqueeze's consensus step is in (0, 1], got 1.5");
  }

  private static CompressedGossip plain(IterativeTraining training, CompressedMix exchange) {
    return new CompressedGossip("choco", training, exchange, Momentum.NONE, MomentumScope.LOCAL);
  }

  private static Quadratics threeCopies(Quadratics problem) {
    return new Quadratics(problem.a(), problem.b(), 3);
  }

  private static double rest(Quadratics problem, CompressedGossip program) {
    return problem.meanSquaredError(problem.models(program, RING, 1));
  }
}
