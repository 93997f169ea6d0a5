package io.dimat.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.tensor.ParamVector;
import org.junit.jupiter.api.Test;

class InitializationTest {
  private static Network cnn(int classes) {
    return Zoo.create("cnn", new ZooOptions(new Shape(1, 28, 28), classes, 2, Shortcut.CONV1X1));
  }

  @Test
  void kaiming_weights_haveTheVarianceOfTheirFanIn() {
    float[] weights = Initialization.kaiming(cnn(10), 5).slice("conv3.weight");
    double sum = 0;
    double squares = 0;
    for (float w : weights) {
      sum += w;
      squares += (double) w * w;
    }
    double variance = 2.0 / (64 * 9);
    assertThat(sum / weights.length).isCloseTo(0, within(4 * Math.sqrt(variance / weights.length)));
    assertThat(squares / weights.length / variance)
        .isCloseTo(1, within(4 * Math.sqrt(2.0 / weights.length)));
  }

  @Test
  void kaiming_batchNormAndBias_areNeutral() {
    ParamVector vector = Initialization.kaiming(cnn(10), 5);
    assertThat(vector.slice("bn1.weight")).containsOnly(1f);
    assertThat(vector.slice("bn1.running_var")).containsOnly(1f);
    assertThat(vector.slice("bn1.bias")).containsOnly(0f);
    assertThat(vector.slice("bn1.running_mean")).containsOnly(0f);
    assertThat(vector.slice("linear.bias")).containsOnly(0f);
  }

  @Test
  void kaiming_seeds_decideEverything() {
    assertThat(Initialization.kaiming(cnn(10), 5)).isEqualTo(Initialization.kaiming(cnn(10), 5));
    assertThat(Initialization.kaiming(cnn(10), 5).slice("conv1.weight"))
        .isNotEqualTo(Initialization.kaiming(cnn(10), 6).slice("conv1.weight"));
  }

  @Test
  void kaiming_anotherNumberOfClasses_leavesTheOtherTensorsAlone() {
    assertThat(Initialization.kaiming(cnn(3), 5).slice("conv3.weight"))
        .isEqualTo(Initialization.kaiming(cnn(10), 5).slice("conv3.weight"));
  }
}
