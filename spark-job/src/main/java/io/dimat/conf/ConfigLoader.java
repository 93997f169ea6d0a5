package io.dimat.conf;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigObject;
import com.typesafe.config.ConfigOrigin;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueType;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Predicate;
import java.util.function.Supplier;
import java.util.stream.Collectors;

/** Reads HOCON into a {@link RunConfig}, or says everything that is wrong with it. */
public final class ConfigLoader {
  /** Keys of a merge that mean something between agents only. */
  private static final Set<String> OF_ROUNDS =
      Set.of(MergeKeys.PROBE.path(), MergeKeys.OPTIMIZER_STATE.path(), MergeKeys.REFERENCE.path());

  private final List<String> problems = new ArrayList<>();
  private final Set<ConfigKey<?>> unreadable = new HashSet<>();
  private final ConfigValues values = new ConfigValues();

  private ConfigLoader() {}

  /**
   * The file with options laid over it and defaults below it.
   *
   * @param file HOCON; the quickstart if empty
   * @param sets {@code key=value}, later ones win
   * @throws ConfigException with all problems: unknown keys, wrong types, values that are not
   *     allowed, impossible combinations
   */
  public static RunConfig load(Optional<Path> file, List<String> sets) {
    return load(() -> ConfigSource.file(file), sets);
  }

  /**
   * A text with defaults below it, such as what {@link RunConfig#render()} wrote.
   *
   * @param origin where the text is from, for messages
   * @throws ConfigException as {@link #load}
   */
  public static RunConfig parse(String text, String origin) {
    return load(() -> ConfigSource.text(text, origin), List.of());
  }

  private static RunConfig load(Supplier<Config> source, List<String> sets) {
    ConfigLoader loader = new ConfigLoader();
    RunConfig config = loader.read(loader.leaves(source, sets));
    loader.throwIfAny();
    return config;
  }

  /** A configuration that is resolved already, with defaults below it. */
  static RunConfig of(Config resolved) {
    ConfigLoader loader = new ConfigLoader();
    Map<String, ConfigValue> leaves = new TreeMap<>();
    flatten("", resolved.root(), leaves);
    RunConfig config = loader.read(leaves);
    loader.throwIfAny();
    return config;
  }

  /**
   * The network that options choose, laid over the defaults; no file is read.
   *
   * @param sets {@code network.name=value} and the like, later ones win
   * @throws ConfigException with all problems, keys of other groups among them
   */
  public static NetworkConfig network(List<String> sets) {
    return NetworkConfig.of(only(path -> path.startsWith("network."), sets));
  }

  /**
   * What merging model files reads of a configuration, laid over the defaults; no file is read.
   *
   * @param sets {@code key=value} of data.path, merge and seed, later ones win
   * @throws ConfigException with all problems, keys of other groups among them
   */
  public static MergeSettings mergeSettings(List<String> sets) {
    return MergeSettings.of(only(ConfigLoader::isReadByMerge, sets));
  }

  private static boolean isReadByMerge(String path) {
    return path.equals(RunKeys.SEED.path())
        || path.equals(DataKeys.PATH.path())
        || (path.startsWith("merge.") && !OF_ROUNDS.contains(path));
  }

  /** Values of some keys; any other key is a problem. */
  private static ConfigValues only(Predicate<String> read, List<String> sets) {
    ConfigLoader loader = new ConfigLoader();
    List<ConfigKey<?>> keys = ConfigKeys.ALL.stream().filter(key -> read.test(key.path())).toList();
    Map<String, ConfigValue> leaves = loader.leaves(ConfigFactory::empty, sets);
    loader.readKeys(keys, leaves);
    String names = keys.stream().map(ConfigKey::path).collect(Collectors.joining(", "));
    leaves
        .keySet()
        .forEach(path -> loader.problems.add(path + " is not read here; the keys are " + names));
    loader.throwIfAny();
    return loader.values;
  }

  private void throwIfAny() {
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
  }

  private RunConfig read(Map<String, ConfigValue> leaves) {
    readKeys(ConfigKeys.ALL, leaves);
    if (leaves.keySet().removeIf(path -> path.startsWith(CompareLoader.BLOCK + "."))) {
      problems.add(
          "a block compare is read by dimat compare (and dimat plan), not by a single run");
    }
    leaves.forEach(this::unknown);
    RunConfig config = RunConfig.of(values);
    for (Combinations.Rule rule : Combinations.ALL) {
      if (rule.keys().stream().noneMatch(unreadable::contains)) {
        rule.problem().apply(config).ifPresent(problems::add);
      }
    }
    return config;
  }

  /** Takes the values of these keys out of the leaves. */
  private void readKeys(List<ConfigKey<?>> keys, Map<String, ConfigValue> leaves) {
    for (ConfigKey<?> key : keys) {
      ConfigValue value = leaves.remove(key.path());
      if (value != null && value.valueType() != ConfigValueType.NULL) {
        readKey(key, value);
      }
    }
  }

  private Map<String, ConfigValue> leaves(Supplier<Config> file, List<String> sets) {
    Map<String, ConfigValue> leaves = new TreeMap<>();
    flatten("", resolved(file, sets, problems).root(), leaves);
    return leaves;
  }

  /**
   * A source with options laid over it.
   *
   * @param problems takes what is wrong with options
   * @throws ConfigException if the source cannot be read, with those problems
   */
  static Config resolved(Supplier<Config> file, List<String> sets, List<String> problems) {
    List<Config> options = new ArrayList<>();
    for (String set : sets) {
      try {
        options.add(ConfigSource.option(set));
      } catch (IllegalArgumentException e) {
        problems.add(e.getMessage());
      } catch (com.typesafe.config.ConfigException e) {
        problems.add("--set " + set + " cannot be read: " + oneLine(e));
      }
    }
    try {
      return ConfigSource.resolved(file.get(), options);
    } catch (com.typesafe.config.ConfigException e) {
      problems.add(oneLine(e));
      throw new ConfigException(problems);
    }
  }

  private static String oneLine(com.typesafe.config.ConfigException e) {
    boolean missing = e instanceof com.typesafe.config.ConfigException.IO;
    return (missing ? "configuration cannot be read: " : "")
        + e.getMessage().replaceAll("\\s+", " ");
  }

  private <T> void readKey(ConfigKey<T> key, ConfigValue value) {
    try {
      values.put(key, key.type().read(value));
    } catch (IllegalArgumentException e) {
      unreadable.add(key);
      problems.add(place(value.origin()) + key.path() + " " + e.getMessage());
    }
  }

  /** Descends to keys and to whatever is no group of keys. */
  private static void flatten(String prefix, ConfigObject object, Map<String, ConfigValue> leaves) {
    object.forEach(
        (name, value) -> {
          String path = prefix + name;
          boolean key = ConfigKeys.ALL.stream().anyMatch(k -> k.path().equals(path));
          if (!key && value instanceof ConfigObject group && !group.isEmpty()) {
            flatten(path + ".", group, leaves);
          } else {
            leaves.put(path, value);
          }
        });
  }

  private void unknown(String path, ConfigValue value) {
    Set<String> keys = new TreeSet<>();
    ConfigKeys.ALL.forEach(key -> keys.add(key.path()));
    List<String> inside = keys.stream().filter(key -> key.startsWith(path + ".")).toList();
    if (inside.isEmpty()) {
      String hint = Nearest.to(path, keys).map(key -> "; did you mean " + key + "?").orElse("");
      problems.add(place(value.origin()) + path + " is not a key" + hint);
    } else if (value.valueType() != ConfigValueType.OBJECT) {
      problems.add(
          place(value.origin()) + path + " is a group; its keys are " + String.join(", ", inside));
    }
  }

  /** {@code file:line: }, or the option's name. */
  static String place(ConfigOrigin origin) {
    int line = origin.lineNumber();
    String description = origin.description();
    if (description.startsWith("--set ")) {
      return "--set: ";
    }
    String file = description.replaceFirst(": \\d+(-\\d+)?$", "");
    return line > 0 ? file + ":" + line + ": " : file + ": ";
  }
}
