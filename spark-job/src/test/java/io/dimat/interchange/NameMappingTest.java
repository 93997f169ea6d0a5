package io.dimat.interchange;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.conf.ConfigException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class NameMappingTest {
  @TempDir private Path folder;

  @Test
  void apply_severalRulesMatch_theLongestWinsAndIsAppliedOnce() throws IOException {
    NameMapping mapping =
        NameMapping.of(
            Map.of("module.", "", "module.fc.", "linear.", "module.fc.gain", "scale", "fc.", "x."));

    assertThat(
            mapping.apply(
                List.of("module.fc.bias", "module.fc.gain", "module.a.b", "other", "fc.w")))
        .isEqualTo(
            Map.of(
                "linear.bias", "module.fc.bias",
                "scale", "module.fc.gain",
                "a.b", "module.a.b",
                "other", "other",
                "x.w", "fc.w"));
  }

  @Test
  void apply_emptyPrefix_isPutBeforeEveryOtherName() throws IOException {
    NameMapping mapping = NameMapping.of(Map.of("", "net.", "a", "b"));

    assertThat(mapping.apply(List.of("a", "c"))).isEqualTo(Map.of("b", "a", "net.c", "c"));
  }

  @Test
  void apply_ruleThatMatchesNothing_isNamed() {
    NameMapping mapping = NameMapping.of(Map.of("modul.", "", "fc.weight", "linear.weight"));

    assertThatThrownBy(() -> mapping.apply(List.of("module.a", "fc.weight2")))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining(
            "match no tensor: \"fc.weight\" = \"linear.weight\", \"modul.\" = \"\"");
  }

  @Test
  void apply_twoNamesBecomeOne_namesBoth() {
    assertThatThrownBy(() -> NameMapping.of(Map.of("m.", "")).apply(List.of("a", "m.a")))
        .isInstanceOf(ModelFileException.class)
        .hasMessageContaining("a and m.a the same name");
  }

  @Test
  void of_prefixToWholeNameOrBack_isRefusedTogether() {
    assertThatThrownBy(() -> NameMapping.of(Map.of("fc.", "linear", "a", "b.")))
        .isInstanceOfSatisfying(
            ConfigException.class,
            e ->
                assertThat(e.problems())
                    .satisfiesExactly(
                        a -> assertThat(a).contains("\"a\" = \"b.\" replaces a whole name"),
                        b -> assertThat(b).contains("\"fc.\" = \"linear\" replaces a prefix")));
  }

  @Test
  void read_quotedAndNestedKeys_areTheSame() throws IOException {
    NameMapping mapping = read("\"module.\" = \"\"\nfc { weight = linear.weight, \"x.\" = y. }");

    assertThat(mapping.apply(List.of("module.a", "fc.weight", "fc.x.b")))
        .isEqualTo(Map.of("a", "module.a", "linear.weight", "fc.weight", "y.b", "fc.x.b"));
  }

  @Test
  void read_wrongFiles_nameTheRule() {
    assertThatThrownBy(() -> read("a = 3, b = [x]"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("a must map to text, got 3")
        .hasMessageContaining("b must map to text");
    assertThatThrownBy(() -> read("\"f.a\" = x, f { a = y }"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("f.a must be mapped once");
    assertThatThrownBy(() -> read("a = ${PATH}"))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("may not use substitutions");
    assertThatThrownBy(() -> read("include \"other.conf\""))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("may not include others");
    assertThatThrownBy(() -> read("a = [[[")).isInstanceOf(ConfigException.class);
    assertThatThrownBy(() -> read("a=" + "[".repeat(200_000)))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("nested too deeply");
    assertThatThrownBy(() -> NameMapping.read(folder.resolve("none")))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("cannot be read");
  }

  private NameMapping read(String text) throws IOException {
    return NameMapping.read(Files.writeString(folder.resolve("names.conf"), text));
  }
}
