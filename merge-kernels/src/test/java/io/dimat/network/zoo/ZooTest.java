package io.dimat.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.tensor.ParamSlice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ZooTest {
  private static final Shape CIFAR = new Shape(3, 32, 32);

  private static ZooOptions options(Shape input, int classes, int width) {
    return new ZooOptions(input, classes, width, Shortcut.CONV3X3);
  }

  @Test
  void names_always_areAlphabetical() {
    assertThat(Zoo.names()).containsExactly("cnn", "mlp", "resnet20");
  }

  @Test
  void create_unknownName_listsAllowedNames() {
    assertThatThrownBy(() -> Zoo.create("resnet18", options(CIFAR, 10, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("network must be one of [cnn, mlp, resnet20], got resnet18");
  }

  @Test
  void options_noWidth_areRefused() {
    assertThatThrownBy(() -> options(CIFAR, 10, 0)).hasMessageContaining("width 0");
    assertThatThrownBy(() -> options(CIFAR, 1, 1)).hasMessageContaining("1 classes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cnn", "mlp", "resnet20"})
  void create_everyName_readsBothImageSizes(String name) {
    for (Shape input : List.of(CIFAR, new Shape(1, 28, 28))) {
      Network network = Zoo.create(name, options(input, 7, 2));
      assertThat(network.name()).isEqualTo(name);
      assertThat(network.inputShape()).isEqualTo(input);
      assertThat(network.classes()).isEqualTo(7);
    }
  }

  @Test
  void resnet20_width1And1x1Shortcut_hasTheParametersOfThePaper() {
    ZooOptions options = new ZooOptions(CIFAR, 10, 1, Shortcut.CONV1X1);
    // 0.27 M with option A; option B adds 16 * 32 + 32 * 64 weights and two batch norms.
    assertThat(Zoo.create("resnet20", options).layout().trainableSize())
        .isEqualTo(269_722 + 16 * 32 + 32 * 64 + 2 * 32 + 2 * 64);
  }

  @Test
  void resnet20_width8And3x3Shortcut_hasTheSizeOfTheOfficialModel() {
    int size = Zoo.create("resnet20", options(CIFAR, 100, 8)).layout().trainableSize();
    assertThat(size).isBetween(18_500_000, 18_700_000);
  }

  @Test
  void resnet20_always_isNamedLikeItsStateDict() {
    Network network = Zoo.create("resnet20", options(CIFAR, 10, 1));
    List<String> names = network.layout().slices().stream().map(ParamSlice::name).toList();
    assertThat(names)
        .startsWith("conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var")
        .contains("layer1.0.conv1.weight", "layer1.0.bn1.running_var")
        .contains("layer2.0.shortcut.0.weight", "layer2.0.shortcut.1.bias")
        .doesNotContain("layer2.0.shortcut.0.bias", "layer1.0.shortcut.0.weight")
        .endsWith("linear.weight", "linear.bias");
    assertThat(network.layout().slice("layer2.0.shortcut.0.weight").shape())
        .containsExactly(32, 16, 3, 3);
    assertThat(network.shape("layer3.2.relu2")).isEqualTo(new Shape(64, 8, 8));
  }
}
