package io.dimat.conf;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigRenderOptions;
import com.typesafe.config.ConfigUtil;
import com.typesafe.config.ConfigValueFactory;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** Values of some keys, to be laid over a configuration. A key set to null has its default. */
public final class Settings {
  /** No key is set. */
  public static final Settings NONE = new Settings(ConfigFactory.empty());

  private final Config values;

  Settings(Config values) {
    this.values = values;
  }

  /**
   * Keys by their full names.
   *
   * @param values numbers, text, or lists of them, nested; null for the default
   */
  public static Settings of(Map<String, ?> values) {
    Config config = ConfigFactory.empty();
    for (Map.Entry<String, ?> entry : new TreeMap<>(values).entrySet()) {
      config =
          config.withValue(
              entry.getKey(), ConfigValueFactory.fromAnyRef(entry.getValue(), "a control"));
    }
    return new Settings(config);
  }

  /** One key. */
  public static Settings of(String key, Object value) {
    return of(Map.of(key, value));
  }

  /** These settings, and those of {@code below} where these say nothing. */
  public Settings over(Settings below) {
    return new Settings(values.withFallback(below.values));
  }

  /** Whether the key is set. */
  public boolean sets(String key) {
    return values.hasPathOrNull(key);
  }

  /** What is set: full name to value, as text. */
  public SortedMap<String, String> entries() {
    SortedMap<String, String> entries = new TreeMap<>();
    values
        .entrySet()
        .forEach(
            entry ->
                entries.put(
                    String.join(".", ConfigUtil.splitPath(entry.getKey())),
                    ScalarText.text(entry.getValue())
                        .orElseGet(() -> entry.getValue().render(ConfigRenderOptions.concise()))));
    return entries;
  }

  Config values() {
    return values;
  }
}
