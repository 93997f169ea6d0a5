package io.dimat.network;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.network.Layer.Conv2d;
import io.dimat.network.Layer.Pool2d;
import io.dimat.network.Layer.Pool2d.Pooling;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayerTest {
  private static final Shape IN = new Shape(6, 8, 7);

  @Test
  void conv2d_groupsThatDoNotDivide_areRefused() {
    assertThatThrownBy(() -> new Conv2d("conv", "in", 5, 3, 1, 1, 2, true))
        .hasMessage("layer conv needs groups that divide its 5 output channels, got 2 groups");
    assertThatThrownBy(() -> new Conv2d("conv", "in", 4, 3, 1, 1, 4, true).outputShape(List.of(IN)))
        .hasMessage("layer conv needs groups that divide its 6 input channels, got 4 groups");
    assertThatThrownBy(() -> new Conv2d("conv", "in", 4, 3, 1, 1, 0, true))
        .hasMessageContaining("got 0 groups");
  }

  @Test
  void conv2d_inGroups_hasWeightsForTheInputsOfOneGroup() {
    Conv2d conv = new Conv2d("conv", "in", 9, 3, 2, 1, 3, false);
    assertThat(conv.params(List.of(IN)).get(0).shape()).containsExactly(9, 2, 3, 3);
    assertThat(conv.outputShape(List.of(IN))).isEqualTo(new Shape(9, 4, 4));
  }

  @Test
  void isDepthwise_oneOutputForEachInput_only() {
    assertThat(new Conv2d("conv", "in", 6, 3, 1, 1, 6, false).isDepthwise(IN)).isTrue();
    assertThat(new Conv2d("conv", "in", 12, 3, 1, 1, 6, false).isDepthwise(IN)).isFalse();
    assertThat(new Conv2d("conv", "in", 6, 3, 1, 1, 2, false).isDepthwise(IN)).isFalse();
    assertThat(new Conv2d("conv", "in", 1, 1, 1, 0, false).isDepthwise(Shape.vector(1))).isFalse();
  }

  @Test
  void pool2d_padding_countsOnBothSides() {
    assertThat(new Pool2d("pool", "in", Pooling.MAX, 3, 2, 1).outputShape(List.of(IN)))
        .isEqualTo(new Shape(6, 4, 4));
    assertThat(new Pool2d("pool", "in", Pooling.MAX, 3, 2).outputShape(List.of(IN)))
        .isEqualTo(new Shape(6, 3, 3));
  }

  @Test
  void pool2d_paddingOverHalfAWindow_isRefused() {
    assertThatThrownBy(() -> new Pool2d("pool", "in", Pooling.MAX, 3, 2, 2))
        .hasMessage(
            "layer pool needs window, stride > 0 and padding of 0 to half a window,"
                + " got window 3, stride 2, padding 2");
  }
}
