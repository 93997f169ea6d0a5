package io.dimat.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.learn.RandomParams;
import io.dimat.learn.SmallNetworks;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ModelFileTest {
  private static final Network NETWORK = SmallNetworks.residual();

  @TempDir private Path folder;
  private Path file;

  @BeforeEach
  void nameFile() {
    file = folder.resolve("m.safetensors");
  }

  static Stream<Network> networks() {
    return SmallNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void read_whatWasWritten_isEqual(Network network) throws IOException {
    ParamVector vector = RandomParams.of(network, 3);
    try (OutputStream out = Files.newOutputStream(file)) {
      SafeTensors.write(vector, Map.of(ModelFile.NETWORK, "x"), out);
    }

    ModelFile model = ModelFile.read(file, network, NameMapping.none());

    assertThat(model.vector()).isEqualTo(vector);
    assertThat(model.says(ModelFile.NETWORK)).contains("x");
    assertThat(model.says(ModelFile.DATASET)).isEmpty();
    assertThat(ModelReaders.standard().read(file, Optional.of(network), NameMapping.none()))
        .isEqualTo(model);
  }

  @Test
  void read_countersOfBatchNorm_areIgnored() throws IOException {
    tensors(name -> name)
        .longs("bn1.num_batches_tracked", "[]", 12)
        .longs("num_batches_tracked", "[1]", 12)
        .write(file);

    assertThat(read(NameMapping.none()).vector()).isEqualTo(ones());
  }

  @Test
  void read_prefixOfDataParallel_namesTheMappingThatHelps() throws IOException {
    tensors(name -> "module." + name).longs("module.bn.num_batches_tracked", "[]", 1).write(file);

    assertThatThrownBy(() -> read(NameMapping.none()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("a mapping file with { \"module.\" = \"\" } makes the names fit");
    assertThat(read(NameMapping.of(Map.of("module.", ""))).vector()).isEqualTo(ones());
  }

  @Test
  void read_prefixMissing_namesTheMappingThatHelps() throws IOException {
    Network network =
        new Network(
            "wrapped",
            List.of(
                new Layer.Input("in", Shape.vector(2)),
                new Layer.Dense("net.fc", "in", 2, true),
                new Layer.Output("out", "net.fc")));
    new RawTensors()
        .floats("fc.weight", "[2,2]", 1, 2, 3, 4)
        .floats("fc.bias", "[2]", 5, 6)
        .write(file);

    assertThatThrownBy(() -> ModelFile.read(file, network, NameMapping.none()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("{ \"\" = \"net.\" } makes the names fit");
    NameMapping mapping = NameMapping.of(Map.of("", "net."));
    assertThat(ModelFile.read(file, network, mapping).vector().toArray())
        .containsExactly(1, 2, 3, 4, 5, 6);
  }

  @Test
  void read_extraAndMissing_namesUpToFiveOfEach() throws IOException {
    RawTensors raw = new RawTensors();
    for (int i = 0; i < 7; i++) {
      raw.floats("extra" + i, "[1]", 1f);
    }
    raw.write(file);

    assertThatThrownBy(() -> read(NameMapping.none()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("the network needs ")
        .hasMessageContaining("extra0, extra1, extra2, extra3, extra4 and 2 more")
        .hasMessageNotContaining("mapping");
  }

  @Test
  void read_otherShape_showsBoth() throws IOException {
    RawTensors raw = new RawTensors();
    for (ParamSlice slice : NETWORK.layout().slices()) {
      raw.floats(slice.name(), "[" + slice.length() + ",1,1]", values(slice, 1f));
    }
    raw.write(file);
    ParamSlice first = NETWORK.layout().slices().get(0);

    assertThatThrownBy(() -> read(NameMapping.none()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(
            "%s must have shape %s, got [%d, 1, 1]; "
                .formatted(first.name(), first.shape(), first.length()));
  }

  @Test
  void read_notFinite_namesTensorAndPlace() throws IOException {
    ParamSlice first = NETWORK.layout().slices().get(0);
    RawTensors raw = new RawTensors();
    NETWORK
        .layout()
        .slices()
        .forEach(s -> raw.floats(s.name(), s.shape().toString(), values(s, Float.NaN)));
    raw.write(file);

    assertThatThrownBy(() -> read(NameMapping.none()))
        .isInstanceOf(ModelFileException.class)
        .hasMessage(file + ": " + first.name() + " must be finite, value 0 is NaN");
  }

  @Test
  void readers_unknownExtensionOrNoNetwork_namesTheRule() {
    ModelReaders readers = ModelReaders.standard();
    assertThatThrownBy(
            () -> readers.read(Path.of("a.pt"), Optional.of(NETWORK), NameMapping.none()))
        .isInstanceOf(ModelFileException.class)
        .hasMessage("a.pt: a model file ends in .safetensors");
    assertThatThrownBy(() -> readers.read(file, Optional.empty(), NameMapping.none()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("does not say its layers; give --network");
  }

  @Test
  void readers_withAnother_findItByExtension() throws IOException {
    ModelFile model = new ModelFile(NETWORK, ones(), new TreeMap<>());
    ModelReaders readers =
        ModelReaders.standard().with("zip", (path, network, images, names) -> model);

    assertThat(readers.read(Path.of("A.ZIP"), Optional.empty(), NameMapping.none()))
        .isSameAs(model);
  }

  private ModelFile read(NameMapping mapping) throws IOException {
    return ModelFile.read(file, NETWORK, mapping);
  }

  private static ParamVector ones() {
    float[] ones = new float[NETWORK.layout().size()];
    Arrays.fill(ones, 1f);
    return ParamVector.of(NETWORK.layout(), ones);
  }

  private static RawTensors tensors(UnaryOperator<String> rename) {
    RawTensors raw = new RawTensors();
    NETWORK
        .layout()
        .slices()
        .forEach(s -> raw.floats(rename.apply(s.name()), s.shape().toString(), values(s, 1f)));
    return raw;
  }

  private static float[] values(ParamSlice slice, float value) {
    float[] values = new float[slice.length()];
    Arrays.fill(values, value);
    return values;
  }
}
