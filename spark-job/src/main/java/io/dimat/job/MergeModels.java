package io.dimat.job;

import io.dimat.cli.MergeRequest;
import io.dimat.conf.ConfigException;
import io.dimat.interchange.ClassCount;
import io.dimat.interchange.ModelFile;
import io.dimat.interchange.ModelFileException;
import io.dimat.interchange.ModelReaders;
import io.dimat.interchange.NameMapping;
import io.dimat.interchange.NetworkChoice;
import io.dimat.interchange.TensorFile;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The models of a merge, read from their files.
 *
 * @param files in the order of the command line, all of {@code network}
 * @param weights one per model; they sum to 1
 * @param reference index of the model whose order of units the result has
 * @param names by index, unique
 */
record MergeModels(
    Network network,
    List<ModelFile> files,
    List<Double> weights,
    int reference,
    SortedMap<Integer, String> names) {
  private static final int ANY_CLASSES = 2;
  private static final double TOLERANCE = 1e-9;

  /**
   * Checks what needs no images: weights, reference, and the headers of safetensors files.
   *
   * @throws ConfigException with all that is wrong with weights and reference
   * @throws ModelFileException if a file is missing or breaks its format
   */
  static void requireReadable(MergeRequest request) throws IOException {
    List<String> problems = new ArrayList<>();
    weightProblem(request).ifPresent(problems::add);
    if (reference(request) < 0) {
      problems.add(
          "--reference must be one of the files given by --model, got "
              + request.reference().orElseThrow());
    }
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    for (Path file : request.models()) {
      if (ModelReaders.extension(file).equals(ModelReaders.SAFETENSORS)) {
        TensorFile.open(file).close();
      }
    }
  }

  /**
   * Reads all files of a request that passed {@link #requireReadable}.
   *
   * @param readers by extension
   * @throws ModelFileException if a file breaks its format or holds another network
   */
  static MergeModels read(MergeRequest request, MergeImages images, ModelReaders readers)
      throws IOException {
    NameMapping mapping = request.mapping().map(NameMapping::read).orElseGet(NameMapping::none);
    Optional<Network> wanted = wanted(request, images, mapping);
    List<ModelFile> files = new ArrayList<>();
    for (Path file : request.models()) {
      Optional<Network> first = files.stream().findFirst().map(ModelFile::network);
      files.add(readers.read(file, wanted.or(() -> first), Optional.of(images.shape()), mapping));
    }
    Network network = files.get(0).network();
    requireReads(network, images);
    return new MergeModels(
        network, files, weights(request), reference(request), names(request.models()));
  }

  private static List<Double> weights(MergeRequest request) {
    int models = request.models().size();
    return request.weights().isEmpty()
        ? Collections.nCopies(models, 1.0 / models)
        : request.weights();
  }

  private static Optional<String> weightProblem(MergeRequest request) {
    int models = request.models().size();
    if (request.weights().isEmpty()) {
      return Optional.empty();
    }
    double sum = request.weights().stream().mapToDouble(w -> w).sum();
    if (request.weights().size() != models) {
      return Optional.of(
          "give --weight once for each --model or not at all, got %d weights for %d models"
              .formatted(request.weights().size(), models));
    }
    if (request.weights().stream().anyMatch(w -> !(w >= 0)) || Math.abs(sum - 1) > TOLERANCE) {
      return Optional.of(
          "--weight must be finite, not negative, and sum to 1, got %s, which sum to %s"
              .formatted(request.weights(), sum));
    }
    return Optional.empty();
  }

  /** By place, not by spelling; negative if it is none of the models. */
  private static int reference(MergeRequest request) {
    List<Path> places = request.models().stream().map(MergeModels::place).toList();
    return request.reference().map(file -> places.indexOf(place(file))).orElse(0);
  }

  private static Path place(Path file) {
    return file.toAbsolutePath().normalize();
  }

  /** The network that was asked for; none if a model file has to say. */
  private static Optional<Network> wanted(
      MergeRequest request, MergeImages images, NameMapping mapping) throws IOException {
    if (request.network().isEmpty()) {
      return Optional.empty();
    }
    List<String> sets = MergeChecks.networkSettings(request);
    NetworkChoice choice =
        new NetworkChoice(
            request.network().get(), sets, Optional.of(images.shape()), request.classes());
    Optional<Integer> classes = request.classes().or(images::classes);
    if (classes.isEmpty()) {
      classes = classes(request, choice.network(images.shape(), ANY_CLASSES), mapping);
    }
    Shape shape = images.shape();
    return Optional.of(choice.network(shape, classes.orElse(ANY_CLASSES)));
  }

  private static Optional<Integer> classes(
      MergeRequest request, Network anyClasses, NameMapping mapping) throws IOException {
    for (Path file : request.models()) {
      if (ModelReaders.extension(file).equals(ModelReaders.SAFETENSORS)) {
        return ClassCount.of(file, anyClasses, mapping);
      }
    }
    return Optional.empty();
  }

  private static void requireReads(Network network, MergeImages images) {
    if (!network.inputShape().equals(images.shape())) {
      throw new IllegalArgumentException(
          "%s reads images of %s, those of %s are %s: give other --data"
              .formatted(network.name(), network.inputShape(), images.name(), images.shape()));
    }
    images
        .classes()
        .filter(classes -> classes != network.classes())
        .ifPresent(
            classes -> {
              throw new IllegalArgumentException(
                  "%s tells %d classes apart, %s has %d: give other --data"
                      .formatted(network.name(), network.classes(), images.name(), classes));
            });
  }

  /** File names without their ending; numbered where they repeat. */
  private static SortedMap<Integer, String> names(List<Path> files) {
    List<String> stems =
        files.stream()
            .map(file -> file.getFileName().toString().replaceFirst("\\.[^.]*$", ""))
            .toList();
    SortedMap<Integer, String> names = new TreeMap<>();
    for (int k = 0; k < stems.size(); k++) {
      String stem = stems.get(k);
      boolean unique = stems.stream().filter(stem::equals).count() == 1;
      names.put(k, unique ? stem : "%s (%d)".formatted(stem, k + 1));
    }
    return names;
  }
}
