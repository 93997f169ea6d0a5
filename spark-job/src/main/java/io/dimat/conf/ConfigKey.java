package io.dimat.conf;

import java.util.Collection;
import java.util.function.Function;

/**
 * One row of the key table.
 *
 * @param path full name with dots
 * @param type kind and allowed values
 * @param defaultValue taken where nothing is set
 * @param effect whether another value makes it another run
 * @param description one line without full stop
 * @param in where the value lives in a configuration
 * @param <T> the Java value
 */
public record ConfigKey<T>(
    String path,
    ValueType<T> type,
    T defaultValue,
    Effect effect,
    String description,
    Function<RunConfig, T> in) {
  /** What changing the key's value means for a run that is to be resumed. */
  public enum Effect {
    /** It changes numbers, so it is part of the run's fingerprint. */
    FINGERPRINT,
    /** The same run may be resumed with another value. */
    FREE
  }

  /** A key that changes numbers. */
  static <T> ConfigKey<T> counted(
      String path, ValueType<T> type, T value, String description, Function<RunConfig, T> in) {
    return new ConfigKey<>(path, type, value, Effect.FINGERPRINT, description, in);
  }

  /** A name of a registry, which changes numbers. */
  static ConfigKey<String> named(
      String path,
      Collection<String> names,
      String value,
      String description,
      Function<RunConfig, String> in) {
    return counted(path, NameType.of(names), value, description, in);
  }

  /** A choice that changes numbers. */
  static <E extends Enum<E>> ConfigKey<E> choice(
      String path, E value, String description, Function<RunConfig, E> in) {
    return counted(path, ChoiceType.of(value.getDeclaringClass()), value, description, in);
  }

  /** A key that may change between two attempts at one run. */
  static <T> ConfigKey<T> free(
      String path, ValueType<T> type, T value, String description, Function<RunConfig, T> in) {
    return new ConfigKey<>(path, type, value, Effect.FREE, description, in);
  }

  /** The value that a configuration holds, as HOCON text. */
  public String render(RunConfig config) {
    return type.render(in.apply(config));
  }

  /** The default as HOCON text. */
  public String renderDefault() {
    return type.render(defaultValue);
  }
}
