package io.dimat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.align.Alignment;
import io.dimat.align.Permutation;
import io.dimat.align.PermutationGroup;
import io.dimat.align.PermutationSpec;
import io.dimat.align.RandomNetworks;
import io.dimat.interchange.ModelReaders;
import io.dimat.interchange.NetworkFile;
import io.dimat.interchange.SafeTensors;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.tensor.ParamVector;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class InspectCommandTest {
  private static final Network RESNET =
      Zoo.create("resnet20", new ZooOptions(new Shape(3, 8, 8), 10, 1, Shortcut.CONV1X1));

  @TempDir private Path folder;

  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();

  private ExitCode inspect(String... arguments) {
    List<String> all = new ArrayList<>(List.of("inspect"));
    all.addAll(List.of(arguments));
    Surroundings around =
        new Surroundings(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            new Properties());
    return new DimatCli(around, new RecordingCommands(), List.of(), ModelReaders.standard())
        .run(all.toArray(String[]::new));
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private String err() {
    return err.toString(StandardCharsets.UTF_8);
  }

  private String model() throws IOException {
    Path file = folder.resolve("m.safetensors");
    try (OutputStream stream = Files.newOutputStream(file)) {
      SafeTensors.write(
          ParamVector.zeros(RESNET.layout()), Map.of("network", "resnet20", "seed", "3"), stream);
    }
    return file.toString();
  }

  @Test
  void inspect_zooWithKeysOrOptions_isTheSame() {
    assertThat(inspect("--network=cnn", "--set", "network.width=2")).isEqualTo(ExitCode.DONE);
    String keys = out();
    out.reset();
    inspect("--network=cnn", "--width=2");
    assertThat(out()).isEqualTo(keys).contains("cnn on 1x28x28 images, 10 classes");
  }

  @Test
  void inspect_networkFile_isExplained() throws IOException {
    Path file = Files.writeString(folder.resolve("n.conf"), NetworkFile.write(RESNET));
    assertThat(inspect("--network", file.toString())).isEqualTo(ExitCode.DONE);
    assertThat(out())
        .contains("resnet20 on 3x8x8 images", "12 permutation groups", "they are the logits");
  }

  @Test
  void inspect_modelAlone_listsTensorsAndMetadata() throws IOException {
    assertThat(inspect(model())).isEqualTo(ExitCode.DONE);
    assertThat(out())
        .contains("tensors, ", "conv1.weight", "F32   [16, 3, 3, 3]", "seed = 3")
        .contains("it holds resnet20 of the zoo: add --network resnet20");
  }

  @Test
  void inspect_modelWithNetwork_isCheckedAndExplained() throws IOException {
    ExitCode code =
        inspect(model(), "--network=resnet20", "--set=network.shortcut=conv1x1", "--input=3x8x8");
    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(out())
        .contains("holds resnet20, all values finite", "seed = 3", "12 permutation groups");
  }

  @Test
  void inspect_modelOfAnotherNetwork_isBadInputInOneLine() throws IOException {
    assertThat(inspect(model(), "--network=resnet20", "--input=3x8x8"))
        .isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err().lines())
        .singleElement()
        .asString()
        .contains("layer2.0.shortcut.0.weight must have shape [32, 16, 3, 3], got [32, 16, 1, 1]");
  }

  @ParameterizedTest
  @ValueSource(strings = {"none.safetensors", "none.zip", "none", "none.safetensors --network=cnn"})
  void inspect_missingFile_isBadInputInOneLine(String line) {
    assertThat(inspect(line.split(" "))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err().lines()).singleElement().asString().startsWith("dimat: none");
  }

  /** Values that a permutation without fixed points moves are at most those that follow it. */
  @Test
  void moved_randomNetworks_countsWhatAPermutationGathers() {
    for (long seed = 0; seed < 60; seed++) {
      Network network = RandomNetworks.of(seed);
      PermutationSpec spec = PermutationSpec.of(network);
      for (PermutationGroup group : spec.groups()) {
        assertThat(NetworkDescription.moved(group, spec.layout()))
            .as("seed %d group %s", seed, group.name())
            .isEqualTo(gathered(spec, group));
      }
    }
  }

  /** Rotates the group's units over a vector of distinct values and counts what changed. */
  private static long gathered(PermutationSpec spec, PermutationGroup rotated) {
    List<Permutation> permutations = new ArrayList<>();
    for (PermutationGroup group : spec.groups()) {
      int[] order = new int[group.size()];
      for (int i = 0; i < order.length; i++) {
        order[i] = group.index() == rotated.index() ? (i + 1) % order.length : i;
      }
      permutations.add(Permutation.of(order));
    }
    float[] values = new float[spec.layout().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = i;
    }
    ParamVector before = ParamVector.of(spec.layout(), values);
    ParamVector after = spec.apply(new Alignment(permutations), before);
    long changed = 0;
    for (int i = 0; i < values.length; i++) {
      changed += (float) after.at(i) == values[i] ? 0 : 1;
    }
    return changed;
  }
}
