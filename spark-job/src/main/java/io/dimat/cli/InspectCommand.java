package io.dimat.cli;

import io.dimat.align.PermutationGroup;
import io.dimat.align.PermutationSpec;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import java.io.PrintStream;
import java.util.Iterator;
import java.util.Locale;
import java.util.concurrent.Callable;
import picocli.CommandLine.ITypeConverter;
import picocli.CommandLine.Option;
import picocli.CommandLine.TypeConversionException;

/** Prints what of a network may be permuted, what is tied, and what is fixed. */
final class InspectCommand implements Callable<Integer> {
  @Option(
      names = "--network",
      paramLabel = "NAME",
      defaultValue = "cnn",
      completionCandidates = ZooNames.class,
      description = "Network of the zoo: ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private String network;

  @Option(
      names = "--width",
      paramLabel = "N",
      defaultValue = "1",
      description = "Factor on the number of hidden units; default: ${DEFAULT-VALUE}.")
  private int width;

  @Option(
      names = "--shortcut",
      paramLabel = "KIND",
      defaultValue = "conv3x3",
      converter = ShortcutConverter.class,
      description = "Shortcut of resnet20, conv3x3 or conv1x1; default: ${DEFAULT-VALUE}.")
  private Shortcut shortcut;

  @Option(
      names = "--input",
      paramLabel = "CxHxW",
      defaultValue = "1x28x28",
      converter = ShapeConverter.class,
      description = "Shape of an image; default: ${DEFAULT-VALUE}.")
  private Shape input;

  @Option(
      names = "--classes",
      paramLabel = "N",
      defaultValue = "10",
      description = "Number of classes; default: ${DEFAULT-VALUE}.")
  private int classes;

  private final PrintStream out;

  InspectCommand(PrintStream out) {
    this.out = out;
  }

  /** Names of the zoo, for the help text. */
  static final class ZooNames implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Zoo.names().iterator();
    }
  }

  /** Shortcuts by their spelling in configurations. */
  static final class ShortcutConverter implements ITypeConverter<Shortcut> {
    @Override
    public Shortcut convert(String text) {
      return switch (text) {
        case "conv3x3" -> Shortcut.CONV3X3;
        case "conv1x1" -> Shortcut.CONV1X1;
        default ->
            throw new TypeConversionException("must be one of conv3x3, conv1x1, got " + text);
      };
    }
  }

  @Override
  public Integer call() {
    Network inspected = Zoo.create(network, new ZooOptions(input, classes, width, shortcut));
    PermutationSpec spec = PermutationSpec.of(inspected);
    head(inspected);
    groups(spec);
    out.println();
    out.println("fixed order");
    spec.fixed().forEach(reason -> out.println("  " + reason));
    return ExitCode.DONE.number();
  }

  private void head(Network inspected) {
    int trainable = inspected.layout().trainableSize();
    print("%s on %s images, %d classes%n", inspected.name(), input, inspected.classes());
    print("%,12d trainable parameters%n", trainable);
    print("%,12d running statistics%n", inspected.layout().size() - trainable);
    print("%,12d bytes for each merge and neighbour%n", 4L * inspected.layout().size());
  }

  private void groups(PermutationSpec spec) {
    out.println();
    print("%d permutation groups%n", spec.groups().size());
    print("  %-20s %6s  %s%n", "group", "units", "observed at");
    for (PermutationGroup group : spec.groups()) {
      print("  %-20s %6d  %s%n", group.name(), group.size(), group.matchPoint().layer());
      group.ties().forEach(tie -> out.println("      tie: " + tie));
    }
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
  }
}
