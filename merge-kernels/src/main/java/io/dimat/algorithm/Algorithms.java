package io.dimat.algorithm;

import io.dimat.merge.Finish;
import io.dimat.merge.Operators;
import io.dimat.protocol.AgentProgram;
import java.util.Collections;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** The registry: the only place that knows all algorithms by name. */
public final class Algorithms {
  /** The control that averages neighbours' weights as they are. */
  public static final String AVERAGING = "wa";

  /** The control that never communicates. */
  public static final String ISOLATED = "none";

  /**
   * What every algorithm may read of a configuration.
   *
   * @param reach whose images a merge learns from
   * @param iterations present if rounds are counted in minibatches
   */
  public record Options(
      LocalTraining training,
      Operators.Options merge,
      Finish finish,
      ReferenceBasis reference,
      MergeReach reach,
      Optional<IterativeTraining> iterations) {
    /** With merges that learn from the agent's own probe alone. */
    public Options(
        LocalTraining training,
        Operators.Options merge,
        Finish finish,
        ReferenceBasis reference,
        Optional<IterativeTraining> iterations) {
      this(training, merge, finish, reference, MergeReach.OWN, iterations);
    }

    IterativeTraining iterations(String algorithm) {
      return iterations.orElseThrow(
          () ->
              new IllegalArgumentException(
                  "algorithm = %s exchanges at every minibatch and needs train.steps-per-round >= 1, got 0: set it to 20, for example"
                      .formatted(algorithm)));
    }
  }

  private interface Maker {
    AgentProgram make(String name, Options options);
  }

  private record Entry(String description, Optional<String> operator, Maker maker) {}

  private static final SortedMap<String, Entry> BY_NAME = new TreeMap<>();

  static {
    merging("dimat", Operators.ACTIVATION_MATCHING);
    merging("merge-many", Operators.MERGE_MANY);
    merging("ot", Operators.OPTIMAL_TRANSPORT);
    merging(AVERAGING, Operators.WEIGHT_AVERAGING);
    merging("wm", Operators.WEIGHT_MATCHING);
    merging("zipit", Operators.ZIPIT);
    iterative(
        "dsgd",
        "gossip at every minibatch, adapt then combine",
        (name, training, o) ->
            new DecentralizedSgd(name, training, CombineOrder.ADAPT_THEN_COMBINE));
    iterative(
        "cdsgd",
        "gossip at every minibatch, combine then adapt",
        (name, training, o) ->
            new DecentralizedSgd(name, training, CombineOrder.COMBINE_THEN_ADAPT));
    BY_NAME.put(
        ISOLATED,
        new Entry(
            "never communicates, the control",
            Optional.empty(),
            (name, o) -> new TrainAlone(name, o.training())));
  }

  /** Train, then merge with the neighbours: algorithms that differ in the operator alone. */
  private static void merging(String algorithm, String operator) {
    BY_NAME.put(
        algorithm,
        new Entry(
            Operators.description(operator),
            Optional.of(operator),
            (name, o) ->
                o.reach()
                    .of(
                        new TrainThenMerge(
                            name,
                            o.training(),
                            Operators.create(operator, o.merge()),
                            o.finish(),
                            o.reference()))));
  }

  private interface IterativeMaker {
    AgentProgram make(String name, IterativeTraining training, Options options);
  }

  /** Methods that exchange at every minibatch. */
  private static void iterative(String algorithm, String description, IterativeMaker maker) {
    BY_NAME.put(
        algorithm,
        new Entry(
            description, Optional.empty(), (name, o) -> maker.make(name, o.iterations(name), o)));
  }

  private Algorithms() {}

  /** All names, sorted; unmodifiable. */
  public static SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new java.util.TreeSet<>(BY_NAME.keySet()));
  }

  /** One line on what the algorithm does. */
  public static String description(String name) {
    return entry(name).description();
  }

  /**
   * The merge operator of an algorithm, by its name in {@link Operators}; none if it never merges.
   */
  public static Optional<String> operator(String name) {
    return entry(name).operator();
  }

  /**
   * The program of that name.
   *
   * @throws IllegalArgumentException for an unknown name, listing the known ones
   */
  public static AgentProgram create(String name, Options options) {
    return entry(name).maker().make(name, options);
  }

  private static Entry entry(String name) {
    Entry entry = BY_NAME.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "algorithm must be one of " + BY_NAME.keySet() + ", got " + name);
    }
    return entry;
  }
}
