package io.dimat.learn.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Forward passes against their definitions; the gradients are held by finite differences. */
class PassesTest {
  private static final double[] NO_PARAMS = {};

  /** The features of {@code middle} for the images {@code pixels}. */
  private static double[] features(
      Shape shape, List<Layer> middle, double[] params, double[] pixels, int images, Mode mode) {
    String last = middle.get(middle.size() - 1).name();
    return new Passes(network(shape, middle)).forward(params, pixels, images, mode).of(last);
  }

  private static Network network(Shape shape, List<Layer> middle) {
    List<Layer> layers = new ArrayList<>(List.of(new Layer.Input("in", shape)));
    layers.addAll(middle);
    layers.add(new Layer.GlobalAveragePool("pool", middle.get(middle.size() - 1).name()));
    layers.add(new Layer.Output("out", "pool"));
    return new Network("test", layers);
  }

  private static double[] wave(int size, double frequency) {
    double[] values = new double[size];
    Arrays.setAll(values, i -> Math.sin(frequency * i + 1));
    return values;
  }

  @ParameterizedTest
  @CsvSource({
    "7, 6, 3, 1, 1, 1",
    "7, 6, 3, 2, 1, 1",
    "8, 5, 3, 2, 0, 1",
    "5, 9, 5, 3, 2, 1",
    "4, 4, 1, 2, 0, 1",
    "2, 3, 3, 1, 2, 1",
    "1, 1, 3, 1, 1, 1",
    "7, 6, 3, 2, 1, 2",
    "4, 5, 3, 1, 1, 3"
  })
  void conv2d_anyGeometry_followsItsDefinition(
      int height, int width, int kernel, int stride, int padding, int groups) {
    Shape in = new Shape(2 * groups, height, width);
    Layer.Conv2d conv =
        new Layer.Conv2d("conv", "in", 3 * groups, kernel, stride, padding, groups, true);
    Shape out = conv.outputShape(List.of(in));
    double[] params = wave(3 * groups * (2 * kernel * kernel + 1), 0.7);
    double[] pixels = wave(2 * in.size(), 0.3);
    double[] got = features(in, List.of(conv), params, pixels, 2, Mode.EVALUATION);
    assertThat(got).hasSize(2 * out.size());
    for (int i = 0; i < got.length; i++) {
      assertThat(got[i]).isCloseTo(convolved(conv, in, out, params, pixels, i), within(1e-12));
    }
  }

  private static double convolved(
      Layer.Conv2d conv, Shape in, Shape out, double[] params, double[] pixels, int index) {
    int image = index / out.size();
    int o = index / out.positions() % out.channels();
    int kernel = conv.kernel();
    int inputs = in.channels() / conv.groups();
    int first = o * conv.groups() / out.channels() * inputs;
    double sum = params[out.channels() * inputs * kernel * kernel + o];
    for (int i = 0; i < inputs; i++) {
      for (int k = 0; k < kernel * kernel; k++) {
        int row = index / out.width() % out.height() * conv.stride() + k / kernel - conv.padding();
        int column = index % out.width() * conv.stride() + k % kernel - conv.padding();
        if (row >= 0 && row < in.height() && column >= 0 && column < in.width()) {
          sum +=
              params[(o * inputs + i) * kernel * kernel + k]
                  * pixels[
                      ((image * in.channels() + first + i) * in.height() + row) * in.width()
                          + column];
        }
      }
    }
    return sum;
  }

  @Test
  void batchNorm_evaluation_usesTheRunningStatistics() {
    double[] params = {2, 10, 3, 4}; // scale, shift, mean, variance
    double[] got =
        features(
            new Shape(1, 1, 2),
            List.of(new Layer.BatchNorm("bn", "in", 1e-9, 0.1)),
            params,
            new double[] {3, 5},
            1,
            Mode.EVALUATION);
    assertThat(got).containsExactly(new double[] {10, 12}, within(1e-8));
  }

  @Test
  void batchNorm_training_usesTheBatchsBiasedVariance() {
    double[] params = {2, 10, 3, 4};
    double[] got =
        features(
            new Shape(1, 1, 2),
            List.of(new Layer.BatchNorm("bn", "in", 1e-9, 0.1)),
            params,
            new double[] {1, 3, 5, 7}, // mean 4, biased variance 5
            2,
            Mode.TRAINING);
    double unit = 2 / Math.sqrt(5);
    assertThat(got)
        .containsExactly(
            new double[] {10 - 3 * unit, 10 - unit, 10 + unit, 10 + 3 * unit}, within(1e-8));
  }

  @Test
  void moveStatistics_batch_entersWithItsUnbiasedVariance() {
    Network network =
        network(new Shape(1, 1, 2), List.of(new Layer.BatchNorm("bn", "in", 1e-9, 0.1)));
    Passes passes = new Passes(network);
    double[] params = {2, 10, 3, 4};
    double[] pixels = {1, 3, 5, 7}; // mean 4, unbiased variance 20 / 3
    Passes.Features features = passes.forward(params, pixels, 2, Mode.TRAINING);
    passes.moveStatistics(params, features, momentum -> momentum);
    assertThat(params)
        .containsExactly(new double[] {2, 10, 3.1, 4 + 0.1 * (20.0 / 3 - 4)}, within(1e-12));
  }

  @Test
  void moveStatistics_singleValue_hasVarianceZero() {
    Passes passes =
        new Passes(network(Shape.vector(1), List.of(new Layer.BatchNorm("bn", "in", 1e-9, 0.1))));
    double[] params = {2, 10, 3, 4};
    Passes.Features features = passes.forward(params, new double[] {8}, 1, Mode.TRAINING);
    passes.moveStatistics(params, features, momentum -> 1);
    assertThat(params).containsExactly(2, 10, 8, 0);
    assertThat(features.of("bn")).containsExactly(10);
  }

  @Test
  void pools_windowsThatDoNotFit_areDropped() {
    Shape in = new Shape(1, 3, 3);
    double[] pixels = {1, 2, 9, 4, 3, 9, 9, 9, 9};
    Layer max = new Layer.Pool2d("max", "in", Layer.Pool2d.Pooling.MAX, 2, 2);
    Layer mean = new Layer.Pool2d("mean", "in", Layer.Pool2d.Pooling.AVERAGE, 2, 2);
    assertThat(features(in, List.of(max), NO_PARAMS, pixels, 1, Mode.EVALUATION))
        .containsExactly(4);
    assertThat(features(in, List.of(mean), NO_PARAMS, pixels, 1, Mode.EVALUATION))
        .containsExactly(2.5);
  }

  @Test
  void pools_padding_isIgnoredByTheMaximumAndZeroInTheMean() {
    Shape in = new Shape(1, 2, 3);
    double[] pixels = {-1, -2, -3, -4, -5, -9};
    Layer max = new Layer.Pool2d("max", "in", Layer.Pool2d.Pooling.MAX, 2, 2, 1);
    Layer mean = new Layer.Pool2d("mean", "in", Layer.Pool2d.Pooling.AVERAGE, 2, 2, 1);
    assertThat(features(in, List.of(max), NO_PARAMS, pixels, 1, Mode.EVALUATION))
        .containsExactly(-1, -2, -4, -5);
    assertThat(features(in, List.of(mean), NO_PARAMS, pixels, 1, Mode.EVALUATION))
        .containsExactly(-.25, -1.25, -1, -3.5);
  }

  @Test
  void maximumPool_notANumber_isPassedOn() {
    Layer max = new Layer.Pool2d("max", "in", Layer.Pool2d.Pooling.MAX, 2, 2);
    double[] pixels = {1, Double.NaN, 9, 4};
    assertThat(features(new Shape(1, 2, 2), List.of(max), NO_PARAMS, pixels, 1, Mode.EVALUATION))
        .containsExactly(Double.NaN);
  }

  @Test
  void globalAveragePool_isTheMeanOfEachChannel() {
    Layer pool = new Layer.GlobalAveragePool("mean", "in");
    double[] pixels = {1, 2, 3, 4, 5, 15};
    assertThat(features(new Shape(2, 1, 3), List.of(pool), NO_PARAMS, pixels, 1, Mode.TRAINING))
        .containsExactly(2, 8);
  }

  @Test
  void concatAndAdd_keepImagesApart() {
    Shape in = new Shape(2, 1, 1);
    Layer sum = new Layer.Add("sum", List.of("in", "in"));
    Layer both = new Layer.Concat("both", List.of("in", "sum"));
    double[] pixels = {1, 2, 3, 4};
    assertThat(features(in, List.of(sum, both), NO_PARAMS, pixels, 2, Mode.EVALUATION))
        .containsExactly(1, 2, 2, 4, 3, 4, 6, 8);
  }

  @Test
  void crossEntropy_equalLogits_isTheLogarithmOfTheClasses() {
    assertThat(CrossEntropy.sum(new double[8], new int[] {0, 3}, 4))
        .isCloseTo(2 * Math.log(4), within(1e-12));
    assertThat(CrossEntropy.meanSlopes(new double[8], new int[] {0, 3}, 4))
        .containsExactly(
            new double[] {-.375, .125, .125, .125, .125, .125, .125, -.375}, within(1e-12));
  }

  @Test
  void crossEntropy_largeLogits_doesNotOverflow() {
    assertThat(CrossEntropy.sum(new double[] {1e6, 0}, new int[] {1}, 2)).isEqualTo(1e6);
  }

  @Test
  void crossEntropy_labelWithoutALogit_isRefused() {
    assertThatThrownBy(() -> CrossEntropy.sum(new double[2], new int[] {-1}, 2))
        .hasMessage("labels of 2 classes are 0 to 1, got -1");
  }
}
