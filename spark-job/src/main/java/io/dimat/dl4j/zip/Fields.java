package io.dimat.dl4j.zip;

import com.fasterxml.jackson.databind.JsonNode;
import io.dimat.interchange.ModelFileException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/**
 * One JSON object of a configuration, read key by key. Whatever the file holds, a wrong value ends
 * in one short line that begins with {@code where}.
 *
 * @param where what the object describes, for messages
 */
record Fields(String where, JsonNode node) {
  /** Largest size of anything; products of four of them are formed with overflow checks. */
  static final int MAX_SIZE = 1 << 24;

  private static final int MAX_SHOWN = 100;
  private static final Pattern UNPRINTABLE =
      Pattern.compile("[\\p{Cntrl}\\x{80}-\\x{9f}\\x{2028}\\x{2029}]");

  /** The object's {@code @class}: a text that is compared with known names, nothing else. */
  String type() throws ModelFileException {
    return text("@class");
  }

  /** {@link #type()} without its package. */
  String shortType() throws ModelFileException {
    String type = type();
    return shorten(type.substring(type.lastIndexOf('.') + 1));
  }

  Fields child(String key) throws ModelFileException {
    return optionalChild(key).orElseThrow(() -> wrong(key, "an object"));
  }

  /** Empty where the key is missing or null. */
  Optional<Fields> optionalChild(String key) throws ModelFileException {
    JsonNode child = node.path(key);
    if (child.isMissingNode() || child.isNull()) {
      return Optional.empty();
    }
    require(child.isObject(), key, "an object");
    return Optional.of(new Fields(where, child));
  }

  String text(String key) throws ModelFileException {
    require(node.path(key).isTextual(), key, "text");
    return node.path(key).textValue();
  }

  List<String> texts(String key) throws ModelFileException {
    require(node.path(key).isArray(), key, "an array of text");
    List<String> texts = new ArrayList<>();
    for (JsonNode element : node.path(key)) {
      require(element.isTextual(), key, "an array of text");
      texts.add(element.textValue());
    }
    return texts;
  }

  boolean flag(String key) throws ModelFileException {
    require(node.path(key).isBoolean(), key, "true or false");
    return node.path(key).booleanValue();
  }

  double number(String key) throws ModelFileException {
    require(node.path(key).isNumber(), key, "a number");
    return node.path(key).doubleValue();
  }

  /** A whole number from 1 to {@link #MAX_SIZE}. */
  int size(String key) throws ModelFileException {
    return whole(key, node.path(key), 1);
  }

  /** The one size of both axes, from {@code least} on: the layers of a network are square. */
  int square(String key, int least) throws ModelFileException {
    JsonNode axes = node.path(key);
    require(axes.isArray() && axes.size() == 2, key, "two whole numbers");
    int height = whole(key, axes.get(0), least);
    require(height == whole(key, axes.get(1), least), key, "equal in both axes");
    return height;
  }

  private int whole(String key, JsonNode number, int least) throws ModelFileException {
    require(
        number.isIntegralNumber()
            && number.canConvertToInt()
            && number.intValue() >= least
            && number.intValue() <= MAX_SIZE,
        key,
        "whole and from " + least + " to " + MAX_SIZE);
    return number.intValue();
  }

  /** The key is missing, null or has this text. */
  void requireTextOrNothing(String key, String wanted) throws ModelFileException {
    JsonNode value = node.path(key);
    boolean nothing = value.isMissingNode() || value.isNull();
    require(nothing || wanted.equals(value.textValue()), key, wanted);
  }

  void require(boolean holds, String key, String rule) throws ModelFileException {
    if (!holds) {
      throw wrong(key, rule);
    }
  }

  private ModelFileException wrong(String key, String rule) {
    JsonNode value = node.path(key);
    String got = value.isMissingNode() ? "nothing" : shorten(value.toString());
    return refusal(key + " must be " + rule + ", got " + got);
  }

  /** The exception that says why the object cannot be read. */
  ModelFileException refusal(String reason) {
    return new ModelFileException(where + ": " + reason);
  }

  /** A file's text in a message is one line and bounded, whatever the file says. */
  static String shorten(String text) {
    return shorten(text, MAX_SHOWN);
  }

  static String shorten(String text, int most) {
    String head = text.length() <= most ? text : text.substring(0, most) + "...";
    return UNPRINTABLE.matcher(head).replaceAll("?");
  }

  /** True if the text stays on one line. */
  static boolean isPrintable(String text) {
    return !UNPRINTABLE.matcher(text).find();
  }
}
