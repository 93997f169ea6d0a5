package io.dimat.interchange;

import io.dimat.conf.Nearest;
import io.dimat.conf.Spelling;
import io.dimat.network.Shape;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;

/**
 * The keys of one layer in a network file. A value that is missing or wrong becomes a problem, and
 * something harmless is returned in its place; a key that nobody asked for becomes one too.
 */
final class LayerFields {
  private static final String KIND = "kind";
  private static final String NAME = "name";
  private static final String INPUT = "input";
  private static final String INPUTS = "inputs";

  private final String kind;
  private final String name;
  private final String place;
  private final String before;
  private final Map<?, ?> values;
  private final TreeSet<String> known = new TreeSet<>(List.of(KIND, NAME));
  private final List<String> problems = new ArrayList<>();

  /**
   * @param number of the layer, from 1 on
   * @param before name of the layer before, empty for the first
   */
  LayerFields(int number, String before, Map<?, ?> values) {
    this.before = before;
    this.values = values;
    this.kind = values.get(KIND) instanceof String text ? text : "";
    boolean named = values.get(NAME) instanceof String;
    this.name = named ? (String) values.get(NAME) : kind + "-" + number;
    this.place = "layer " + (named ? OneLine.of(name) : "" + number);
    if (values.containsKey(NAME) && (!named || name.isBlank())) {
      problem("needs a name that is text");
    }
  }

  /** The kind as written, empty if there is none. */
  String kind() {
    return kind;
  }

  String name() {
    return name;
  }

  /** What messages call the layer. */
  String place() {
    return place;
  }

  List<String> problems() {
    return Collections.unmodifiableList(problems);
  }

  void problem(String rule) {
    problems.add(place + " " + rule);
  }

  /** The one layer that is read: the one before unless the file says otherwise. */
  String input() {
    known.add(INPUT);
    Object value = values.containsKey(INPUT) ? values.get(INPUT) : before;
    return value instanceof String text ? text : refused(INPUT, "the name of a layer", "");
  }

  /** The layers that are read, at least two. */
  List<String> inputs() {
    known.add(INPUTS);
    boolean names =
        values.get(INPUTS) instanceof List<?> list
            && list.size() > 1
            && list.stream().allMatch(String.class::isInstance);
    return names
        ? ((List<?>) values.get(INPUTS)).stream().map(String.class::cast).toList()
        : refused(INPUTS, "a list of two or more layers", List.of("", ""));
  }

  /** A required whole number. */
  int integer(String key, int min) {
    known.add(key);
    boolean fits = values.get(key) instanceof Integer number && number >= min;
    return fits ? (Integer) values.get(key) : refused(key, "an integer, " + min + " or more", min);
  }

  /** A whole number with a default. */
  int integer(String key, int min, int otherwise) {
    known.add(key);
    return values.containsKey(key) ? integer(key, min) : otherwise;
  }

  /** A number above 0 with a default. */
  double positive(String key, double otherwise) {
    known.add(key);
    Object value = values.getOrDefault(key, null);
    if (value == null && !values.containsKey(key)) {
      return otherwise;
    }
    boolean fits =
        value instanceof Number number
            && number.doubleValue() > 0
            && Double.isFinite(number.doubleValue());
    return fits ? ((Number) value).doubleValue() : refused(key, "a number above 0", otherwise);
  }

  boolean flag(String key, boolean otherwise) {
    known.add(key);
    if (!values.containsKey(key)) {
      return otherwise;
    }
    return values.get(key) instanceof Boolean flag
        ? flag
        : refused(key, "true or false", otherwise);
  }

  /** A required choice, in the spelling of configurations. */
  <E extends Enum<E>> E choice(String key, Class<E> choices) {
    known.add(key);
    List<E> constants = Arrays.asList(choices.getEnumConstants());
    List<String> spellings = constants.stream().map(Spelling::of).toList();
    int at = spellings.indexOf(values.get(key));
    return at >= 0
        ? constants.get(at)
        : refused(key, "one of " + String.join(", ", spellings), constants.get(0));
  }

  /** A required [channels, height, width]. */
  Shape shape(String key) {
    known.add(key);
    boolean fits =
        values.get(key) instanceof List<?> list
            && list.size() == 3
            && list.stream().allMatch(n -> n instanceof Integer length && length >= 1);
    if (!fits) {
      return refused(key, "[channels, height, width], each at least 1", Shape.vector(1));
    }
    List<Integer> axes = ((List<?>) values.get(key)).stream().map(Integer.class::cast).toList();
    return new Shape(axes.get(0), axes.get(1), axes.get(2));
  }

  /** Reports keys that the kind does not have; to be called last. */
  void refuseOthers() {
    for (Object key : new TreeSet<>(values.keySet())) {
      String text = key.toString();
      if (!known.contains(text)) {
        String hint =
            Nearest.to(text, known).map(near -> "; did you mean " + near + "?").orElse("");
        problem("has no key " + OneLine.of(text) + hint);
      }
    }
  }

  private <T> T refused(String key, String allowed, T instead) {
    String got = values.containsKey(key) ? OneLine.of("" + values.get(key)) : "nothing";
    problem("needs " + key + " = " + allowed + ", got " + got);
    return instead;
  }
}
