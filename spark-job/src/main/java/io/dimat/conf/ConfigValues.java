package io.dimat.conf;

import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/** The values that were set, by key; every other key has its default. */
final class ConfigValues {
  private final Map<String, Object> set = new HashMap<>();

  <T> void put(ConfigKey<T> key, T value) {
    set.put(key.path(), value);
  }

  @SuppressWarnings("unchecked") // put is the only writer
  <T> T get(ConfigKey<T> key) {
    return (T) set.getOrDefault(key.path(), key.defaultValue());
  }

  /** The value if it was set. */
  @SuppressWarnings("unchecked") // as above
  <T> Optional<T> given(ConfigKey<T> key) {
    return Optional.ofNullable((T) set.get(key.path()));
  }
}
