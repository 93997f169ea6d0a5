package io.dimat.interchange;

import io.dimat.network.Network;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * A model as a file holds it: a network and its parameters, all finite.
 *
 * @param vector in the network's layout
 * @param metadata what the file says about itself, may be empty; in files of ours the keys named
 *     here and {@code algorithm}, {@code topology}, {@code rounds}, {@code seed}
 */
public record ModelFile(Network network, ParamVector vector, SortedMap<String, String> metadata) {
  /** Metadata key: name of the network. */
  public static final String NETWORK = "network";

  /** Metadata key: name of the dataset that the model was trained on. */
  public static final String DATASET = "dataset";

  /** Metadata key: what was subtracted from every channel of the images. */
  public static final String MEAN = "normalization.mean";

  /** Metadata key: what every channel of the images was divided by. */
  public static final String STANDARD_DEVIATION = "normalization.standard_deviation";

  public ModelFile {
    if (!network.layout().equals(vector.layout())) {
      throw new IllegalArgumentException(
          "a model needs the layout of its network, "
              + network.layout()
              + ", got "
              + vector.layout());
    }
    metadata = Collections.unmodifiableSortedMap(new TreeMap<>(metadata));
  }

  /**
   * Reads the parameters of {@code network} from a safetensors file. Tensors may be F32, F16, BF16
   * or F64; PyTorch's {@code num_batches_tracked} is ignored, any other tensor too many is an
   * error.
   *
   * @param mapping turns the file's names into the network's
   * @throws ModelFileException if the file breaks its format, or holds another network, or numbers
   *     that are not finite as float32
   */
  public static ModelFile read(Path file, Network network, NameMapping mapping) throws IOException {
    try (TensorFile tensors = TensorFile.open(file)) {
      float[] values = read(tensors, slices(tensors, network.layout(), mapping));
      ParamVector vector = ParamVector.of(network.layout(), values);
      requireFinite(vector);
      return new ModelFile(network, vector, tensors.metadata());
    } catch (ModelFileException e) {
      throw e.in(file);
    }
  }

  /**
   * A model from parameters that a file of another kind holds under names of its own.
   *
   * @param stored by the file's names, in the network's element order; not modified
   * @param mapping turns the file's names into the network's
   * @throws ModelFileException if the names, once mapped, or the shapes are not the network's, or
   *     if a number is not finite
   */
  public static ModelFile of(
      Network network, ParamVector stored, NameMapping mapping, Map<String, String> metadata)
      throws ModelFileException {
    List<TensorInfo> tensors = stored.layout().slices().stream().map(ModelFile::tensor).toList();
    float[] values = new float[network.layout().size()];
    LayoutMatch.of(tensors, network.layout(), mapping)
        .forEach(
            (name, tensor) -> {
              ParamSlice target = network.layout().slice(name);
              float[] source = stored.slice(tensor.name());
              System.arraycopy(source, 0, values, target.offset(), target.length());
            });
    ParamVector vector = ParamVector.of(network.layout(), values);
    requireFinite(vector);
    return new ModelFile(network, vector, new TreeMap<>(metadata));
  }

  private static TensorInfo tensor(ParamSlice slice) {
    long begin = (long) Float.BYTES * slice.offset();
    long end = begin + (long) Float.BYTES * slice.length();
    List<Long> shape = slice.shape().stream().map(Integer::longValue).toList();
    return new TensorInfo(slice.name(), Dtype.F32, shape, begin, end);
  }

  /** Where each tensor's values go, by its name in the file. */
  private static SortedMap<String, ParamSlice> slices(
      TensorFile tensors, ParamLayout layout, NameMapping mapping) throws ModelFileException {
    SortedMap<String, ParamSlice> slices = new TreeMap<>();
    LayoutMatch.of(tensors.inFileOrder(), layout, mapping)
        .forEach((name, tensor) -> slices.put(tensor.name(), layout.slice(name)));
    return slices;
  }

  private static float[] read(TensorFile tensors, Map<String, ParamSlice> slices)
      throws IOException {
    float[] values = new float[slices.values().stream().mapToInt(ParamSlice::length).sum()];
    for (TensorInfo tensor : tensors.inFileOrder()) {
      ParamSlice slice = slices.get(tensor.name());
      if (slice != null) {
        tensors.read(tensor, values, slice.offset());
      }
    }
    return values;
  }

  private static void requireFinite(ParamVector vector) throws ModelFileException {
    for (ParamSlice slice : vector.layout().slices()) {
      for (int i = 0; i < slice.length(); i++) {
        float value = (float) vector.at(slice.offset() + i);
        if (!Float.isFinite(value)) {
          throw new ModelFileException(
              slice.name() + " must be finite, value " + i + " is " + value);
        }
      }
    }
  }

  /** What the file says about itself under a key. */
  public Optional<String> says(String key) {
    return Optional.ofNullable(metadata.get(key));
  }
}
