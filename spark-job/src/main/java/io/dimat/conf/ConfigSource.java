package io.dimat.conf;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import com.typesafe.config.ConfigOriginFactory;
import com.typesafe.config.ConfigParseOptions;
import com.typesafe.config.ConfigValue;
import com.typesafe.config.ConfigValueFactory;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/** Files and {@code --set} options as unresolved HOCON; throws the library's exceptions. */
final class ConfigSource {
  private static final String QUICKSTART = "quickstart.conf";
  private static final String QUICK_COMPARISON = "compare-quick.conf";

  private ConfigSource() {}

  /** The file, with an output folder named after it beneath; the quickstart if there is none. */
  static Config file(Optional<Path> file) {
    return file(file, QUICKSTART);
  }

  /** The same for a comparison; the quick one if there is none. */
  static Config comparison(Optional<Path> file) {
    return file(file, QUICK_COMPARISON);
  }

  private static Config file(Optional<Path> file, String shipped) {
    Config content = file.map(ConfigSource::parse).orElseGet(() -> shipped(shipped));
    String name = file.map(path -> path.getFileName().toString()).orElse(shipped);
    String stem = name.replaceFirst("\\.(conf|json|properties)$", "");
    return content.withFallback(
        ConfigFactory.empty()
            .withValue(OutputKeys.OUT.path(), ConfigValueFactory.fromAnyRef("runs/" + stem)));
  }

  /** A text; {@code origin} stands for its place in messages. */
  static Config text(String text, String origin) {
    return ConfigFactory.parseString(text, options(origin));
  }

  private static Config parse(Path file) {
    if (!Files.exists(file)) {
      throw new com.typesafe.config.ConfigException.IO(
          ConfigOriginFactory.newSimple(file.toString()), "there is no such file");
    }
    return ConfigFactory.parseFile(file.toFile(), options(file.toString()).setAllowMissing(false));
  }

  private static Config shipped(String name) {
    try (Reader reader =
        new InputStreamReader(
            ConfigSource.class.getResourceAsStream(name), StandardCharsets.UTF_8)) {
      return ConfigFactory.parseReader(reader, options("conf/" + name));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /**
   * One {@code key=value}. Text keys take the value as it stands, because HOCON reads {@code //} as
   * a comment; other values are HOCON.
   *
   * @throws IllegalArgumentException if there is no key or no equals sign
   */
  static Config option(String assignment) {
    int sign = assignment.indexOf('=');
    if (sign <= 0) {
      throw new IllegalArgumentException("--set needs key=value, got " + assignment);
    }
    String path = assignment.substring(0, sign).strip();
    String text = assignment.substring(sign + 1).strip();
    String origin = "--set " + path;
    boolean literal =
        ConfigKeys.ALL.stream()
            .anyMatch(key -> key.path().equals(path) && key.type() instanceof TextType);
    ConfigValue value =
        literal && !text.equals("null")
            ? ConfigValueFactory.fromAnyRef(text, origin)
            : single(ConfigFactory.parseString("value = " + text, options(origin)), assignment);
    return ConfigFactory.empty().withValue(path, value);
  }

  private static ConfigValue single(Config parsed, String assignment) {
    if (parsed.root().size() != 1) {
      throw new IllegalArgumentException(
          "--set takes one key; repeat it for each, got " + assignment);
    }
    return parsed.root().get("value");
  }

  static Config resolved(Config file, List<Config> options) {
    Config all = file;
    for (Config option : options) {
      all = option.withFallback(all);
    }
    return all.resolve();
  }

  /** Options that let the text refer to nothing outside it. */
  static ConfigParseOptions closed(String origin) {
    return ConfigParseOptions.defaults()
        .setOriginDescription(origin)
        .setIncluder(new ClosedIncluder());
  }

  private static ConfigParseOptions options(String origin) {
    return ConfigParseOptions.defaults()
        .setOriginDescription(origin)
        .setIncluder(new FileIncluder());
  }
}
