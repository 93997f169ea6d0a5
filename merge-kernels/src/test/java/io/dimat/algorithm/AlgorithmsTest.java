package io.dimat.algorithm;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class AlgorithmsTest {
  @Test
  void page_ofTheRegistry_isUpToDate() throws Exception {
    assertThat(Files.readString(Path.of("../docs/algorithms.md")))
        .as("run io.dimat.algorithm.AlgorithmsPage in the folder of the clone")
        .isEqualTo(AlgorithmsPage.text());
  }

  @Test
  void methods_all_sayWhatTheyAre() {
    assertThat(Algorithms.methods())
        .hasSize(Algorithms.names().size())
        .allSatisfy(
            method -> {
              assertThat(method.name()).matches("[a-z0-9]+(-[a-z0-9]+)*");
              assertThat(method.description()).isNotBlank().doesNotEndWith(".");
              assertThat(method.facts().equation()).isNotBlank();
              assertThat(method.facts().needs()).isNotBlank();
              assertThat(method.facts().traffic()).isNotBlank();
              assertThat(method.facts().state()).isNotBlank();
              assertThat(method.facts().source())
                  .containsAnyOf("arXiv", "Neural Networks", "control");
            });
  }

  @Test
  void create_unknownName_saysWhichThereAre() {
    assertThatThrownBy(() -> Algorithms.create("dsdg", null))
        .hasMessageContaining("algorithm must be one of")
        .hasMessageContaining("dsgd")
        .hasMessageEndingWith("got dsdg");
  }
}
