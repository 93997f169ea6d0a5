package io.dimat.merge;

import io.dimat.align.MatchPoints;
import io.dimat.align.MatchScore;
import io.dimat.align.UnitZip;
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
  public static final String MERGE_MANY = "merge-many";
  public static final String OPTIMAL_TRANSPORT = "optimal-transport";
  public static final String ZIPIT = "zipit";

  /**
   * What operators may be told; none reads all of it.
   *
   * @param folding all models at once, or one after the other
   * @param regularisation of optimal transport, more than 0
   */
  public record Options(
      Folding folding,
      Observation observation,
      Search search,
      double regularisation,
      Zipping zipping)
      implements Serializable {
    /** What a user gets who chooses nothing. */
    public static final Options DEFAULTS =
        new Options(
            Folding.JOINT,
            new Observation(MatchPoints.LAST, MatchScore.CORRELATION),
            new Search(3, 1),
            0.05,
            new Zipping(UnitZip.DEFAULT, ""));

    /**
     * How units are compared.
     *
     * @param points where units are observed
     * @param score what activation matching maximises
     */
    public record Observation(MatchPoints points, MatchScore score) implements Serializable {}

    /**
     * How weight matching searches.
     *
     * @param restarts descents, of which the best is kept, at least 1
     * @param seed of visiting orders
     */
    public record Search(int restarts, long seed) implements Serializable {}

    /**
     * How zipping merges units.
     *
     * @param until name of the last permutation group that is zipped; empty for all
     */
    public record Zipping(UnitZip rules, String until) implements Serializable {}
  }

  /** An option by its key in a configuration. */
  private record Option(String key, Function<Options, Object> value) {
    boolean isChosen(Options options) {
      return !value.apply(options).equals(value.apply(Options.DEFAULTS));
    }
  }

  private static final Option MATCH_POINTS =
      new Option("merge.match-points", o -> o.observation().points());
  private static final Option SCORE = new Option("merge.score", o -> o.observation().score());
  private static final Option FOLDING = new Option("merge.folding", Options::folding);
  private static final Option RESTARTS = new Option("merge.restarts", o -> o.search().restarts());
  private static final Option REGULARISATION =
      new Option("merge.regularisation", Options::regularisation);
  private static final Option ZIP_REUSE =
      new Option("merge.zip-reuse", o -> o.zipping().rules().alpha());
  private static final Option ZIP_BUDGET =
      new Option("merge.zip-budget", o -> o.zipping().rules().budget());
  private static final Option ZIP_UNTIL = new Option("merge.zip-until", o -> o.zipping().until());
  private static final List<Option> OPTIONS =
      List.of(
          MATCH_POINTS, SCORE, FOLDING, RESTARTS, REGULARISATION, ZIP_REUSE, ZIP_BUDGET, ZIP_UNTIL);

  private record Entry(
      String description, List<Option> reads, Function<Options, MergeOperator> maker) {}

  private static final SortedMap<String, Entry> BY_NAME = new TreeMap<>();

  static {
    put(
        WEIGHT_AVERAGING,
        "averages weights as they are, the control",
        List.of(),
        options -> new WeightAveraging());
    put(
        ACTIVATION_MATCHING,
        "permutes units onto those that act alike on the probe, then averages (DIMAT)",
        List.of(MATCH_POINTS, SCORE, FOLDING),
        o ->
            new AlignedMerge(
                new ActivationAligner(o.observation().points(), o.observation().score()),
                o.folding()));
    put(
        WEIGHT_MATCHING,
        "permutes units so that weights come closest, then averages, needs no images (Git Re-Basin)",
        List.of(FOLDING, RESTARTS),
        o ->
            new AlignedMerge(
                new WeightAligner(o.search().restarts(), o.search().seed()), o.folding()));
    put(
        MERGE_MANY,
        "permutes units of all models at once to the mean of the others' weights, then averages (MergeMany)",
        List.of(),
        o -> new AlignedMerge(new BarycentreAligner(o.search().seed()), Folding.JOINT));
    put(
        OPTIMAL_TRANSPORT,
        "mixes units softly by a transport plan between those that act alike, then averages (OTFusion)",
        List.of(MATCH_POINTS, FOLDING, REGULARISATION),
        o ->
            new AlignedMerge(
                new TransportAligner(o.observation().points(), o.regularisation()), o.folding()));
    put(
        ZIPIT,
        "averages units that act alike, whether of different models or of one (ZipIt)",
        List.of(MATCH_POINTS, ZIP_REUSE, ZIP_BUDGET, ZIP_UNTIL),
        o -> new ZipMerge(o.zipping().rules(), o.observation().points(), o.zipping().until()));
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

  /** What an operator reads of its options, by configuration key. */
  public static SortedMap<String, Object> chosen(String name, Options options) {
    SortedMap<String, Object> chosen = new TreeMap<>();
    entry(name).reads().forEach(o -> chosen.put(o.key(), o.value().apply(options)));
    return chosen;
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
