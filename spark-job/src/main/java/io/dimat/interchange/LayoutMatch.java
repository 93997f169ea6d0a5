package io.dimat.interchange;

import static io.dimat.interchange.ModelFileException.require;

import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Finds out which tensor of a file is which parameter of a network. */
final class LayoutMatch {
  /** PyTorch's batch norm counts its minibatches in an I64 scalar, which no forward pass reads. */
  private static final String COUNTER = "num_batches_tracked";

  private LayoutMatch() {}

  /**
   * The tensor of every parameter, by the parameter's name.
   *
   * @param mapping turns the file's names into the network's
   * @throws ModelFileException if tensors are missing, left over, or of another shape
   */
  static SortedMap<String, TensorInfo> of(
      Collection<TensorInfo> tensors, ParamLayout layout, NameMapping mapping)
      throws ModelFileException {
    SortedMap<String, TensorInfo> byFileName = new TreeMap<>();
    tensors.forEach(tensor -> byFileName.put(tensor.name(), tensor));
    SortedMap<String, TensorInfo> byName = new TreeMap<>();
    mapping
        .apply(byFileName.keySet())
        .forEach((name, inFile) -> byName.put(name, byFileName.get(inFile)));
    byName.entrySet().removeIf(e -> isCounter(e.getValue()) && !layout.contains(e.getKey()));
    requireSameNames(byName.keySet(), layout, mapping);
    requireSameShapes(byName, layout);
    return byName;
  }

  private static boolean isCounter(TensorInfo tensor) {
    String name = tensor.name();
    return (name.equals(COUNTER) || name.endsWith("." + COUNTER))
        && tensor.dtype() == Dtype.I64
        && tensor.elements() == 1;
  }

  private static void requireSameNames(
      Collection<String> found, ParamLayout layout, NameMapping mapping) throws ModelFileException {
    SortedSet<String> missing = new TreeSet<>();
    layout.slices().forEach(slice -> missing.add(slice.name()));
    missing.removeAll(found);
    SortedSet<String> extra = new TreeSet<>(found);
    extra.removeIf(layout::contains);
    List<String> problems = new ArrayList<>();
    if (!missing.isEmpty()) {
      problems.add("the network needs " + FirstFew.of(missing) + ", the file has no such tensor");
    }
    if (!extra.isEmpty()) {
      problems.add("the network has no tensor " + FirstFew.of(extra));
    }
    if (mapping.isEmpty()) {
      prefixRule(missing, extra)
          .ifPresent(rule -> problems.add("a mapping file with " + rule + " makes the names fit"));
    }
    require(problems.isEmpty(), String.join("; ", problems));
  }

  /** The prefix that the file's names have too much, or too little, if that is all. */
  private static Optional<String> prefixRule(SortedSet<String> missing, SortedSet<String> extra) {
    if (missing.isEmpty() || missing.size() != extra.size()) {
      return Optional.empty();
    }
    return commonPrefix(missing, extra)
        .map(prefix -> "{ \"" + OneLine.of(prefix) + "\" = \"\" }")
        .or(() -> commonPrefix(extra, missing).map(prefix -> "{ \"\" = \"" + prefix + "\" }"));
  }

  /** The prefix ending in a dot that, put before every short name, gives the long ones. */
  private static Optional<String> commonPrefix(SortedSet<String> shorts, SortedSet<String> longs) {
    String first = longs.first();
    String rest = shorts.first();
    if (!first.endsWith("." + rest)) {
      return Optional.empty();
    }
    String prefix = first.substring(0, first.length() - rest.length());
    boolean fits = shorts.stream().allMatch(name -> longs.contains(prefix + name));
    return fits ? Optional.of(prefix) : Optional.empty();
  }

  private static void requireSameShapes(SortedMap<String, TensorInfo> byName, ParamLayout layout)
      throws ModelFileException {
    List<String> problems = new ArrayList<>();
    for (ParamSlice slice : layout.slices()) {
      List<Long> wanted = slice.shape().stream().map(Integer::longValue).toList();
      List<Long> got = byName.get(slice.name()).shape();
      if (!wanted.equals(got)) {
        problems.add(slice.name() + " must have shape " + wanted + ", got " + got);
      }
    }
    require(problems.isEmpty(), FirstFew.of(problems, "; "));
  }
}
