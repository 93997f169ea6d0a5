package io.dimat.network.zoo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.tensor.ParamSlice;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ZooTest {
  private static final Shape CIFAR = new Shape(3, 32, 32);

  private static ZooOptions options(Shape input, int classes, int width) {
    return new ZooOptions(input, classes, width, Shortcut.CONV3X3);
  }

  @Test
  void names_always_areAlphabetical() {
    assertThat(Zoo.names())
        .containsExactly("cnn", "mlp", "resnet20", "resnet50", "vgg11", "vgg16-bn");
  }

  @Test
  void create_unknownName_listsAllowedNames() {
    assertThatThrownBy(() -> Zoo.create("resnet18", options(CIFAR, 10, 1)))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "network must be one of [cnn, mlp, resnet20, resnet50, vgg11, vgg16-bn], got resnet18");
  }

  @Test
  void options_noWidth_areRefused() {
    assertThatThrownBy(() -> options(CIFAR, 10, 0)).hasMessageContaining("width 0");
    assertThatThrownBy(() -> options(CIFAR, 1, 1)).hasMessageContaining("1 classes");
  }

  @ParameterizedTest
  @ValueSource(strings = {"cnn", "mlp", "resnet20", "resnet50"})
  void create_namesWithoutASmallestSize_readsBothImageSizes(String name) {
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

  @ParameterizedTest
  @CsvSource({
    // torchvision.models.resnet50 has 25,557,032 parameters.
    "resnet50, 224, 1000, 25557032",
    // The 3x3 stem has 3 * 64 * (49 - 9) weights less, the head 990 rows of 2049.
    "resnet50, 32, 10, 23520842",
    "vgg11, 32, 10, 9225610",
    "vgg16-bn, 32, 10, 14728266",
    // Convolutions and norms as above, 14,723,136, and a head of 200 rows of 4 * 512 + 1.
    "vgg16-bn, 64, 200, 15132936"
  })
  void create_publishedNetwork_hasItsNumberOfParameters(
      String name, int side, int classes, int parameters) {
    Network network = Zoo.create(name, options(new Shape(3, side, side), classes, 1));
    assertThat(network.layout().trainableSize()).isEqualTo(parameters);
  }

  @Test
  void resnet50_always_isNamedLikeItsStateDict() {
    Network network = Zoo.create("resnet50", options(CIFAR, 10, 1));
    List<String> names = network.layout().slices().stream().map(ParamSlice::name).toList();
    assertThat(names)
        .startsWith("conv1.weight", "bn1.weight", "bn1.bias", "bn1.running_mean", "bn1.running_var")
        .containsSubsequence(
            "layer1.0.conv1.weight",
            "layer1.0.bn1.running_var",
            "layer1.0.conv2.weight",
            "layer1.0.bn2.bias",
            "layer1.0.conv3.weight",
            "layer1.0.bn3.weight",
            "layer1.0.downsample.0.weight",
            "layer1.0.downsample.1.running_mean",
            "layer1.1.conv1.weight")
        .doesNotContain("layer1.1.downsample.0.weight")
        .endsWith("fc.weight", "fc.bias")
        .hasSize(53 + 53 * 4 + 2);
    assertThat(network.layout().slice("layer2.0.conv2.weight").shape())
        .containsExactly(128, 128, 3, 3);
  }

  @ParameterizedTest
  @CsvSource({"63, 8", "64, 2", "224, 7"})
  void resnet50_smallAndLargeImages_haveTheirOwnStems(int side, int last) {
    Network network = Zoo.create("resnet50", options(new Shape(3, side, side), 10, 1));
    assertThat(network.shape("layer4.2.relu3")).isEqualTo(new Shape(2048, last, last));
    Layer.Conv2d strided = (Layer.Conv2d) network.layer("layer2.0.conv2");
    assertThat(strided.stride()).isEqualTo(2);
  }

  @Test
  void vgg_always_isNamedByPositionInItsSequential() {
    assertThat(convolutions("vgg11")).containsExactly(0, 3, 6, 8, 11, 13, 16, 18);
    assertThat(convolutions("vgg16-bn"))
        .containsExactly(0, 3, 7, 10, 14, 17, 20, 24, 27, 30, 34, 37, 40);
    Network network = Zoo.create("vgg16-bn", options(CIFAR, 10, 2));
    assertThat(network.layout().contains("features.41.running_var")).isTrue();
    assertThat(network.shape("features.43")).isEqualTo(Shape.vector(1024));
    assertThat(network.layout().slice("classifier.weight").shape()).containsExactly(10, 1024);
  }

  private static List<Integer> convolutions(String name) {
    return Zoo.create(name, options(CIFAR, 10, 1)).layers().stream()
        .filter(Layer.Conv2d.class::isInstance)
        .map(layer -> Integer.valueOf(layer.name().substring("features.".length())))
        .toList();
  }

  @Test
  void vgg_imagesTooSmall_areRefused() {
    assertThatThrownBy(() -> Zoo.create("vgg11", options(new Shape(1, 28, 28), 10, 1)))
        .hasMessage("vgg11 halves images five times and needs at least 32x32 pixels, got 1x28x28");
  }
}
