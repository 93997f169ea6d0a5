package io.dimat.algorithm;

import io.dimat.merge.Operators;
import io.dimat.protocol.AgentProgram;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * The registry: the only place that knows all algorithms by name. Each family of methods lists its
 * own in one file; help, the key table, error messages and {@code docs/algorithms.md} follow.
 */
public final class Algorithms {
  /** The control that averages neighbours' weights as they are. */
  public static final String AVERAGING = "wa";

  /** The control that never communicates. */
  public static final String ISOLATED = "none";

  private static final SortedMap<String, Method> BY_NAME = new TreeMap<>();

  static {
    Stream.of(
            MergingMethods.all(),
            DimatMethods.all(),
            GossipMethods.all(),
            HeterogeneityMethods.all(),
            CrossGradientMethods.all(),
            CompressedMethods.all(),
            ControlledMethods.all())
        .flatMap(List::stream)
        .forEach(Algorithms::register);
  }

  private static void register(Method method) {
    if (BY_NAME.put(method.name(), method) != null) {
      throw new IllegalStateException("two algorithms are named " + method.name());
    }
  }

  private Algorithms() {}

  /** All names, sorted; unmodifiable. */
  public static SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(BY_NAME.keySet()));
  }

  /** All methods, by name; unmodifiable. */
  public static Collection<Method> methods() {
    return Collections.unmodifiableCollection(BY_NAME.values());
  }

  /**
   * The merge operator of an algorithm, by its name in {@link Operators}; none if it does not merge
   * once a round.
   */
  public static Optional<String> operator(String name) {
    return method(name).operator();
  }

  /** Whether an algorithm must know how many iterations its run has; false if nobody knows it. */
  public static boolean knowsItsEnd(String name) {
    Method method = BY_NAME.get(name);
    return method != null && method.span() == Method.Span.KNOWN;
  }

  /**
   * The program of that name.
   *
   * @throws IllegalArgumentException for an unknown name, listing the known ones
   */
  public static AgentProgram create(String name, MethodOptions options) {
    return method(name).maker().make(name, options);
  }

  private static Method method(String name) {
    Method method = BY_NAME.get(name);
    if (method == null) {
      throw new IllegalArgumentException(
          "algorithm must be one of " + BY_NAME.keySet() + ", got " + name);
    }
    return method;
  }
}
