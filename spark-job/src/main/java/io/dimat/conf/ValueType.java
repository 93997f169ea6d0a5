package io.dimat.conf;

import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigValue;

/**
 * How one kind of value is read from HOCON and written back.
 *
 * @param <T> the Java value
 */
public sealed interface ValueType<T>
    permits ChoiceType, DecimalType, EdgesType, IntegerType, MatrixType, NameType, TextType {
  /** The kind in one or two words, e.g. {@code integer}. */
  String name();

  /** The allowed values in words that follow "must be". */
  String allowed();

  /**
   * Reads a value.
   *
   * @throws IllegalArgumentException if the value is of another kind or not allowed; the message
   *     starts with "must be"
   */
  T read(ConfigValue value);

  /** HOCON text that {@link #read} turns back into an equal value. */
  String render(T value);

  /** The refusal of a value: the rule and what was found. */
  default IllegalArgumentException refuse(ConfigValue value) {
    String text = value.render(ConfigRenderOptions.concise());
    String shown = text.length() > 60 ? text.substring(0, 57) + "..." : text;
    return new IllegalArgumentException("must be " + allowed() + ", got " + shown);
  }
}
