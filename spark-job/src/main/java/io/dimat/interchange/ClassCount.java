package io.dimat.interchange;

import io.dimat.network.Network;
import io.dimat.tensor.ParamSlice;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;

/** How many classes a safetensors model was made for, read from its file. */
public final class ClassCount {
  private ClassCount() {}

  /**
   * Rows of the tensor that makes the logits; empty if the file has no tensor of that name, or one
   * that can be no matrix of this format's networks.
   *
   * @param anyClasses the network with any number of classes
   * @throws ModelFileException if the file breaks its format
   */
  public static Optional<Integer> of(Path file, Network anyClasses, NameMapping mapping)
      throws IOException {
    try (TensorFile tensors = TensorFile.open(file)) {
      SortedMap<String, String> inFile = mapping.apply(tensors.tensors().keySet());
      return Optional.ofNullable(inFile.get(logits(anyClasses)))
          .map(name -> tensors.tensors().get(name).shape())
          .filter(shape -> !shape.isEmpty() && shape.get(0) <= TensorFile.MAX_VALUES)
          .map(shape -> shape.get(0).intValue());
    } catch (ModelFileException e) {
      throw e.in(file);
    }
  }

  /** The last matrix of the network. */
  private static String logits(Network network) {
    List<ParamSlice> matrices =
        network.layout().slices().stream().filter(slice -> slice.shape().size() > 1).toList();
    return matrices.get(matrices.size() - 1).name();
  }
}
