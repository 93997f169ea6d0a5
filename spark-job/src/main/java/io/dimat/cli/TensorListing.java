package io.dimat.cli;

import io.dimat.interchange.ModelFile;
import io.dimat.interchange.OneLine;
import io.dimat.interchange.TensorFile;
import io.dimat.interchange.TensorInfo;
import io.dimat.network.zoo.Zoo;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.Locale;
import java.util.SortedMap;

/** What a safetensors file holds, as far as the file itself says. */
final class TensorListing {
  private final PrintStream out;

  TensorListing(PrintStream out) {
    this.out = out;
  }

  /** Prints tensors in the order of their bytes, then the metadata. */
  void print(Path file, TensorFile tensors) {
    long values = tensors.inFileOrder().stream().mapToLong(TensorInfo::elements).sum();
    print("%s: %d tensors, %,d values%n", file, tensors.tensors().size(), values);
    for (TensorInfo tensor : tensors.inFileOrder()) {
      print("  %-40s %-5s %s%n", OneLine.of(tensor.name()), tensor.dtype(), tensor.shape());
    }
    printMetadata(out, tensors.metadata());
    out.println();
    out.println(advice(tensors.metadata().getOrDefault(ModelFile.NETWORK, "")));
  }

  /** Prints one line for each pair, nothing if there is none. */
  static void printMetadata(PrintStream out, SortedMap<String, String> metadata) {
    metadata.forEach(
        (key, value) -> out.println("  " + OneLine.of(key) + " = " + OneLine.of(value)));
  }

  private static String advice(String network) {
    return Zoo.names().contains(network)
        ? "the file says that it holds "
            + network
            + " of the zoo: add --network "
            + network
            + " --input CxHxW --classes N for its permutation groups"
        : "add --network NAME|FILE, one of "
            + String.join(", ", Zoo.names())
            + " or a file that describes it, for its permutation groups";
  }

  private void print(String format, Object... values) {
    out.printf(Locale.ROOT, format, values);
  }
}
