package io.dimat.cli;

import io.dimat.align.PermutationGroup;
import io.dimat.align.PermutationSpec;
import io.dimat.align.PermutedAxis;
import io.dimat.network.Network;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import java.io.PrintStream;
import java.util.List;
import java.util.Locale;

/** A network in words: its size, its permutation groups, and the units that keep their order. */
final class NetworkDescription {
  private final PrintStream out;

  NetworkDescription(PrintStream out) {
    this.out = out;
  }

  void print(Network network) {
    PermutationSpec spec = PermutationSpec.of(network);
    head(network);
    groups(spec);
    out.println();
    out.println("fixed order");
    spec.fixed().forEach(reason -> out.println("  " + reason));
  }

  private void head(Network network) {
    int trainable = network.layout().trainableSize();
    print("%s on %s images, %d classes%n", network.name(), network.inputShape(), network.classes());
    print("%,12d trainable parameters%n", trainable);
    print("%,12d running statistics%n", network.layout().size() - trainable);
    print("%,12d bytes for each merge and neighbour%n", 4L * network.layout().size());
  }

  private void groups(PermutationSpec spec) {
    out.println();
    print("%d permutation groups%n", spec.groups().size());
    print("  %-24s %6s %12s  %s%n", "group", "units", "values", "observed at");
    for (PermutationGroup group : spec.groups()) {
      print(
          "  %-24s %6d %,12d  %s%n",
          group.name(), group.size(), moved(group, spec.layout()), group.matchPoint().layer());
      group.ties().forEach(tie -> out.println("      tie: " + tie));
    }
    print("  values: parameters and running statistics that a permutation of the group moves%n");
  }

  /** Number of values that follow the group's units, counted once even if both axes do. */
  static long moved(PermutationGroup group, ParamLayout layout) {
    List<String> tensors = group.axes().stream().map(PermutedAxis::tensor).distinct().toList();
    return tensors.stream().mapToLong(tensor -> moved(group, layout.slice(tensor))).sum();
  }

  private static long moved(PermutationGroup group, ParamSlice slice) {
    long rows = slice.shape().get(0);
    long columns = slice.shape().size() > 1 ? slice.shape().get(1) : 1;
    long still = (rows - covered(group, slice, 0)) * (columns - covered(group, slice, 1));
    return slice.length() - still * (slice.length() / (rows * columns));
  }

  private static long covered(PermutationGroup group, ParamSlice slice, int axis) {
    return group.axes().stream()
        .filter(stretch -> stretch.tensor().equals(slice.name()) && stretch.axis() == axis)
        .mapToLong(stretch -> (long) group.size() * stretch.repeat())
        .sum();
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
  }
}
