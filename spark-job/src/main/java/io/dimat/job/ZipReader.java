package io.dimat.job;

import io.dimat.dl4j.zip.StoredModel;
import io.dimat.interchange.ModelFile;
import io.dimat.interchange.ModelFileException;
import io.dimat.interchange.ModelReader;
import io.dimat.interchange.NameMapping;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * DL4J's zips as model files. Such a file says its layers itself. A network that is asked for takes
 * their place: parameters are then matched by name and shape alone, as for safetensors, and
 * whatever has none (activations, strides, pools) is the wanted network's.
 */
final class ZipReader implements ModelReader {
  static final String EXTENSION = "zip";

  /** Metadata key: what is otherwise in the network than in DL4J. */
  static final String NOTES = "notes";

  @Override
  public ModelFile read(
      Path file, Optional<Network> network, Optional<Shape> images, NameMapping mapping)
      throws IOException {
    if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
      throw new ModelFileException(file + ": there is no such file, or it may not be read");
    }
    StoredModel stored = StoredModel.read(file, network.map(Network::inputShape).or(() -> images));
    return ModelFile.of(
        network.orElse(stored.network()), stored.params(), mapping, metadata(stored.notes()));
  }

  private static Map<String, String> metadata(List<String> notes) {
    return notes.isEmpty() ? Map.of() : Map.of(NOTES, String.join("; ", notes));
  }
}
