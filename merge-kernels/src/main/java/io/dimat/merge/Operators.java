package io.dimat.merge;

import io.dimat.align.MatchPoints;
import io.dimat.align.MatchScore;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The registry of merge operators: the only place that knows them all by name. */
public final class Operators {
  public static final String WEIGHT_AVERAGING = "weight-averaging";
  public static final String ACTIVATION_MATCHING = "activation-matching";
  public static final String WEIGHT_MATCHING = "weight-matching";
  public static final String OPTIMAL_TRANSPORT = "optimal-transport";

  /**
   * What operators may be told; none reads all of it.
   *
   * @param points where units are observed
   * @param score what activation matching maximises
   * @param folding all models at once, or one after the other
   * @param restarts of weight matching, at least 1
   * @param regularisation of optimal transport, more than 0
   * @param seed of visiting orders
   */
  public record Options(
      MatchPoints points,
      MatchScore score,
      Folding folding,
      int restarts,
      double regularisation,
      long seed)
      implements Serializable {
    /** What a user gets who chooses nothing. */
    public static final Options DEFAULTS =
        new Options(MatchPoints.LAST, MatchScore.CORRELATION, Folding.JOINT, 3, 0.05, 1);
  }

  /** An option by its key in a configuration. */
  private record Option(String key, Function<Options, Object> value) {
    boolean isChosen(Options options) {
      return !value.apply(options).equals(value.apply(Options.DEFAULTS));
    }
  }

  private static final Option MATCH_POINTS = new Option("merge.match-points", Options::points);
  private static final Option SCORE = new Option("merge.score", Options::score);
  private static final Option FOLDING = new Option("merge.folding", Options::folding);
  private static final Option RESTARTS = new Option("merge.restarts", Options::restarts);
  private static final Option REGULARISATION =
      new Option("merge.regularisation", Options::regularisation);
  private static final List<Option> OPTIONS =
      List.of(MATCH_POINTS, SCORE, FOLDING, RESTARTS, REGULARISATION);

  private record Entry(
      String description, List<Option> reads, Function<Options, MergeOperator> maker) {}

  private static final SortedMap<String, Entry> BY_NAME = new TreeMap<>();

  static {
    put(
        WEIGHT_AVERAGING,
        "averages weights as they are; the control",
        List.of(),
        options -> new WeightAveraging());
    put(
        ACTIVATION_MATCHING,
        "permutes units onto those that do the same on the probe images, then averages (DIMAT)",
        List.of(MATCH_POINTS, SCORE, FOLDING),
        o -> new AlignedMerge(new ActivationAligner(o.points(), o.score()), o.folding()));
    put(
        WEIGHT_MATCHING,
        "permutes units so that weights come closest, then averages; needs no images (Git Re-Basin)",
        List.of(FOLDING, RESTARTS),
        o -> new AlignedMerge(new WeightAligner(o.restarts(), o.seed()), o.folding()));
    put(
        OPTIMAL_TRANSPORT,
        "mixes units softly by an entropic transport plan, then averages (OTFusion)",
        List.of(MATCH_POINTS, FOLDING, REGULARISATION),
        o -> new AlignedMerge(new TransportAligner(o.points(), o.regularisation()), o.folding()));
  }

  private Operators() {}

  private static void put(
      String name, String description, List<Option> reads, Function<Options, MergeOperator> maker) {
    BY_NAME.put(name, new Entry(description, reads, maker));
  }

  /** All names, sorted; unmodifiable. */
  public static SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(BY_NAME.keySet()));
  }

  /** One line on what the operator does. */
  public static String description(String name) {
    return entry(name).description();
  }

  /**
   * The operator of that name.
   *
   * @throws IllegalArgumentException for an unknown name, listing the known ones, and for options
   *     that were chosen though the operator does not read them, one line each
   */
  public static MergeOperator create(String name, Options options) {
    Entry entry = entry(name);
    String unread =
        OPTIONS.stream()
            .filter(option -> option.isChosen(options) && !entry.reads().contains(option))
            .map(option -> "%s is not read by %s; leave it out".formatted(option.key(), name))
            .collect(Collectors.joining("\n"));
    if (!unread.isEmpty()) {
      throw new IllegalArgumentException(unread);
    }
    return entry.maker().apply(options);
  }

  private static Entry entry(String name) {
    Entry entry = BY_NAME.get(name);
    if (entry == null) {
      throw new IllegalArgumentException(
          "merge method must be one of " + BY_NAME.keySet() + ", got " + name);
    }
    return entry;
  }
}
