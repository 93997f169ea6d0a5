package io.dimat.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.learn.RandomParams;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ClassCountTest {
  @TempDir Path folder;

  private static Network network(String name, int classes) {
    return Zoo.create(name, new ZooOptions(new Shape(3, 32, 32), classes, 1, Shortcut.CONV3X3));
  }

  @ParameterizedTest
  @ValueSource(strings = {"mlp", "cnn", "resnet20", "vgg11"})
  void of_modelOfTheZoo_isWhatItWasMadeFor(String name) throws IOException {
    Path file = folder.resolve("model.safetensors");
    try (OutputStream out = Files.newOutputStream(file)) {
      SafeTensors.write(RandomParams.of(network(name, 37), 1), Map.of(), out);
    }

    assertThat(ClassCount.of(file, network(name, 2), NameMapping.none())).contains(37);
  }

  @Test
  void of_namesOfOthers_areMapped() throws IOException {
    Path file = write(new RawTensors().floats("module." + logits(), "[3,2]", 1, 2, 3, 4, 5, 6));

    assertThat(ClassCount.of(file, network("mlp", 2), NameMapping.none())).isEmpty();
    assertThat(ClassCount.of(file, network("mlp", 2), NameMapping.of(Map.of("module.", ""))))
        .contains(3);
  }

  @Test
  void of_tensorThatIsNoMatrixOfLogits_saysNothing() throws IOException {
    String logits = logits();
    Path scalar = write(new RawTensors().floats(logits, "[]", 1));
    assertThat(ClassCount.of(scalar, network("mlp", 2), NameMapping.none())).isEmpty();

    Path huge = write(new RawTensors().floats(logits, "[4294967298,0]"));
    assertThat(ClassCount.of(huge, network("mlp", 2), NameMapping.none())).isEmpty();
  }

  @Test
  void of_noSafetensorsFile_isRefusedByName() throws IOException {
    Path file = Files.writeString(folder.resolve("model.safetensors"), "PK");

    assertThatThrownBy(() -> ClassCount.of(file, network("mlp", 2), NameMapping.none()))
        .isInstanceOf(ModelFileException.class)
        .hasMessageStartingWith(file + ": ");
  }

  private static String logits() {
    return network("mlp", 2).layout().slices().stream()
        .filter(slice -> slice.shape().size() > 1)
        .reduce((a, b) -> b)
        .orElseThrow()
        .name();
  }

  private Path write(RawTensors tensors) throws IOException {
    return tensors.write(folder.resolve("model.safetensors"));
  }
}
