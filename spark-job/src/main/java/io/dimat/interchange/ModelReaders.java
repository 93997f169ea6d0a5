package io.dimat.interchange;

import io.dimat.network.Network;
import io.dimat.network.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/** The kinds of model files that can be read, by the extension of their names. */
public final class ModelReaders {
  /** Extension of safetensors files. */
  public static final String SAFETENSORS = "safetensors";

  private final SortedMap<String, ModelReader> byExtension;

  private ModelReaders(SortedMap<String, ModelReader> byExtension) {
    this.byExtension = byExtension;
  }

  /** Those that need no learning engine: safetensors. */
  public static ModelReaders standard() {
    return new ModelReaders(new TreeMap<>()).with(SAFETENSORS, ModelReaders::safetensors);
  }

  /** These readers and one more; this value is not modified. */
  public ModelReaders with(String extension, ModelReader reader) {
    SortedMap<String, ModelReader> more = new TreeMap<>(byExtension);
    more.put(extension, reader);
    return new ModelReaders(more);
  }

  /** What follows the last dot of the file's name, in lower case; empty if nothing does. */
  public static String extension(Path file) {
    Path last = file.getFileName();
    String name = last == null ? "" : last.toString();
    return name.substring(name.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
  }

  /** Like the other {@code read}, by a caller who does not know the images. */
  public ModelFile read(Path file, Optional<Network> network, NameMapping mapping)
      throws IOException {
    return read(file, network, Optional.empty(), mapping);
  }

  /**
   * Reads a model with the reader of its extension; see {@link ModelReader#read}.
   *
   * @throws ModelFileException also if there is no such reader, or if the file cannot be read
   */
  public ModelFile read(
      Path file, Optional<Network> network, Optional<Shape> images, NameMapping mapping)
      throws IOException {
    ModelReader reader = byExtension.get(extension(file));
    ModelFileException.require(
        reader != null,
        file + ": a model file ends in ." + String.join(" or .", byExtension.keySet()));
    try {
      return reader.read(file, network, images, mapping);
    } catch (ModelFileException e) {
      throw e.in(file);
    }
  }

  private static ModelFile safetensors(
      Path file, Optional<Network> network, Optional<Shape> images, NameMapping mapping)
      throws IOException {
    Network wanted =
        network.orElseThrow(
            () ->
                new ModelFileException(
                    file + ": a safetensors file does not say its layers; give --network"));
    return ModelFile.read(file, wanted, mapping);
  }
}
