package io.dimat.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class NearestTest {
  private static final List<String> KEYS = List.of("train.batch", "train.momentum", "rounds");

  @Test
  void to_oneLetterWrong_findsTheWord() {
    assertThat(Nearest.to("train.bacth", KEYS)).contains("train.batch");
    assertThat(Nearest.to("round", KEYS)).contains("rounds");
  }

  @Test
  void to_keyWithoutItsGroup_findsTheWholeKey() {
    assertThat(Nearest.to("momentum", KEYS)).contains("train.momentum");
  }

  @Test
  void to_somethingElse_findsNothing() {
    assertThat(Nearest.to("completely", KEYS)).isEmpty();
  }

  @Test
  void to_otherCase_isTheSameWord() {
    assertThat(Nearest.to("DSGD", List.of("dsgd", "d2"))).contains("dsgd");
  }

  @Test
  void to_oneLetter_resemblesNothing() {
    assertThat(Nearest.to("x", List.of("d2", "wa"))).isEmpty();
  }
}
