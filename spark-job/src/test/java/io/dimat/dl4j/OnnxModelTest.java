package io.dimat.dl4j;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import ai.onnxruntime.OnnxTensor;
import ai.onnxruntime.OrtEnvironment;
import ai.onnxruntime.OrtException;
import ai.onnxruntime.OrtSession;
import io.dimat.align.RandomNetworks;
import io.dimat.learn.Batch;
import io.dimat.learn.RandomParams;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteOrder;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import onnx.Onnx.AttributeProto;
import onnx.Onnx.ModelProto;
import onnx.Onnx.TensorProto;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** onnxruntime, which shares nothing with us but the format, is the judge of what is written. */
final class OnnxModelTest {
  private static final OrtEnvironment RUNTIME = OrtEnvironment.getEnvironment();
  private static final double TOLERANCE = 1e-4;

  static Stream<Network> random() {
    return LongStream.range(0, 150).mapToObj(RandomNetworks::of);
  }

  static Stream<Network> zoo() {
    Shape colour = new Shape(3, 16, 16);
    return Stream.of("cnn", "mlp", "resnet20")
        .flatMap(
            name ->
                Stream.of(Shortcut.values())
                    .map(shortcut -> Zoo.create(name, new ZooOptions(colour, 7, 2, shortcut))));
  }

  /** Vectors read as images and images of one position read as vectors. */
  static Stream<Network> onePosition() {
    return Stream.of(
        new Network(
            "one position",
            List.of(
                new Layer.Input("in", new Shape(3, 1, 1)),
                new Layer.Dense("first", "in", 4, true),
                new Layer.Conv2d("conv", "first", 4, 3, 1, 1, true),
                new Layer.Add("sum", List.of("conv", "first", "conv")),
                new Layer.Concat("both", List.of("sum", "in")),
                new Layer.BatchNorm("bn", "both"),
                new Layer.GlobalAveragePool("mean", "bn"),
                new Layer.Flatten("flat", "mean"),
                new Layer.Output("out", "flat"))));
  }

  @ParameterizedTest
  @MethodSource({
    "random",
    "zoo",
    "onePosition",
    "io.dimat.learn.SmallNetworks#all",
    "io.dimat.dl4j.OddNetworks#odd",
    "io.dimat.learn.NarrowZoo#all"
  })
  void write_runByOnnxruntime_givesTheLearnersLogits(Network network) throws Exception {
    ParamVector params = RandomParams.of(network, 1);
    try (OrtSession session = session(onnx(network, params));
        ReferenceLearner learner = new ReferenceLearner(network)) {
      learner.load(params);
      for (int images : new int[] {1, 5}) {
        Batch batch =
            new SyntheticImages(network.inputShape(), network.classes(), 0.5, 7).batch(images, 1);
        double[] expected = doubles(learner.logits(batch));
        double scale = DoubleStream.of(expected).map(Math::abs).max().orElseThrow();
        assertThat(doubles(run(session, batch)))
            .containsExactly(expected, within(TOLERANCE * scale));
      }
    }
  }

  @Test
  void write_anyModel_namesTensorsAsTheLayoutAndKeepsTheirBits() throws IOException {
    Network network = SmallNetworks.residual();
    ParamVector params = RandomParams.of(network, 2);

    ModelProto model = ModelProto.parseFrom(onnx(network, params));

    List<ParamSlice> slices = network.layout().slices();
    assertThat(model.getGraph().getInitializerList())
        .extracting(TensorProto::getName)
        .containsExactlyElementsOf(slices.stream().map(ParamSlice::name).toList());
    for (int i = 0; i < slices.size(); i++) {
      TensorProto tensor = model.getGraph().getInitializer(i);
      assertThat(tensor.getDimsList().stream().map(Long::intValue).toList())
          .isEqualTo(slices.get(i).shape());
      assertThat(floats(tensor)).isEqualTo(params.slice(tensor.getName()));
    }
  }

  /** What a runtime does on padding and in groups, it does because of these attributes. */
  @Test
  void write_groupsAndPaddedPools_areInTheAttributes() throws IOException {
    Network network =
        new Network(
            "attributes",
            List.of(
                new Layer.Input("in", new Shape(4, 9, 9)),
                new Layer.Conv2d("pairs", "in", 6, 3, 1, 1, 2, false),
                new Layer.Pool2d("max", "pairs", Layer.Pool2d.Pooling.MAX, 3, 2, 1),
                new Layer.Pool2d("mean", "max", Layer.Pool2d.Pooling.AVERAGE, 2, 1, 1),
                new Layer.GlobalAveragePool("pool", "mean"),
                new Layer.Output("out", "pool")));

    ModelProto model = ModelProto.parseFrom(onnx(network, RandomParams.of(network, 1)));

    List<Long> padded = List.of(1L, 1L, 1L, 1L);
    assertThat(attributes(model, "pairs"))
        .containsEntry("group", List.of(2L))
        .containsEntry("pads", padded);
    assertThat(attributes(model, "max"))
        .containsEntry("pads", padded)
        .doesNotContainKey("count_include_pad");
    assertThat(attributes(model, "mean"))
        .containsEntry("pads", padded)
        .containsEntry("count_include_pad", List.of(1L));
  }

  private static Map<String, List<Long>> attributes(ModelProto model, String node) {
    return model.getGraph().getNodeList().stream()
        .filter(n -> n.getName().equals(node))
        .flatMap(n -> n.getAttributeList().stream())
        .collect(
            Collectors.toMap(
                AttributeProto::getName,
                a -> a.getIntsCount() > 0 ? a.getIntsList() : List.of(a.getI())));
  }

  @Test
  void write_metadata_isInTheFileWithVersions() throws IOException, OrtException {
    Network network = SmallNetworks.mlp();
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    Map<String, String> metadata = Map.of("dataset", "none", "rounds", "3");

    OnnxModel.write(network, RandomParams.of(network, 1), metadata, out);

    ModelProto model = ModelProto.parseFrom(out.toByteArray());
    assertThat(model.getIrVersion()).isEqualTo(OnnxModel.IR_VERSION);
    assertThat(model.getOpsetImportList())
        .singleElement()
        .satisfies(set -> assertThat(set.getVersion()).isEqualTo(OnnxModel.OPERATOR_SET));
    try (OrtSession session = session(out.toByteArray())) {
      assertThat(session.getMetadata().getCustomMetadata()).isEqualTo(metadata);
      assertThat(session.getInputNames()).containsExactly(OnnxModel.IMAGES);
      assertThat(session.getOutputNames()).containsExactly(OnnxModel.LOGITS);
    }
  }

  @Test
  void write_parametersOfAnotherNetwork_areRefused() {
    ParamVector foreign = RandomParams.of(SmallNetworks.residual(), 1);
    assertThatThrownBy(() -> onnx(SmallNetworks.mlp(), foreign))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("layout");
  }

  @Test
  void requireFits_moreThanTwoGigabytes_isRefusedWithTheNumbers() {
    Network large =
        new Network(
            "large",
            List.of(
                new Layer.Input("in", new Shape(60_000, 1, 1)),
                new Layer.Dense("head", "in", 10_000, false),
                new Layer.Output("out", "head")));
    assertThatThrownBy(() -> OnnxModel.requireFits(large))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an ONNX file holds at most 2130706431 bytes of parameters, large has 2400000000: take safetensors");
  }

  private static byte[] onnx(Network network, ParamVector params) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    OnnxModel.write(network, params, Map.of(), out);
    return out.toByteArray();
  }

  private static OrtSession session(byte[] model) throws OrtException {
    try (OrtSession.SessionOptions options = new OrtSession.SessionOptions()) {
      options.setIntraOpNumThreads(1);
      return RUNTIME.createSession(model, options);
    }
  }

  private static float[] run(OrtSession session, Batch batch) throws OrtException {
    Shape shape = batch.shape();
    long[] axes = {batch.size(), shape.channels(), shape.height(), shape.width()};
    try (OnnxTensor images =
            OnnxTensor.createTensor(RUNTIME, FloatBuffer.wrap(batch.images()), axes);
        OrtSession.Result result = session.run(Map.of(OnnxModel.IMAGES, images))) {
      float[][] rows = (float[][]) result.get(OnnxModel.LOGITS).orElseThrow().getValue();
      FloatBuffer all = FloatBuffer.allocate(rows.length * rows[0].length);
      Arrays.stream(rows).forEach(all::put);
      return all.array();
    }
  }

  private static float[] floats(TensorProto tensor) {
    float[] values = new float[tensor.getRawData().size() / Float.BYTES];
    tensor
        .getRawData()
        .asReadOnlyByteBuffer()
        .order(ByteOrder.LITTLE_ENDIAN)
        .asFloatBuffer()
        .get(values);
    return values;
  }

  private static double[] doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]).toArray();
  }
}
