package io.dimat.algorithm.heterogeneity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.gossip.DecentralizedSgd;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.GradientOracle;
import io.dimat.protocol.AgentProgram;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Fixed points of algorithms.md, section 8.2; DecentLaM rests at the same ones. */
class QuasiGlobalMomentumTest {
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(8));
  private static final Momentum HEAVY = new Momentum(.9, Momentum.Style.HEAVY_BALL);
  private static final Momentum NESTEROV = new Momentum(.9, Momentum.Style.NESTEROV);

  @ParameterizedTest
  @ValueSource(doubles = {.1, .05})
  void heavyBall_anyRate_restsWhereDsgdRests(double rate) {
    IterativeTraining training = Quadratics.training(rate, 1000);

    assertThat(rest(new QuasiGlobalMomentum("qg", training, HEAVY, .9)))
        .containsExactly(dsgd(rate), within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(doubles = {.05})
  void nesterov_anyRate_restsWhereDsgdRestsAtALargerRate(double rate) {
    IterativeTraining training = Quadratics.training(rate, 1000);

    assertThat(rest(new QuasiGlobalMomentum("qg", training, NESTEROV, .9)))
        .containsExactly(dsgd(rate * 1.9), within(1e-12));
  }

  @ParameterizedTest
  @CsvSource({".1, HEAVY_BALL", ".05, HEAVY_BALL", ".05, NESTEROV"})
  void decentLaM_anyStyle_restsWhereDsgdRests(double rate, Momentum.Style style) {
    IterativeTraining training = Quadratics.training(rate, 1000);

    assertThat(rest(new DecentLaM("decentlam", training, new Momentum(.9, style))))
        .containsExactly(dsgd(rate), within(1e-12));
  }

  @Test
  void bothMethods_closedFormOfDifferentCurvature_isMet() {
    IterativeTraining training = Quadratics.training(.05, 1000);
    Quadratics het = Quadratics.het();

    assertThat(het.meanSquaredError(rest(new QuasiGlobalMomentum("qg", training, HEAVY, .9))))
        .isCloseTo(.09698763, within(1e-8));
    assertThat(het.meanSquaredError(rest(new DecentLaM("decentlam", training, HEAVY))))
        .isCloseTo(.09698763, within(1e-8));
  }

  @Test
  void step_noMomentumAtAll_isDsgd() {
    IterativeTraining training = Quadratics.training(.05, 7);
    AgentProgram dsgd = new DecentralizedSgd("dsgd", training, CombineOrder.ADAPT_THEN_COMBINE);
    double[] expected = Quadratics.het().models(dsgd, RING, 1);

    assertThat(
            Quadratics.het()
                .models(new QuasiGlobalMomentum("qg", training, Momentum.NONE, 0), RING, 1))
        .containsExactly(expected, within(1e-14));
    assertThat(
            Quadratics.het().models(new DecentLaM("decentlam", training, Momentum.NONE), RING, 1))
        .containsExactly(expected, within(1e-14));
  }

  @Test
  void step_rateOfZeroAtTheStart_restsWhereDsgdRests() {
    LearningRate warmup = iteration -> iteration == 0 ? 0 : .05;
    IterativeTraining training = Quadratics.training(warmup, GradientOracle.PLAIN, 1000);

    assertThat(rest(new QuasiGlobalMomentum("qg", training, HEAVY, .9)))
        .containsExactly(dsgd(.05), within(1e-12));
    assertThat(rest(new DecentLaM("decentlam", training, HEAVY)))
        .containsExactly(dsgd(.05), within(1e-12));
  }

  @Test
  void new_muAboveOne_isRefused() {
    assertThatThrownBy(() -> new QuasiGlobalMomentum("qg", Quadratics.training(.1, 1), HEAVY, 1.5))
        .hasMessage("quasi-global momentum keeps mu in [0, 1], got 1.5");
  }

  private static double[] rest(AgentProgram program) {
    return Quadratics.het().models(program, RING, 2);
  }

  private static double[] dsgd(double rate) {
    return rest(
        new DecentralizedSgd(
            "dsgd", Quadratics.training(rate, 1000), CombineOrder.ADAPT_THEN_COMBINE));
  }
}
