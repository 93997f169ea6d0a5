package io.dimat.conf;

import static org.assertj.core.api.Assertions.assertThat;

import com.typesafe.config.ConfigFactory;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ConfigKeysTest {
  static Stream<ConfigKey<?>> keys() {
    return ConfigKeys.ALL.stream();
  }

  @Test
  void documentation_ofEveryKey_equalsTheTable() throws IOException {
    assertThat(Files.readString(Path.of("../docs/configuration.md")))
        .as("run ConfigurationPage.main in the folder of the clone to rewrite the page")
        .isEqualTo(ConfigurationPage.text());
  }

  @Test
  void paths_ofAllKeys_areDistinctAndGrouped() {
    assertThat(keys().map(ConfigKey::path)).doesNotHaveDuplicates();
    assertThat(keys().map(key -> group(key.path())).distinct().count()).isEqualTo(changesOfGroup());
  }

  private static long changesOfGroup() {
    long changes = 0;
    String open = null;
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      if (!group(key.path()).equals(open)) {
        open = group(key.path());
        changes++;
      }
    }
    return changes;
  }

  private static String group(String path) {
    return path.contains(".") ? path.substring(0, path.lastIndexOf('.')) : "";
  }

  @ParameterizedTest
  @MethodSource("keys")
  void render_ofTheDefault_readsBackEqual(ConfigKey<?> key) {
    String text = "value = " + key.renderDefault();
    assertThat((Object) key.type().read(ConfigFactory.parseString(text).getValue("value")))
        .isEqualTo(key.defaultValue());
  }
}
