package io.dimat.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.testing.RoundTrip;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class OptimizerSpecTest {
  private static final double WEIGHT_DECAY = 0.1;

  static Stream<OptimizerSpec> specs() {
    return Stream.of(
        OptimizerSpec.sgd(0.1), OptimizerSpec.momentum(0.05, 0.9), OptimizerSpec.adam(0.05));
  }

  private static OptimizerSpec decaying(OptimizerSpec spec) {
    return new OptimizerSpec(
        spec.kind(),
        spec.learningRate(),
        spec.momentum(),
        spec.beta1(),
        spec.beta2(),
        spec.epsilon(),
        WEIGHT_DECAY);
  }

  @Test
  void sgd_twoSteps_areTheGradientTimesTheRate() {
    LocalOptimizer sgd = OptimizerSpec.sgd(0.5).create();
    float[] x = {1, -2};
    sgd.step(x, new float[] {2, 4});
    assertThat(x).containsExactly(0, -4);
    sgd.step(x, new float[] {-1, 0});
    assertThat(x).containsExactly(0.5f, -4);
    assertThat(sgd.steps()).isEqualTo(2);
    assertThat(sgd.slots()).isEmpty();
  }

  @Test
  void sgd_weightDecay_isAddedToTheGradient() {
    float[] x = {1, -2};
    decaying(OptimizerSpec.sgd(0.5)).create().step(x, new float[] {2, 4});
    assertThat(x).containsExactly(new float[] {1 - 0.5f * 2.1f, -2 - 0.5f * 3.8f}, within(1e-6f));
  }

  @Test
  void momentum_threeSteps_accumulateTheGradients() {
    LocalOptimizer momentum = OptimizerSpec.momentum(0.1, 0.5).create();
    float[] x = {1};
    momentum.step(x, new float[] {2}); // m = 2
    assertThat(x).containsExactly(new float[] {0.8f}, within(1e-6f));
    momentum.step(x, new float[] {1}); // m = 2
    assertThat(x).containsExactly(new float[] {0.6f}, within(1e-6f));
    momentum.step(x, new float[] {-3}); // m = -2
    assertThat(x).containsExactly(new float[] {0.8f}, within(1e-6f));
    assertThat(momentum.slots().get("momentum")).containsExactly(-2);
  }

  @Test
  void momentum_weightDecay_entersTheMomentum() {
    LocalOptimizer momentum = decaying(OptimizerSpec.momentum(0.1, 0.5)).create();
    float[] x = {1};
    momentum.step(x, new float[] {2});
    assertThat(momentum.slots().get("momentum")).containsExactly(new float[] {2.1f}, within(1e-6f));
    assertThat(x).containsExactly(new float[] {0.79f}, within(1e-6f));
  }

  /** Bias correction makes the first step the rate times the sign, whatever the gradient's size. */
  @Test
  void adam_firstStep_isTheRateTimesTheSign() {
    LocalOptimizer adam = OptimizerSpec.adam(0.01).create();
    float[] x = {1, 1, 1};
    adam.step(x, new float[] {100, -0.001f, 0});
    assertThat(x).containsExactly(new float[] {0.99f, 1.01f, 1}, within(1e-6f));
  }

  @Test
  void adam_twoSteps_areThoseOfThePaper() {
    LocalOptimizer adam = OptimizerSpec.adam(0.1).create();
    float[] x = {0};
    adam.step(x, new float[] {1});
    adam.step(x, new float[] {3});
    // By hand: m = .1 then .39, v = .001 then .009999; corrected .39/.19 and .009999/.001999.
    double second = 0.1 * (0.39 / 0.19) / Math.sqrt(0.009999 / 0.001999);
    assertThat((double) x[0]).isCloseTo(-0.1 - second, within(1e-6));
    assertThat(adam.slots().get("first-moment"))
        .containsExactly(new float[] {0.39f}, within(1e-6f));
    assertThat(adam.slots().get("second-moment"))
        .containsExactly(new float[] {0.009999f}, within(1e-8f));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void quadratic_manySteps_reachTheMinimum(OptimizerSpec spec) {
    LocalOptimizer optimizer = spec.create();
    float[] x = {5, -3};
    for (int t = 0; t < 2000; t++) {
      optimizer.step(x, slope(x));
    }
    assertThat(x).containsExactly(new float[] {1, 2}, within(1e-3f));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void quadraticWithWeightDecay_manySteps_reachTheShrunkenMinimum(OptimizerSpec spec) {
    LocalOptimizer optimizer = decaying(spec).create();
    float[] x = {5, -3};
    for (int t = 0; t < 2000; t++) {
      optimizer.step(x, slope(x));
    }
    // a (x - b) + lambda x = 0
    assertThat(x)
        .containsExactly(new float[] {(float) (1 / 1.1), (float) (4 / 2.1)}, within(1e-3f));
  }

  /** Of {@code (x0 - 1)^2 / 2 + (x1 - 2)^2}. */
  private static float[] slope(float[] x) {
    return new float[] {x[0] - 1, 2 * (x[1] - 2)};
  }

  @ParameterizedTest
  @MethodSource("specs")
  void restored_continuesAsIfNeverStopped(OptimizerSpec spec) {
    LocalOptimizer whole = spec.create();
    float[] x = {5, -3};
    for (int t = 0; t < 3; t++) {
      whole.step(x, slope(x));
    }
    LocalOptimizer resumed = spec.create();
    resumed.restore(whole.slots(), whole.steps());
    float[] y = x.clone();
    for (int t = 0; t < 3; t++) {
      whole.step(x, slope(x));
      resumed.step(y, slope(y));
    }
    assertThat(y).isEqualTo(x);
    assertThat(resumed.steps()).isEqualTo(6);
    assertThat(resumed.slots().keySet()).isEqualTo(whole.slots().keySet());
    resumed.slots().forEach((name, slot) -> assertThat(slot).isEqualTo(whole.slots().get(name)));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void slots_areCopies(OptimizerSpec spec) {
    LocalOptimizer optimizer = spec.create();
    assertThat(optimizer.slots()).isEmpty();
    optimizer.step(new float[] {1}, new float[] {1});
    optimizer.slots().values().forEach(slot -> slot[0] = 77);
    optimizer.slots().values().forEach(slot -> assertThat(slot[0]).isNotEqualTo(77));
  }

  @ParameterizedTest
  @MethodSource("specs")
  void restored_fromNothing_startsAfresh(OptimizerSpec spec) {
    LocalOptimizer optimizer = spec.create();
    optimizer.step(new float[] {1}, new float[] {1});
    optimizer.restore(spec.create().slots(), 0);
    float[] x = {5, -3};
    float[] y = {5, -3};
    optimizer.step(x, slope(x));
    spec.create().step(y, slope(y));
    assertThat(x).isEqualTo(y);
  }

  @ParameterizedTest
  @MethodSource("specs")
  void spec_serialized_arrivesEqual(OptimizerSpec spec) {
    assertThat(RoundTrip.of(spec)).isEqualTo(spec);
  }

  @Test
  void spec_outOfRange_saysRuleAndValue() {
    assertThatThrownBy(() -> OptimizerSpec.sgd(0))
        .hasMessage("learning rate must be above 0, got 0.0");
    assertThatThrownBy(() -> OptimizerSpec.momentum(0.1, 1))
        .hasMessage("momentum must be in [0, 1), got 1.0");
    assertThatThrownBy(() -> OptimizerSpec.sgd(Double.NaN)).hasMessageContaining("got NaN");
  }

  @Test
  void stateName_isRecognised() {
    assertThat(LocalOptimizer.isStateName(LocalOptimizer.stateName("momentum"))).isTrue();
    assertThat(LocalOptimizer.isStateName("params")).isFalse();
  }
}
