package io.dimat.cli;

import io.dimat.interchange.ModelFile;
import io.dimat.interchange.ModelReaders;
import io.dimat.interchange.NameMapping;
import io.dimat.interchange.NetworkChoice;
import io.dimat.interchange.TensorFile;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Zoo;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

/** Explains a network or a model file: what may be permuted, what is tied, and what is fixed. */
final class InspectCommand implements Callable<Integer> {
  private static final String DEFAULT_NETWORK = "cnn";
  private static final Shape DEFAULT_INPUT = new Shape(1, 28, 28);
  private static final int DEFAULT_CLASSES = 10;

  @Parameters(
      index = "0",
      arity = "0..1",
      paramLabel = "MODEL",
      description =
          "Model file, .safetensors or DL4J .zip; it is checked against --network. Without"
              + " --network the tensors of a .safetensors are listed, and a .zip says its layers"
              + " itself.")
  private Optional<Path> model = Optional.empty();

  @Option(
      names = "--network",
      paramLabel = "NAME|FILE",
      completionCandidates = ZooNames.class,
      description =
          "Network of the zoo: ${COMPLETION-CANDIDATES}; or a .conf or .json file that describes one layer"
              + " by layer; default without MODEL: "
              + DEFAULT_NETWORK
              + ".")
  private Optional<String> network = Optional.empty();

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description = "Overrides a key of the network, such as network.width; repeatable.")
  private List<String> sets = new ArrayList<>();

  @Option(
      names = "--width",
      paramLabel = "N",
      description = "Factor on the number of hidden units; key network.width.")
  private Optional<String> width = Optional.empty();

  @Option(
      names = "--shortcut",
      paramLabel = "KIND",
      description = "Shortcut of resnet20, conv3x3 or conv1x1; key network.shortcut.")
  private Optional<String> shortcut = Optional.empty();

  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      converter = ShapeConverter.class,
      description =
          "Shape of an image; default for a network of the zoo: 1x28x28. Most .zip files of"
              + " convolutional networks do not say it.")
  private Optional<Shape> input = Optional.empty();

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Number of classes; default for a network of the zoo: 10.")
  private Optional<Integer> classes = Optional.empty();

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description =
          "Maps the tensor names of MODEL to the network's, for example { \"module.\" = \"\" }.")
  private Optional<Path> mapping = Optional.empty();

  private final PrintStream out;
  private final ModelReaders readers;

  InspectCommand(PrintStream out, ModelReaders readers) {
    this.out = out;
    this.readers = readers;
  }

  /** Names of the zoo, for the help text. */
  static final class ZooNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Zoo.names().iterator();
    }
  }

  @Override
  public Integer call() throws IOException {
    if (model.isEmpty()) {
      new NetworkDescription(out).print(chosen(network.orElse(DEFAULT_NETWORK)));
    } else {
      explain(model.get());
    }
    return ExitCode.DONE.number();
  }

  private void explain(Path file) throws IOException {
    boolean bare = ModelReaders.extension(file).equals(ModelReaders.SAFETENSORS);
    if (bare && network.isEmpty()) {
      try (TensorFile tensors = TensorFile.open(file)) {
        new TensorListing(out).print(file, tensors);
      }
      return;
    }
    NameMapping names = mapping.map(NameMapping::read).orElseGet(NameMapping::none);
    ModelFile read = readers.read(file, network.map(this::chosen), input, names);
    out.println(file + " holds " + read.network().name() + ", all values finite");
    TensorListing.printMetadata(out, read.metadata());
    out.println();
    new NetworkDescription(out).print(read.network());
  }

  private Network chosen(String nameOrFile) {
    List<String> all = new ArrayList<>(sets);
    width.ifPresent(factor -> all.add("network.width=" + factor));
    shortcut.ifPresent(kind -> all.add("network.shortcut=" + kind));
    return new NetworkChoice(nameOrFile, all, input, classes)
        .network(DEFAULT_INPUT, DEFAULT_CLASSES);
  }
}
