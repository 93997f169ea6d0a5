package io.dimat.interchange;

import io.dimat.conf.ConfigException;
import io.dimat.conf.ConfigTree;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Turns the tensor names of a file into those of our networks, for example
 *
 * <pre>{ "module." = "", "fc." = "linear.", "backbone.conv1.weight" = "conv1.weight" }</pre>
 *
 * <p>A rule whose left side ends in a dot, or is empty, is a <em>prefix rule</em>: it replaces that
 * beginning of a name by its right side. Every other rule is <em>exact</em>: it replaces the whole
 * name. Of the rules that match a name, the longest left side wins; one rule is applied, once, and
 * a name that no rule matches stays. Under the rules above {@code module.fc.bias} therefore becomes
 * {@code fc.bias}; with {@code "module.fc." = "linear."} added it becomes {@code linear.bias}.
 */
public final class NameMapping {
  private final SortedMap<String, String> rules;

  private NameMapping(SortedMap<String, String> rules) {
    this.rules = rules;
  }

  /** Every name stays. */
  public static NameMapping none() {
    return new NameMapping(new TreeMap<>());
  }

  /**
   * A mapping of these rules.
   *
   * @throws ConfigException if a prefix rule's right side is neither empty nor ends in a dot, or an
   *     exact rule's right side does
   */
  public static NameMapping of(Map<String, String> rules) {
    List<String> problems = new ArrayList<>();
    SortedMap<String, String> sorted = new TreeMap<>(rules);
    sorted.forEach((from, to) -> problem(from, to).ifPresent(problems::add));
    if (!problems.isEmpty()) {
      throw new ConfigException(problems);
    }
    return new NameMapping(sorted);
  }

  private static Optional<String> problem(String from, String to) {
    boolean prefixTo = to.isEmpty() || to.endsWith(".");
    if (isPrefix(from) == prefixTo) {
      return Optional.empty();
    }
    String rule = "mapping rule " + shown(from, to);
    return Optional.of(
        isPrefix(from)
            ? rule + " replaces a prefix, so its right side must be empty or end in a dot"
            : rule
                + " replaces a whole name, so its right side must be one; a prefix ends in a dot");
  }

  /**
   * Reads a HOCON or JSON file of rules. Unquoted keys may be nested: {@code fc { weight =
   * linear.weight }} is the exact rule {@code "fc.weight" = "linear.weight"}.
   *
   * @throws ConfigException with all problems of the file
   */
  public static NameMapping read(Path file) {
    SortedMap<String, String> rules = new TreeMap<>();
    List<String> problems = new ArrayList<>();
    flatten("", ConfigTree.read(file), rules, problems);
    if (!problems.isEmpty()) {
      throw new ConfigException(problems.stream().map(p -> file + ": " + p).toList());
    }
    return of(rules);
  }

  private static void flatten(
      String before, Map<?, ?> tree, SortedMap<String, String> rules, List<String> problems) {
    for (Map.Entry<?, ?> entry : tree.entrySet()) {
      String name = before + entry.getKey();
      if (entry.getValue() instanceof Map<?, ?> inner) {
        flatten(name + ".", inner, rules, problems);
      } else if (!(entry.getValue() instanceof String text)) {
        problems.add(OneLine.of(name) + " must map to text, got " + entry.getValue());
      } else if (rules.put(name, text) != null) {
        problems.add(OneLine.of(name) + " must be mapped once, it is mapped twice");
      }
    }
  }

  /** True if every name stays. */
  public boolean isEmpty() {
    return rules.isEmpty();
  }

  /**
   * Names of a file by the names they are given.
   *
   * @param names of the file, not modified
   * @throws ModelFileException if a rule matches no name, or if two names become one
   */
  SortedMap<String, String> apply(Collection<String> names) throws ModelFileException {
    SortedMap<String, String> inFile = new TreeMap<>();
    Set<String> unused = new TreeSet<>(rules.keySet());
    for (String name : names) {
      rules.keySet().stream().filter(rule -> matches(rule, name)).forEach(unused::remove);
      String other = inFile.put(rename(name), name);
      ModelFileException.require(
          other == null, "the mapping gives " + other + " and " + name + " the same name");
    }
    List<String> idle = unused.stream().map(rule -> shown(rule, rules.get(rule))).toList();
    ModelFileException.require(
        idle.isEmpty(), "the mapping has rules that match no tensor: " + FirstFew.of(idle));
    return inFile;
  }

  private String rename(String name) {
    String longest = null; // of equal length there is only one, because all match the same name
    for (String rule : rules.keySet()) {
      if (matches(rule, name) && (longest == null || rule.length() > longest.length())) {
        longest = rule;
      }
    }
    return longest == null ? name : rules.get(longest) + name.substring(longest.length());
  }

  private static boolean matches(String rule, String name) {
    return isPrefix(rule) ? name.startsWith(rule) : name.equals(rule);
  }

  private static boolean isPrefix(String rule) {
    return rule.isEmpty() || rule.endsWith(".");
  }

  private static String shown(String from, String to) {
    return "\"" + from + "\" = \"" + to + "\"";
  }
}
