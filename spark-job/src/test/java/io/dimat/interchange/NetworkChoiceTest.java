package io.dimat.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.conf.ConfigException;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NetworkChoiceTest {
  private static final Shape SMALL = new Shape(1, 8, 8);

  @TempDir private Path folder;

  @Test
  void network_name_takesKeysAndWhatTheDataSay() {
    Network network =
        named("resnet20", "network.width=2", "network.shortcut=conv1x1").network(SMALL, 7);

    assertThat(network)
        .isEqualTo(Zoo.create("resnet20", new ZooOptions(SMALL, 7, 2, Shortcut.CONV1X1)));
  }

  @Test
  void network_nameWithShape_goesBeforeTheData() {
    Network network =
        new NetworkChoice("mlp", List.of(), Optional.of(new Shape(3, 4, 4)), Optional.of(5))
            .network(SMALL, 7);

    assertThat(network.inputShape()).isEqualTo(new Shape(3, 4, 4));
    assertThat(network.classes()).isEqualTo(5);
  }

  @Test
  void network_wrongKeys_areReportedTogether() {
    assertThatThrownBy(
            () -> named("cnn", "network.width=0", "train.batch=3", "x").network(SMALL, 2))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "network.width must be an integer, from 1 to 64, got 0",
            "train.batch is not read here; the keys are network.name, network.width, network.shortcut",
            "--set needs key=value, got x");
  }

  @Test
  void network_file_saysEverythingItself() throws IOException {
    Network small = Zoo.create("mlp", new ZooOptions(SMALL, 3, 1, Shortcut.CONV3X3));
    String file = Files.writeString(folder.resolve("n.json"), NetworkFile.write(small)).toString();

    assertThat(named(file).network(new Shape(3, 9, 9), 99)).isEqualTo(small);
    assertThatThrownBy(
            () ->
                new NetworkChoice(
                        file,
                        List.of("network.width=2"),
                        Optional.of(new Shape(3, 1, 1)),
                        Optional.of(4))
                    .network(SMALL, 3))
        .isInstanceOf(ConfigException.class)
        .hasMessageContainingAll(
            "leave out --set", "reads images of 1x8x8, not 3", "has 3 classes, not 4");
  }

  @Test
  void network_unknownName_listsNames() {
    assertThatThrownBy(() -> named("vgg").network(SMALL, 3))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("or a file .conf or .json, got vgg");
  }

  private static NetworkChoice named(String name, String... sets) {
    return new NetworkChoice(name, List.of(sets), Optional.empty(), Optional.empty());
  }
}
