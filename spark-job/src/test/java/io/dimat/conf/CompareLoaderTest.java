package io.dimat.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class CompareLoaderTest {
  @TempDir Path folder;

  private CompareConfig load(String content, String... sets) throws IOException {
    Path file = Files.writeString(folder.resolve("my.conf"), content);
    return CompareLoader.load(Optional.of(file), List.of(sets));
  }

  private ListAssert<String> problems(String content) {
    return assertThatThrownBy(() -> load(content))
        .asInstanceOf(type(ConfigException.class))
        .extracting(ConfigException::problems)
        .asInstanceOf(list(String.class));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "compare-quick",
        "compare-heterogeneous",
        "compare-dimat-table2",
        "compare-statistics"
      })
  void load_shippedComparison_isValid(String name) {
    CompareConfig config =
        CompareLoader.load(
            Optional.of(Path.of("../conf", name + ".conf")), List.of("data.path=/data"));

    assertThat(config.out()).contains("runs/" + name);
    assertThat(config.algorithms()).isNotEmpty();
    assertThat(config.seeds()).hasSizeGreaterThan(1);
  }

  @Test
  void load_namesAndObjects_areVariantsWithLabels() throws IOException {
    CompareConfig config =
        load(
            """
            train.learning-rate = 0.01
            seed = 9
            compare.algorithms = [
              dimat
              { algorithm = dimat, merge.probe = union }
              { label = "wa + recalibrate", algorithm = wa, merge.batch-norm = recalibrate }
            ]
            compare.topologies = [ring, star]
            """);

    assertThat(config.algorithms())
        .extracting(Variant::label)
        .containsExactly("dimat", "dimat, probe = union", "wa + recalibrate");
    assertThat(config.algorithms())
        .extracting(Variant::folder)
        .containsExactly("dimat", "dimat-probe-union", "wa-recalibrate");
    assertThat(config.seeds()).containsExactly(9L);
    assertThat(config.tuning()).isEmpty();
    RunConfig union = config.run(config.algorithms().get(1).settings());
    assertThat(union.merge().probe()).isEqualTo(MergeConfig.Probe.UNION);
    assertThat(union.train().learningRate()).isEqualTo(0.01);
    assertThat(config.axes())
        .extracting(axis -> axis.variants().stream().map(Variant::label).toList())
        .containsExactly(List.of("ring", "star"), List.of(""), List.of(""));
  }

  @Test
  void load_tuneBlock_isTheGrid() throws IOException {
    CompareConfig config =
        load(
            """
            compare.algorithms = [dimat]
            data.validation = 0.1
            compare.tune { learning-rates = [0.01, 0.001], seed = 101, rounds = 2 }
            """,
            "compare.seeds=[3, 1]");

    assertThat(config.seeds()).containsExactly(1L, 3L);
    assertThat(config.tuning())
        .contains(new CompareConfig.Tuning(List.of(0.001, 0.01), 101, Optional.of(2)));
  }

  @Test
  void load_severalMistakes_areToldAtOnce() {
    problems(
            """
            compare {
              algorithms = [dimat, { label = "skewed", algorithm = dimat, data.alpha = 1 }, "DIMAT!"]
              topologies = ring
              partitioners = [{ label = p, data.path = /x }]
              seeds = [1, 1, x]
              tune { learning-rates = [0], seed = 1, epochs = 3 }
              colour = red
            }
            """)
        .hasSize(11)
        .anySatisfy(p -> assertThat(p).contains(":7: compare.colour is not a key"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .contains(
                        ":2: compare.algorithms sets data.alpha: an algorithm may not change"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .contains("labels that differ in letters or digits, got [dimat, DIMAT!]"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .contains(
                        "compare.topologies must be a list of names or objects, at least one, got \"ring\""))
        .anySatisfy(p -> assertThat(p).contains("compare.partitioners sets data.path"))
        .anySatisfy(
            p -> assertThat(p).contains("compare.seeds names every number once, got 1 twice"))
        .anySatisfy(
            p -> assertThat(p).contains("compare.seeds must be an integer of 64 bits, got \"x\""))
        .anySatisfy(
            p ->
                assertThat(p)
                    .contains("compare.tune.learning-rates must be a number above 0, got 0"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .contains("compare.tune.seed must not be one of compare.seeds [1], got [1]"))
        .anySatisfy(p -> assertThat(p).contains("compare.tune.epochs is not a key"));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "seed = 1 | a comparison needs a block compare { algorithms = [...] }; see docs/comparison.md",
        "compare.algorithms = [dimat] | step sizes are all given or all tuned: set train.learning-rate",
        "compare { algorithms = [{algorithm = dimat, train.learning-rate = 1}], tune { learning-rates = [1], seed = 7 } }"
            + " | compare.tune is there, and dimat, learning-rate = 1 sets train.learning-rate; take one",
        "train.learning-rate = 1, compare { algorithms = [] } | compare.algorithms must be a list",
        "train.learning-rate = 1, compare { algorithms = [wa], tune = 3 } | compare.tune needs seed, got 3",
        "train.learning-rate = 1, compare { algorithms = [{algorithm = wa, topology.name = star}], topologies = [ring] }"
            + " | topologies are of all or of algorithms: compare.topologies is there, and wa, name = star has its own",
        "train.learning-rate = 1, compare { algorithms = [wa], settings = [x] } | is a list of objects, got \"x\"",
      })
  void load_oneMistake_saysRuleAndValue(String content, String problem) {
    problems(content).anySatisfy(line -> assertThat(line).contains(problem));
  }

  @Test
  void load_comparisonAsASingleRun_saysWhoReadsIt() {
    assertThatThrownBy(
            () -> ConfigLoader.load(Optional.of(Path.of("../conf/compare-quick.conf")), List.of()))
        .hasMessage(
            "a block compare is read by dimat compare (and dimat plan), not by a single run");
  }

  @Test
  void run_ofCentralControl_forgetsHowDataWereDealt() throws IOException {
    CompareConfig config =
        load(
            """
            agents = 4, train.learning-rate = 0.1
            data { partitioner = dirichlet, alpha = 0.1, limit = 100 }
            topology { name = edges, edges = [[0, 1], [1, 2], [2, 3]] }
            compare.algorithms = [dimat]
            """);
    Settings central =
        CompareControls.all(config.run(Settings.NONE)).stream()
            .filter(control -> control.variant().label().equals("central"))
            .findFirst()
            .orElseThrow()
            .variant()
            .settings();

    RunConfig run = config.run(central);

    assertThat(run.agents()).isEqualTo(1);
    assertThat(run.data().partitioner()).isEqualTo("iid");
    assertThat(run.data().partition().alpha()).isZero();
    assertThat(run.data().limit()).isEqualTo(100);
    assertThat(run.topology().edges()).isEmpty();
  }
}
