package io.dimat.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class MergeMethodsTableTest {
  @Test
  void documentation_ofMethods_isWhatTheOperatorsAnswer() throws IOException {
    assertThat(Files.readString(Path.of("../docs/merging.md")))
        .as("docs/merging.md must hold this table")
        .contains(MergeMethodsTable.text());
  }
}
