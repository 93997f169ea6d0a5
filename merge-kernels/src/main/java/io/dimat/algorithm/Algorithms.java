package io.dimat.algorithm;

import io.dimat.merge.ActivationAligner;
import io.dimat.merge.AlignedMerge;
import io.dimat.merge.Finish;
import io.dimat.merge.Folding;
import io.dimat.merge.WeightAveraging;
import io.dimat.protocol.AgentProgram;
import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;

/** The registry: the only place that knows all algorithms by name. */
public final class Algorithms {
  /** What every algorithm may read of a configuration. */
  public record Options(LocalTraining training, Finish finish, ReferenceBasis reference) {}

  private interface Maker {
    AgentProgram make(String name, Options options);
  }

  private record Entry(String description, Maker maker) {}

  private static final SortedMap<String, Entry> BY_NAME = new TreeMap<>();

  static {
    BY_NAME.put(
        "dimat",
        new Entry(
            "train, then merge neighbours by activation matching",
            (name, o) ->
                new TrainThenMerge(
                    name,
                    o.training(),
                    new AlignedMerge(new ActivationAligner(), Folding.JOINT),
                    o.finish(),
                    o.reference())));
    BY_NAME.put(
        "wa",
        new Entry(
            "train, then average neighbours' weights as they are",
            (name, o) ->
                new TrainThenMerge(
                    name, o.training(), new WeightAveraging(), o.finish(), o.reference())));
    BY_NAME.put(
        "none",
        new Entry("train alone: the control", (name, o) -> new TrainAlone(name, o.training())));
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
