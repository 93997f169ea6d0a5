package io.dimat.interchange;

import io.dimat.network.Network;
import io.dimat.network.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Optional;

/** Reads model files of one kind; {@link ModelReaders} finds it by the file's extension. */
@FunctionalInterface
public interface ModelReader {
  /**
   * Reads a model.
   *
   * @param network what the file should hold; empty if the file itself must say
   * @param images shape of one image, for files that say their layers but not that; empty if the
   *     caller does not know either
   * @param mapping turns the file's names into the network's
   * @throws ModelFileException if the file breaks its format or holds another network, or if it
   *     does not say which network it holds and was to say
   */
  ModelFile read(Path file, Optional<Network> network, Optional<Shape> images, NameMapping mapping)
      throws IOException;
}
