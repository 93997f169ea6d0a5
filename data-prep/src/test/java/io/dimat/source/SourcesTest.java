package io.dimat.source;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.HashSet;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class SourcesTest {
  @Test
  void open_everyName_infoOfThatName() {
    assertThat(Sources.names())
        .containsExactly(
            "cifar10",
            "cifar100",
            "fashion-mnist",
            "fashion-mnist-sample",
            "mnist",
            "tiny-imagenet")
        .filteredOn(name -> !name.equals("tiny-imagenet")) // has its classes in a file
        .allSatisfy(
            name ->
                assertThat(Sources.open(name, Optional.of("folder")).info().name())
                    .isEqualTo(name));
  }

  @Test
  void open_cifar100_has100DifferentClassNames() {
    DatasetInfo info = Sources.open("cifar100", Optional.of("folder")).info();

    assertThat(new HashSet<>(info.classNames())).hasSize(100).contains("apple", "worm");
  }

  @Test
  void open_unknownName_listsTheAllowedOnes() {
    assertThatThrownBy(() -> Sources.open("imagenet", Optional.empty()))
        .isInstanceOf(DataException.class)
        .hasMessage(
            "there is no dataset imagenet; choose one of cifar10, cifar100, fashion-mnist, fashion-mnist-sample, mnist, tiny-imagenet");
  }

  @Test
  void open_withoutPath_saysSo() {
    assertThatThrownBy(() -> Sources.open("mnist", Optional.of(" ")))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("dataset mnist needs a path");
  }

  @Test
  void table_isTheFormula() {
    float[] table = Sources.open("cifar100", Optional.of("folder")).info().normalization().table();

    assertThat(table).hasSize(768);
    assertThat(table[256 + 51]).isEqualTo((float) ((0.2 - 0.4866) / 0.2564));
  }
}
