package io.dimat.algorithm.gossip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.protocol.AgentProgram;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** DSGDm, CDMSGD and DMSGD: where they rest, and the recursions written down twice. */
class MomentumGossipTest {
  private static final int AGENTS = 8;
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(AGENTS));
  private static final double BETA = 0.9;

  private final Quadratics problem = Quadratics.het();

  @ParameterizedTest
  @EnumSource(Momentum.Style.class)
  void dsgdm_smallerStep_restsWhereDsgdDoes(Momentum.Style style) {
    AgentProgram program =
        new DecentralizedMomentumSgd(
            "dsgdm", Quadratics.training(0.05 * (1 - BETA), 300), new Momentum(BETA, style));

    assertSameRest(program, dsgd(0.05, CombineOrder.ADAPT_THEN_COMBINE));
  }

  @ParameterizedTest
  @EnumSource(Momentum.Style.class)
  void cdmsgdAsCoded_smallerStep_restsWhereCdsgdDoes(Momentum.Style style) {
    AgentProgram program =
        cdmsgd(0.05 * (1 - BETA), style, ConsensusMomentumSgd.Form.AS_CODED, 300);

    assertSameRest(program, dsgd(0.05, CombineOrder.COMBINE_THEN_ADAPT));
  }

  @ParameterizedTest
  @EnumSource(Momentum.Style.class)
  void cdmsgdAsPublished_sameStep_restsWhereCdsgdDoes(Momentum.Style style) {
    AgentProgram program = cdmsgd(0.05, style, ConsensusMomentumSgd.Form.AS_PUBLISHED, 300);

    assertSameRest(program, dsgd(0.05, CombineOrder.COMBINE_THEN_ADAPT));
  }

  @ParameterizedTest
  @ValueSource(doubles = {0, 0.5, 1})
  void dmsgd_anyOmega_restsWhereCdsgdDoes(double omega) {
    AgentProgram program =
        new MixedMomentumSgd("dmsgd", Quadratics.training(0.05, 300), 0.5, omega);

    assertSameRest(program, dsgd(0.05, CombineOrder.COMBINE_THEN_ADAPT));
  }

  @ParameterizedTest
  @CsvSource({"HEAVY_BALL", "NESTEROV"})
  void noMomentum_everyMethod_isDecentralizedSgd(Momentum.Style style) {
    IterativeTraining training = Quadratics.training(0.05, 20);
    Momentum none = new Momentum(0, style);
    double[] atc =
        models(new DecentralizedSgd("dsgd", training, CombineOrder.ADAPT_THEN_COMBINE), 1);
    double[] cta =
        models(new DecentralizedSgd("cdsgd", training, CombineOrder.COMBINE_THEN_ADAPT), 1);

    assertThat(models(new DecentralizedMomentumSgd("a", training, none), 1)).isEqualTo(atc);
    assertThat(models(new MixedMomentumSgd("b", training, 0, 0.5), 1)).isEqualTo(cta);
    for (ConsensusMomentumSgd.Form form : ConsensusMomentumSgd.Form.values()) {
      assertThat(models(new ConsensusMomentumSgd("c", training, none, form), 1)).isEqualTo(cta);
    }
  }

  @Test
  void cdmsgdAsPublished_nesterov_followsTheRecursion() {
    double rate = 0.05;
    double[] x = new double[AGENTS];
    double[] v = new double[AGENTS];
    for (int k = 0; k < 12; k++) {
      double[] mixed = mixed(x);
      for (int i = 0; i < AGENTS; i++) {
        double ahead = x[i] + BETA * v[i];
        v[i] = mixed[i] - x[i] + BETA * v[i] - rate * gradient(i, ahead);
      }
      for (int i = 0; i < AGENTS; i++) {
        x[i] += v[i];
      }
    }

    AgentProgram program =
        cdmsgd(rate, Momentum.Style.NESTEROV, ConsensusMomentumSgd.Form.AS_PUBLISHED, 4);

    assertThat(models(program, 3)).containsExactly(x, within(1e-12));
  }

  @Test
  void dmsgd_modelAndDisplacementMixedApart_areTheSumThatTravels() {
    double rate = 0.05;
    double omega = 0.3;
    double[] x = new double[AGENTS];
    double[] d = new double[AGENTS];
    for (int k = 0; k < 12; k++) {
      double[] mixed = mixed(x);
      double[] mixedDisplacement = mixed(d);
      for (int i = 0; i < AGENTS; i++) {
        double own = (1 - omega) * d[i] + omega * mixedDisplacement[i];
        double next = mixed[i] - rate * gradient(i, x[i]) + BETA * own;
        d[i] = next - x[i];
      }
      for (int i = 0; i < AGENTS; i++) {
        x[i] += d[i];
      }
    }

    AgentProgram program = new MixedMomentumSgd("dmsgd", Quadratics.training(rate, 4), BETA, omega);

    assertThat(models(program, 3)).containsExactly(x, within(1e-12));
  }

  @Test
  void dmsgd_omegaAboveOne_isRefused() {
    assertThatThrownBy(() -> new MixedMomentumSgd("dmsgd", Quadratics.training(0.05, 1), 0.9, 1.5))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("omega in [0, 1], got 0.9 and 1.5");
  }

  private void assertSameRest(AgentProgram program, AgentProgram reference) {
    assertThat(models(program, 3)).containsExactly(models(reference, 3), within(1e-12));
  }

  private double[] models(AgentProgram program, int rounds) {
    return problem.models(program, RING, rounds);
  }

  private static AgentProgram dsgd(double rate, CombineOrder order) {
    return new DecentralizedSgd("dsgd", Quadratics.training(rate, 300), order);
  }

  private static AgentProgram cdmsgd(
      double rate, Momentum.Style style, ConsensusMomentumSgd.Form form, int steps) {
    return new ConsensusMomentumSgd(
        "cdmsgd", Quadratics.training(rate, steps), new Momentum(BETA, style), form);
  }

  private double gradient(int agent, double x) {
    return problem.a()[agent] * (x - problem.b()[agent]);
  }

  private static double[] mixed(double[] x) {
    double[] mixed = new double[AGENTS];
    Arrays.setAll(mixed, i -> (x[(i + AGENTS - 1) % AGENTS] + x[i] + x[(i + 1) % AGENTS]) / 3);
    return mixed;
  }
}
