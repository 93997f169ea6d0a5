package io.dimat.bench;

import io.dimat.interchange.SafeTensors;
import io.dimat.learn.RandomParams;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/**
 * Writes two untrained models of a network, to try what merging large files costs. Arguments:
 * network of the zoo, folder.
 */
public final class RandomModels {
  private RandomModels() {}

  public static void main(String[] args) throws IOException {
    Network network =
        Zoo.create(args[0], new ZooOptions(new Shape(3, 32, 32), 100, 1, Shortcut.CONV3X3));
    Path folder = Files.createDirectories(Path.of(args[1]));
    for (int k = 0; k < 2; k++) {
      Path file = folder.resolve("%s-%d.safetensors".formatted(args[0], k));
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(file))) {
        SafeTensors.write(RandomParams.of(network, k), Map.of("network", network.name()), out);
      }
    }
  }
}
