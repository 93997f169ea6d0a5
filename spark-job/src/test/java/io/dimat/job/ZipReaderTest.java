package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.cli.DimatCli;
import io.dimat.cli.ExitCode;
import io.dimat.cli.Surroundings;
import io.dimat.dl4j.ModelZip;
import io.dimat.interchange.ModelFile;
import io.dimat.interchange.ModelFileException;
import io.dimat.interchange.NameMapping;
import io.dimat.learn.RandomParams;
import io.dimat.learn.SmallNetworks;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.tensor.ParamVector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ZipReaderTest {
  private static final Network CONVOLUTIONS = SmallNetworks.depthwise();

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private Path written(Network network) throws IOException {
    Path file = folder.resolve("model.zip");
    try (OutputStream stream = Files.newOutputStream(file)) {
      ModelZip.write(network, RandomParams.of(network, 3), stream);
    }
    return file;
  }

  /** Two dense layers, with names of someone's own; nobody says more than {@code prefix}. */
  private static Network perceptron(String prefix, int hidden) {
    return new Network(
        "perceptron",
        List.of(
            new Layer.Input("in", Shape.vector(4)),
            new Layer.Dense(prefix + "first", "in", hidden, true),
            new Layer.Activation("act", prefix + "first", Layer.Activation.Function.TANH),
            new Layer.Dense(prefix + "second", "act", 3, false),
            new Layer.Output("out", prefix + "second")));
  }

  private static ModelFile read(Path file, Optional<Network> network, Map<String, String> rules)
      throws IOException {
    return DimatJob.MODEL_READERS.read(file, network, NameMapping.of(rules));
  }

  @Test
  void read_withoutNetwork_isTheFilesOwn() throws IOException {
    Path file = written(CONVOLUTIONS);

    ModelFile model =
        DimatJob.MODEL_READERS.read(
            file, Optional.empty(), Optional.of(CONVOLUTIONS.inputShape()), NameMapping.none());

    assertThat(model.network().layers()).isEqualTo(CONVOLUTIONS.layers());
    assertThat(model.vector()).isEqualTo(RandomParams.of(CONVOLUTIONS, 3));
    assertThat(model.metadata()).isEmpty();
  }

  @Test
  void read_withNetwork_hasItsShapeAndItsParameters() throws IOException {
    ModelFile model = read(written(CONVOLUTIONS), Optional.of(CONVOLUTIONS), Map.of());

    assertThat(model.network()).isSameAs(CONVOLUTIONS);
    assertThat(model.vector()).isEqualTo(RandomParams.of(CONVOLUTIONS, 3));
  }

  @Test
  void read_otherNames_areMappedToTheNetworks() throws IOException {
    Path file = written(perceptron("theirs.", 5));
    ParamVector stored = RandomParams.of(perceptron("theirs.", 5), 3);
    Network ours = perceptron("", 5);

    ParamVector mapped = read(file, Optional.of(ours), Map.of("theirs.", "")).vector();

    assertThat(mapped.layout()).isEqualTo(ours.layout());
    assertThat(mapped.slice("first.weight")).isEqualTo(stored.slice("theirs.first.weight"));
    assertThat(mapped.slice("second.weight")).isEqualTo(stored.slice("theirs.second.weight"));
    assertThatThrownBy(() -> read(file, Optional.of(ours), Map.of()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(file + ": the network needs first.bias, ")
        .hasMessageContaining("a mapping file with { \"theirs.\" = \"\" } makes the names fit");
  }

  @Test
  void read_otherShapes_areRefused() throws IOException {
    Path file = written(perceptron("", 5));
    assertThatThrownBy(() -> read(file, Optional.of(perceptron("", 6)), Map.of()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(file + ": first.weight must have shape [6, 4], got [5, 4]");
  }

  @Test
  void inspect_zip_explainsItsNetwork() throws IOException {
    assertThat(inspect(written(CONVOLUTIONS), "--input=2x6x5")).isEqualTo(ExitCode.DONE);
    assertThat(out.toString(StandardCharsets.UTF_8))
        .contains("holds dl4j, all values finite", "dl4j on 2x6x5 images, 3 classes", "expand");
  }

  @Test
  void inspect_zipWithoutShape_saysWhatToGive() throws IOException {
    Path file = written(CONVOLUTIONS);
    assertThat(inspect(file)).isEqualTo(ExitCode.BAD_INPUT);
    assertProblem(
        file
            + ": the file does not hold the height and width of its images: give --input CxHxW,"
            + " or --network");
  }

  @Test
  void inspect_noSuchZip_isBadInputInOneLine() {
    Path file = folder.resolve("none.zip");
    assertThat(inspect(file)).isEqualTo(ExitCode.BAD_INPUT);
    assertProblem(file + ": there is no such file, or it may not be read");
  }

  private void assertProblem(String line) {
    assertThat(err.toString(StandardCharsets.UTF_8).lines()).containsExactly("dimat: " + line);
  }

  private ExitCode inspect(Path file, String... options) {
    Surroundings around =
        new Surroundings(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Properties());
    String[] arguments = new String[options.length + 2];
    arguments[0] = "inspect";
    arguments[1] = file.toString();
    System.arraycopy(options, 0, arguments, 2, options.length);
    return new DimatCli(around, new JobCommands(), List.of(), DimatJob.MODEL_READERS)
        .run(arguments);
  }
}
