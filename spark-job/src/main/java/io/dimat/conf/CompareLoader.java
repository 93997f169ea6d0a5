package io.dimat.conf;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigValue;
import io.dimat.conf.CompareConfig.Axis;
import io.dimat.conf.CompareConfig.Tuning;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Reads the {@code compare} block of a configuration, or says everything that is wrong with it. */
public final class CompareLoader {
  static final String BLOCK = "compare";
  private static final String ALGORITHMS = "algorithms";
  private static final String SEEDS = "seeds";
  private static final String TUNE = "tune";
  private static final String LABEL = "label";

  /** What a tune block says. */
  private static final List<String> TUNE_KEYS = List.of("learning-rates", "rounds", "seed");

  /**
   * A list of variants in the file.
   *
   * @param key its name inside the block
   * @param named the key of a run that a bare name stands for; empty if there are no bare names
   */
  private record ListKey(String key, Optional<String> named, VariantRule rule) {}

  private static final List<ListKey> LISTS =
      List.of(
          new ListKey(ALGORITHMS, Optional.of(RunKeys.ALGORITHM.path()), VariantRule.ALGORITHM),
          new ListKey(
              "topologies", Optional.of(GraphKeys.TOPOLOGY_NAME.path()), VariantRule.TOPOLOGY),
          new ListKey(
              "partitioners", Optional.of(DataKeys.PARTITIONER.path()), VariantRule.PARTITIONER),
          new ListKey("settings", Optional.empty(), VariantRule.SETTING));

  private final List<String> problems = new ArrayList<>();
  private final TreeMap<String, ConfigValue> block = new TreeMap<>();

  private CompareLoader() {}

  /**
   * The file with options laid over it.
   *
   * @param file HOCON; the quick comparison if empty
   * @param sets {@code key=value}, later ones win
   * @throws ConfigException with all problems of the block; those of the runs show when they are
   *     made
   */
  public static CompareConfig load(Optional<Path> file, List<String> sets) {
    CompareLoader loader = new CompareLoader();
    Config all = ConfigLoader.resolved(() -> ConfigSource.comparison(file), sets, loader.problems);
    CompareConfig config = loader.read(all);
    if (!loader.problems.isEmpty()) {
      throw new ConfigException(loader.problems);
    }
    return config;
  }

  /** Whether file or options have a block {@code compare}; false if they cannot be read. */
  public static boolean isComparison(Optional<Path> file, List<String> sets) {
    try {
      return sets.stream().anyMatch(set -> set.strip().startsWith(BLOCK + "."))
          || (file.isPresent() && ConfigSource.file(file).hasPathOrNull(BLOCK));
    } catch (com.typesafe.config.ConfigException e) {
      return false; // whoever loads it says why
    }
  }

  private CompareConfig read(Config all) {
    Config base = all.withoutPath(BLOCK);
    if (all.root().get(BLOCK) instanceof ConfigObject object) {
      block.putAll(object);
    } else {
      problems.add(
          "a comparison needs a block compare { algorithms = [...] }; see docs/comparison.md");
      return new CompareConfig(base, List.of(), List.of(), List.of(), Optional.empty());
    }
    List<Axis> lists = LISTS.stream().map(this::axis).toList();
    List<Variant> algorithms = lists.get(0).variants();
    List<Long> seeds = seeds(base);
    Optional<Tuning> tuning =
        Optional.ofNullable(block.remove(TUNE)).map(value -> tuning(value, seeds));
    if (tuning.isPresent() && !holdsOut(base, lists)) {
      problems.add(
          "%s.%s chooses on images held out of the training data: set data.validation, for example to 0.1"
              .formatted(BLOCK, TUNE));
    }
    block.forEach(this::unknown);
    new StepSizes(base, algorithms, tuning.isPresent()).check(problems);
    requireOneTopology(algorithms, lists.get(1));
    return new CompareConfig(base, algorithms, lists.subList(1, lists.size()), seeds, tuning);
  }

  /** What is set and is no number is told elsewhere. */
  private static boolean holdsOut(Config base, List<Axis> lists) {
    String path = DataKeys.VALIDATION.path();
    boolean zero = !base.hasPath(path) || base.getValue(path).unwrapped().equals(0);
    return !zero
        || lists.stream()
            .flatMap(axis -> axis.variants().stream())
            .anyMatch(variant -> variant.settings().sets(path));
  }

  /** An algorithm that brings its topology would run the same in every one of a list. */
  private void requireOneTopology(List<Variant> algorithms, Axis topologies) {
    List<String> own =
        algorithms.stream()
            .filter(v -> v.settings().entries().keySet().stream().anyMatch(CompareLoader::graph))
            .map(Variant::label)
            .toList();
    if (!own.isEmpty() && topologies.variants().stream().anyMatch(v -> !v.label().isEmpty())) {
      problems.add(
          "topologies are of all or of algorithms: compare.topologies is there, and %s has its own; take one of the two away"
              .formatted(String.join(", ", own)));
    }
  }

  private static boolean graph(String path) {
    return path.startsWith("topology.");
  }

  private void unknown(String key, ConfigValue value) {
    TreeSet<String> known = new TreeSet<>(List.of(SEEDS, TUNE));
    LISTS.forEach(list -> known.add(list.key()));
    problems.add(
        ConfigLoader.place(value.origin())
            + BLOCK
            + "."
            + key
            + " is not a key; those of compare are "
            + String.join(", ", known));
  }

  private Axis axis(ListKey key) {
    ConfigValue value = block.remove(key.key());
    if (value == null && !key.key().equals(ALGORITHMS)) {
      return new Axis(key.key(), List.of(Variant.AS_CONFIGURED));
    }
    if (!(value instanceof ConfigList list) || list.isEmpty()) {
      problems.add(
          BLOCK
              + "."
              + key.key()
              + " must be a list of names or objects, at least one"
              + (value == null ? ", got nothing" : ", got " + shown(value)));
      return new Axis(key.key(), List.of());
    }
    List<Variant> variants = new ArrayList<>();
    list.forEach(entry -> variant(key, entry).ifPresent(variants::add));
    requireDistinct(key, variants);
    return new Axis(key.key(), variants);
  }

  private Optional<Variant> variant(ListKey key, ConfigValue entry) {
    if (entry instanceof ConfigObject object) {
      Settings settings = new Settings(object.toConfig().withoutPath(LABEL));
      key.rule()
          .violation(settings)
          .ifPresent(
              problem ->
                  problems.add(
                      ConfigLoader.place(entry.origin())
                          + BLOCK
                          + "."
                          + key.key()
                          + " "
                          + problem));
      String label =
          Optional.ofNullable(object.get(LABEL))
              .flatMap(ScalarText::text)
              .orElseGet(() -> label(key, settings));
      return Optional.of(new Variant(label, settings));
    }
    Optional<String> name = ScalarText.text(entry);
    if (name.isEmpty() || key.named().isEmpty()) {
      problems.add(
          ConfigLoader.place(entry.origin())
              + "%s.%s is a list of %sobjects, got %s"
                  .formatted(
                      BLOCK, key.key(), key.named().isEmpty() ? "" : "names or ", shown(entry)));
      return Optional.empty();
    }
    Config setting = ConfigFactory.empty().withValue(key.named().get(), entry);
    return Optional.of(new Variant(name.get(), new Settings(setting)));
  }

  /** The name, if it is set, and the rest as key = value. */
  private static String label(ListKey key, Settings settings) {
    List<String> words = new ArrayList<>();
    settings
        .entries()
        .forEach(
            (path, value) -> {
              if (key.named().filter(path::equals).isPresent()) {
                words.add(0, value);
              } else {
                words.add(path.substring(path.lastIndexOf('.') + 1) + " = " + value);
              }
            });
    return String.join(", ", words);
  }

  private void requireDistinct(ListKey key, List<Variant> variants) {
    Map<String, List<String>> byFolder =
        variants.stream()
            .collect(
                Collectors.groupingBy(
                    Variant::folder,
                    TreeMap::new,
                    Collectors.mapping(Variant::label, Collectors.toList())));
    byFolder.forEach(
        (folder, labels) -> {
          if (labels.size() > 1 || folder.isEmpty()) {
            problems.add(
                "%s.%s needs labels that differ in letters or digits, got %s"
                    .formatted(BLOCK, key.key(), labels));
          }
        });
  }

  private List<Long> seeds(Config base) {
    ConfigValue value = block.remove(SEEDS);
    if (value == null) {
      ConfigValue seed = base.root().get(RunKeys.SEED.path());
      return seed == null
          ? List.of(RunKeys.SEED.defaultValue())
          : numbers(RunKeys.SEED.path(), seed.atKey("x").getValue("x"), IntegerType.any());
    }
    return numbers(BLOCK + "." + SEEDS, value, IntegerType.any());
  }

  /** Distinct numbers, ascending; a single one counts as a list. */
  private <N extends Number & Comparable<N>> List<N> numbers(
      String path, ConfigValue value, ValueType<N> type) {
    List<ConfigValue> entries = value instanceof ConfigList list ? list : List.of(value);
    TreeSet<N> numbers = new TreeSet<>();
    for (ConfigValue entry : entries) {
      try {
        if (!numbers.add(type.read(entry))) {
          problems.add(path + " names every number once, got " + shown(entry) + " twice");
        }
      } catch (IllegalArgumentException e) {
        problems.add(ConfigLoader.place(entry.origin()) + path + " " + e.getMessage());
      }
    }
    if (entries.isEmpty()) {
      problems.add(path + " must be a list of at least one number, got []");
    }
    return List.copyOf(numbers);
  }

  private Tuning tuning(ConfigValue value, List<Long> seeds) {
    TreeMap<String, ConfigValue> keys = new TreeMap<>();
    if (value instanceof ConfigObject object) {
      keys.putAll(object);
    }
    String path = BLOCK + "." + TUNE;
    for (String needed : List.of("learning-rates", "seed")) {
      if (!keys.containsKey(needed)) {
        problems.add(path + " needs " + needed + ", got " + shown(value));
      }
    }
    keys.keySet().stream()
        .filter(key -> !TUNE_KEYS.contains(key))
        .forEach(
            key ->
                problems.add(
                    "%s.%s is not a key; those of tune are %s"
                        .formatted(path, key, String.join(", ", TUNE_KEYS))));
    List<Double> rates =
        keys.containsKey("learning-rates")
            ? numbers(path + ".learning-rates", keys.get("learning-rates"), DecimalType.above(0))
            : List.of();
    if (rates.size() == 1) {
      problems.add(
          "%s.learning-rates needs two step sizes or more to choose from, got %s: leave %s out and set train.learning-rate"
              .formatted(path, rates, path));
    }
    List<Long> seed =
        keys.containsKey("seed")
            ? numbers(path + ".seed", keys.get("seed"), IntegerType.any())
            : List.of();
    if (seed.stream().anyMatch(seeds::contains)) {
      problems.add(
          "%s.seed must not be one of compare.seeds %s, got %s: settings are not chosen on the runs that are reported"
              .formatted(path, seeds, seed));
    }
    Optional<Integer> rounds =
        Optional.ofNullable(keys.get("rounds"))
            .flatMap(v -> numbers(path + ".rounds", v, IntegerType.from(1)).stream().findFirst());
    return new Tuning(rates, seed.stream().findFirst().orElse(0L), rounds);
  }

  private static String shown(ConfigValue value) {
    String text = value.render(com.typesafe.config.ConfigRenderOptions.concise());
    return text.length() > 60 ? text.substring(0, 57) + "..." : text;
  }
}
