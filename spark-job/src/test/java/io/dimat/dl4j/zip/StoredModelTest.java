package io.dimat.dl4j.zip;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.dl4j.Dl4jLearner;
import io.dimat.dl4j.ModelZip;
import io.dimat.interchange.ModelFileException;
import io.dimat.learn.Batch;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.DoubleStream;
import java.util.stream.Stream;
import org.deeplearning4j.nn.conf.ConvolutionMode;
import org.deeplearning4j.nn.conf.layers.ConvolutionLayer;
import org.deeplearning4j.nn.conf.layers.Deconvolution2D;
import org.deeplearning4j.nn.conf.layers.DepthwiseConvolution2D;
import org.deeplearning4j.nn.conf.layers.LocalResponseNormalization;
import org.deeplearning4j.nn.conf.layers.SeparableConvolution2D;
import org.deeplearning4j.nn.conf.layers.SubsamplingLayer;
import org.deeplearning4j.nn.conf.layers.Upsampling2D;
import org.deeplearning4j.nn.graph.ComputationGraph;
import org.deeplearning4j.nn.multilayer.MultiLayerNetwork;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;
import org.nd4j.linalg.activations.Activation;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Networks that users build with DL4J, held against what DL4J itself computes. */
final class StoredModelTest {
  private static final int IMAGES = 6;

  @TempDir private Path folder;

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void read_leNetOnFlatImages_givesDl4jsLogits(DataType type) throws Exception {
    MultiLayerNetwork user = UserNetworks.leNet(type);
    StoredModel read = ModelZip.read(UserNetworks.save(user, file()));
    Network network = read.network();
    assertThat(network.inputShape()).isEqualTo(new Shape(1, 12, 12));
    Batch batch = images(network);
    INDArray input = Nd4j.create(batch.images(), new int[] {IMAGES, 144}, 'c').castTo(type);
    assertSameLogits(read, batch, user.output(input));
    assertThat(read.notes())
        .containsExactly(
            "layer layer4: its dropout, which only acts in training, is left out",
            "layer layer6: its dropout, which only acts in training, is left out");
    user.close();
  }

  @ParameterizedTest
  @EnumSource(names = {"FLOAT", "DOUBLE"})
  void read_residualGraph_givesDl4jsLogits(DataType type) throws Exception {
    ComputationGraph user = UserNetworks.residual(type);
    StoredModel read = ModelZip.read(UserNetworks.save(user, file()), UserNetworks.IMAGE);
    Batch batch = images(read.network());
    INDArray input = Nd4j.create(batch.images(), new int[] {IMAGES, 3, 10, 10}, 'c').castTo(type);
    assertSameLogits(read, batch, user.outputSingle(input));
    user.close();
  }

  @Test
  void read_residualGraph_hasTheGraphsNamesAndConstants() throws Exception {
    ComputationGraph user = UserNetworks.residual(DataType.FLOAT);
    StoredModel read = ModelZip.read(UserNetworks.save(user, file()), UserNetworks.IMAGE);
    Network network = read.network();
    assertThat(network.layers())
        .extracting(Layer::name)
        .containsExactlyInAnyOrder(
            "pictures",
            "z",
            "z.activation",
            "c",
            "n",
            "sum",
            "r",
            "a",
            "a.activation",
            "locked",
            "pool",
            "both",
            "flat.flatten",
            "flat",
            "flat.activation",
            "mean",
            "all",
            "out",
            "out.output");
    assertThat(network.layer("z")).isEqualTo(new Layer.Conv2d("z", "pictures", 4, 3, 1, 1, true));
    Layer.BatchNorm norm = (Layer.BatchNorm) network.layer("n");
    assertThat(norm.epsilon()).isEqualTo(1e-3);
    assertThat(norm.momentum()).isEqualTo(0.2);
    assertThat(read.params().slice("locked.weight")).containsOnly(0.7f);
    assertThat(read.params().slice("locked.bias")).containsOnly(0.2f);
    assertThat(read.notes())
        .containsExactly(
            "vertex locked: its gamma and beta are locked, here they are parameters like others");
    user.close();
  }

  @Test
  void read_halfPrecision_givesTheSameNumbers() throws Exception {
    ComputationGraph user = UserNetworks.residual(DataType.HALF);
    StoredModel read = ModelZip.read(UserNetworks.save(user, file()), UserNetworks.IMAGE);
    for (String name : new String[] {"z.weight", "z.bias", "c.weight", "n.running_mean"}) {
      String vertex = name.substring(0, name.indexOf('.'));
      String theirs =
          Map.of("weight", "W", "bias", "b", "running_mean", "mean")
              .get(name.substring(vertex.length() + 1));
      INDArray expected = user.getLayer(vertex).getParam(theirs).castTo(DataType.FLOAT).dup('c');
      assertThat(read.params().slice(name)).as(name).isEqualTo(expected.data().asFloat());
    }
    user.close();
  }

  @Test
  void read_perceptronOnVectors_flattensImagesOfAsManyValues() throws Exception {
    MultiLayerNetwork user = UserNetworks.perceptron();
    Path saved = UserNetworks.save(user, file());
    assertThat(ModelZip.read(saved).network().inputShape()).isEqualTo(Shape.vector(30));
    StoredModel read = ModelZip.read(saved, new Shape(5, 2, 3));
    Batch batch = images(read.network());
    INDArray input = Nd4j.create(batch.images(), new int[] {IMAGES, 30}, 'c');
    assertSameLogits(read, batch, user.output(input));
    assertRefused(saved, new Shape(5, 2, 2), "the input's shape must be the file's 30, got 5x2x2");
    user.close();
  }

  @Test
  void read_imagesOfUnknownOrOtherSize_areRefused() throws Exception {
    ComputationGraph user = UserNetworks.residual(DataType.FLOAT);
    Path saved = UserNetworks.save(user, file());
    assertThatThrownBy(() -> ModelZip.read(saved))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("give --input CxHxW, or --network");
    assertRefused(
        saved, new Shape(1, 10, 10), "vertex z: nin must be 1, which is what it reads, got 3");
    assertRefused(
        saved,
        new Shape(3, 14, 14),
        "vertex flat: its preprocessor must be for what it reads, got 7x5x5 where it reads 7x7x7");
    user.close();
  }

  static Stream<org.deeplearning4j.nn.conf.layers.Layer> grouped() {
    return Stream.of(
        depthwise(1).build(),
        depthwise(1).convolutionMode(ConvolutionMode.Same).build(),
        depthwise(2).padding(1, 1).stride(2, 2).build(),
        depthwise(3).hasBias(false).build(),
        separable(1).build(),
        separable(1).convolutionMode(ConvolutionMode.Same).build(),
        separable(2).padding(1, 1).stride(2, 2).build(),
        separable(3).hasBias(false).build());
  }

  static Stream<org.deeplearning4j.nn.conf.layers.Layer> paddedPools() {
    return Stream.of(
        padded(SubsamplingLayer.PoolingType.MAX, 3, 2).padding(1, 1).build(),
        padded(SubsamplingLayer.PoolingType.MAX, 2, 1).padding(1, 1).build(),
        padded(SubsamplingLayer.PoolingType.MAX, 3, 1)
            .convolutionMode(ConvolutionMode.Same)
            .build(),
        padded(SubsamplingLayer.PoolingType.AVG, 3, 2).padding(1, 1).build(),
        padded(SubsamplingLayer.PoolingType.AVG, 2, 1).padding(1, 1).build(),
        padded(SubsamplingLayer.PoolingType.AVG, 3, 1)
            .convolutionMode(ConvolutionMode.Same)
            .build());
  }

  private static SubsamplingLayer.Builder padded(
      SubsamplingLayer.PoolingType type, int kernel, int stride) {
    return new SubsamplingLayer.Builder(type)
        .kernelSize(kernel, kernel)
        .stride(stride, stride)
        .avgPoolIncludePadInDivisor(true);
  }

  @ParameterizedTest
  @MethodSource({"grouped", "paddedPools"})
  void read_oneLayer_givesDl4jsLogits(org.deeplearning4j.nn.conf.layers.Layer layer)
      throws Exception {
    ComputationGraph user = UserNetworks.around(layer);
    StoredModel read = ModelZip.read(UserNetworks.save(user, file()), UserNetworks.IMAGE);
    Batch batch = images(read.network());
    INDArray input = Nd4j.create(batch.images(), new int[] {IMAGES, 3, 10, 10}, 'c');
    assertSameLogits(read, batch, user.outputSingle(input));
    user.close();
  }

  @Test
  void read_separableConvolution_isTwoLayers() throws Exception {
    ComputationGraph user = UserNetworks.around(separable(2).build());
    Network network = ModelZip.read(UserNetworks.save(user, file()), UserNetworks.IMAGE).network();
    assertThat(network.layer("odd.depthwise"))
        .isEqualTo(new Layer.Conv2d("odd.depthwise", "in", 6, 3, 1, 0, 3, false));
    assertThat(network.layer("odd"))
        .isEqualTo(new Layer.Conv2d("odd", "odd.depthwise", 4, 1, 1, 0, true));
    user.close();
  }

  @Test
  void read_whatANetworkCannotExpress_isRefusedByName() throws Exception {
    Map<String, org.deeplearning4j.nn.conf.layers.Layer> layers = new TreeMap<>();
    layers.put("Upsampling2D", new Upsampling2D.Builder(2).build());
    layers.put("got ActivationSigmoid", UserNetworks.conv(3, 4, Activation.SIGMOID));
    layers.put("got ActivationSoftmax", UserNetworks.conv(3, 4, Activation.SOFTMAX));
    layers.put("convolutionMode Same must pad", UserNetworks.conv(2, 4, Activation.RELU));
    layers.put("kernelSize must be equal", convolution().kernelSize(3, 1).build());
    layers.put("dilation must be 1", convolution().dilation(2, 2).build());
    layers.put("poolingType must be MAX or AVG", pool(SubsamplingLayer.PoolingType.PNORM, 0));
    layers.put(
        "avgPoolIncludePadInDivisor must be true", pool(SubsamplingLayer.PoolingType.AVG, 1));
    layers.put("LocalResponseNormalization", new LocalResponseNormalization.Builder().build());
    layers.put("Deconvolution2D", new Deconvolution2D.Builder(3, 3).nOut(4).build());
    for (Map.Entry<String, org.deeplearning4j.nn.conf.layers.Layer> layer : layers.entrySet()) {
      ComputationGraph user = UserNetworks.around(layer.getValue());
      assertThatThrownBy(() -> ModelZip.read(UserNetworks.save(user, file()), UserNetworks.IMAGE))
          .isInstanceOf(ModelFileException.class)
          .hasMessageStartingWith("vertex odd: ")
          .hasMessageContaining(layer.getKey());
      user.close();
    }
  }

  private static ConvolutionLayer.Builder convolution() {
    return new ConvolutionLayer.Builder(3, 3)
        .nOut(4)
        .convolutionMode(ConvolutionMode.Truncate)
        .activation(Activation.RELU);
  }

  private static DepthwiseConvolution2D.Builder depthwise(int multiplier) {
    return new DepthwiseConvolution2D.Builder(3, 3)
        .depthMultiplier(multiplier)
        .activation(Activation.TANH);
  }

  private static SeparableConvolution2D.Builder separable(int multiplier) {
    return new SeparableConvolution2D.Builder(3, 3)
        .depthMultiplier(multiplier)
        .nOut(4)
        .activation(Activation.TANH);
  }

  private static SubsamplingLayer pool(SubsamplingLayer.PoolingType type, int padding) {
    return new SubsamplingLayer.Builder(type)
        .kernelSize(2, 2)
        .stride(2, 2)
        .padding(padding, padding)
        .pnorm(2)
        .build();
  }

  private Path file() {
    return folder.resolve("model.zip");
  }

  private static void assertRefused(Path file, Shape input, String message) {
    assertThatThrownBy(() -> ModelZip.read(file, input))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(message);
  }

  private static Batch images(Network network) {
    return new SyntheticImages(network.inputShape(), network.classes(), 0.5, 7).batch(IMAGES, 1);
  }

  /** The log of a softmax differs from the logits by one number per image. */
  private static void assertSameLogits(StoredModel read, Batch batch, INDArray probabilities)
      throws IOException {
    double[] theirs = probabilities.dup('c').data().asDouble();
    double[] logs = DoubleStream.of(theirs).map(Math::log).toArray();
    int classes = read.network().classes();
    try (Dl4jLearner learner = new Dl4jLearner(read.network())) {
      learner.load(read.params());
      float[] logits = learner.logits(batch);
      double[] ours = new double[logits.length];
      for (int i = 0; i < ours.length; i++) {
        ours[i] = logits[i];
      }
      assertThat(centred(ours, classes)).containsExactly(centred(logs, classes), within(1e-4));
    }
  }

  /** Takes every row's mean out. */
  private static double[] centred(double[] values, int columns) {
    double[] centred = values.clone();
    for (int row = 0; row < values.length; row += columns) {
      double mean = DoubleStream.of(values).skip(row).limit(columns).average().orElseThrow();
      for (int c = 0; c < columns; c++) {
        centred[row + c] -= mean;
      }
    }
    return centred;
  }
}
