package io.dimat.conf;

import io.dimat.conf.ConfigKey.Effect;
import io.dimat.job.SettingReaders;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Writes docs/configuration.md from the key table; run it in the folder of the clone. */
final class ConfigurationPage {
  private static final String HEAD =
      """
      # Configuration

      A run is described by one HOCON file; `submit/dimat train FILE` runs it, without FILE it is `conf/quickstart.conf`.
      `--set key=value` (repeatable) goes over the file, `--out DIR` sets `run.out`, `--resume MODE` sets `run.resume`.
      All problems of a configuration are reported at once, before anything starts, and end with exit code 2.
      The resolved configuration is written to `config.conf` in the output folder and can be run again.

      Files may `include "other.conf"` beside them and read the environment with `${?NAME}`. URLs are never read.
      A value with `//` or `:` needs quotes in a file: `run.out = "s3a://bucket/run"`; after `--set` it does not.

      "Fingerprint" says whether the key belongs to the identity of a run: a run is resumed only with equal values of
      those keys, and the difference is printed otherwise. The other keys may change between two attempts.

      | key | type | default | allowed | fingerprint | what it does |
      |---|---|---|---|---|---|
      """;

  private static final String READERS =
      """

      ## Who reads the settings of methods

      Found out by planning every algorithm with and without each setting. What is set and not read changes nothing;
      `plan`, `train`, `compare` and the report say so. Keys that are not here are read whatever the algorithm is, or say
      themselves what reads them.

      | key | algorithms |
      |---|---|
      """;

  private ConfigurationPage() {}

  static String text() {
    StringBuilder page = new StringBuilder(HEAD);
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      page.append(
          "| `%s` | %s | `%s` | %s | %s | %s |%n"
              .formatted(
                  key.path(),
                  key.type().name(),
                  key.renderDefault(),
                  key.type().allowed(),
                  key.effect() == Effect.FINGERPRINT ? "yes" : "no",
                  key.description()));
    }
    page.append(READERS);
    SettingReaders.table()
        .forEach(
            (key, names) ->
                page.append("| `%s` | %s |%n".formatted(key, String.join(", ", names))));
    return page.toString();
  }

  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of("docs/configuration.md"), text());
  }
}
