package io.dimat.conf;

import com.typesafe.config.Config;
import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * A HOCON or JSON file as plain values, for files that are data and not the configuration of a run.
 * Such a file may come from somebody else: it is bounded, and it can refer to nothing outside it.
 */
public final class ConfigTree {
  private static final int MAX_BYTES = 16_000_000;

  private ConfigTree() {}

  /**
   * Reads a file.
   *
   * @return maps, lists, text, numbers, booleans and null, nested
   * @throws ConfigException if it cannot be read, is no HOCON, has more than 16 MB, or uses
   *     substitutions or includes
   */
  public static Map<String, Object> read(Path file) {
    return parse(text(file), file.toString());
  }

  private static String text(Path file) {
    try (InputStream in = Files.newInputStream(file)) {
      byte[] bytes = in.readNBytes(MAX_BYTES + 1);
      if (bytes.length > MAX_BYTES) {
        throw problem(file + " may have " + MAX_BYTES + " bytes, it has more");
      }
      return new String(bytes, StandardCharsets.UTF_8);
    } catch (IOException e) {
      throw problem(file + " cannot be read: there is no such file, or it is closed to us");
    }
  }

  /**
   * Reads text.
   *
   * @param origin what messages call it
   * @return as {@link #read}
   * @throws ConfigException as {@link #read}
   */
  public static Map<String, Object> parse(String text, String origin) {
    try {
      Config config = ConfigFactory.parseString(text, ConfigSource.closed(origin));
      if (!config.isResolved()) {
        throw problem(origin + " may not use substitutions such as ${name}, it does");
      }
      return config.root().unwrapped();
    } catch (com.typesafe.config.ConfigException e) {
      throw problem(e.getMessage().replaceAll("\\s+", " "));
    } catch (StackOverflowError e) { // the library descends into every bracket and every dot
      throw problem(origin + " is nested too deeply");
    }
  }

  private static ConfigException problem(String message) {
    return new ConfigException(List.of(message));
  }
}
