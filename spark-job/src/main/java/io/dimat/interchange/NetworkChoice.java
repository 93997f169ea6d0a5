package io.dimat.interchange;

import io.dimat.conf.ConfigException;
import io.dimat.conf.ConfigLoader;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Zoo;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * A user's words for a network, as commands take them: {@code --network resnet20 --set
 * network.width=2 --input 3x32x32 --classes 100}, or {@code --network FILE.conf}.
 *
 * @param nameOrFile a name of the {@link Zoo}, or the path of a {@link NetworkFile}: it ends in
 *     {@code .conf} or {@code .json}
 * @param sets {@code network.KEY=VALUE}, later ones win; for names only, because a file says all
 * @param input shape of one image, empty where the data or a default is to say; a file's own shape
 *     must equal it
 * @param classes number of logits, empty where the data or a default is to say; a file's own number
 *     must equal it
 */
public record NetworkChoice(
    String nameOrFile, List<String> sets, Optional<Shape> input, Optional<Integer> classes) {
  public NetworkChoice {
    sets = List.copyOf(sets);
  }

  /**
   * The network that is meant.
   *
   * @param dataInput shape of one image where neither the choice nor a network file says
   * @param dataClasses number of logits, likewise
   * @throws ConfigException with all problems of the options or of the file
   * @throws IllegalArgumentException if there is no such network, or if it does not fit the images
   */
  public Network network(Shape dataInput, int dataClasses) {
    return isFile() ? described() : named(dataInput, dataClasses);
  }

  private boolean isFile() {
    String end = nameOrFile.toLowerCase(Locale.ROOT);
    return end.endsWith(".conf") || end.endsWith(".json");
  }

  private Network named(Shape dataInput, int dataClasses) {
    if (!Zoo.names().contains(nameOrFile)) {
      throw new IllegalArgumentException(
          "network must be one of " + Zoo.names() + " or a file .conf or .json, got " + nameOrFile);
    }
    List<String> all = new ArrayList<>(sets);
    all.add("network.name=" + nameOrFile);
    return ConfigLoader.network(all).create(input.orElse(dataInput), classes.orElse(dataClasses));
  }

  private Network described() {
    Network network = NetworkFile.read(Path.of(nameOrFile));
    List<String> problems = new ArrayList<>();
    if (!sets.isEmpty()) {
      problems.add(nameOrFile + " says everything about its network, leave out --set " + sets);
    }
    input
        .filter(shape -> !shape.equals(network.inputShape()))
        .ifPresent(
            shape ->
                problems.add(
                    nameOrFile + " reads images of " + network.inputShape() + ", not " + shape));
    classes
        .filter(number -> number != network.classes())
        .ifPresent(
            number ->
                problems.add(nameOrFile + " has " + network.classes() + " classes, not " + number));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return network;
  }
}
