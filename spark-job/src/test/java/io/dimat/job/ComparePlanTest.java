package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.dimat.conf.CompareLoader;
import io.dimat.conf.ConfigException;
import io.dimat.conf.RunConfig;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ComparePlanTest {
  private static final List<String> CONTROLS =
      List.of(
          "averaging",
          "averaging + recalibration",
          "isolated",
          "isolated + recalibration",
          "central",
          "central + recalibration");

  @TempDir Path folder;

  private ComparePlan plan(String content) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("my.conf"), "train.learning-rate = 0.01, data.limit = 200\n" + content);
    return ComparePlan.of(CompareLoader.load(Optional.of(file), List.of()));
  }

  private ListAssert<String> problems(String content) {
    return assertThatThrownBy(() -> plan(content))
        .asInstanceOf(type(ConfigException.class))
        .extracting(ConfigException::problems)
        .asInstanceOf(list(String.class));
  }

  @Test
  void of_oneAlgorithm_hasAllControls() throws IOException {
    ComparePlan plan = plan("compare.algorithms = [dimat]");

    assertThat(plan.rows()).extracting(PlannedRow::algorithm).first().isEqualTo("dimat");
    assertThat(plan.rows())
        .extracting(PlannedRow::algorithm)
        .hasSize(7)
        .containsSubsequence(CONTROLS);
    assertThat(plan.rows()).allMatch(PlannedRow::canRun);
  }

  @Test
  void of_grid_runsWhatAnAxisDoesNotTouchOnce() throws IOException {
    ComparePlan plan =
        plan(
            """
            compare {
              algorithms = [dimat]
              topologies = [ring, star]
              partitioners = [iid, class-shards]
            }
            """);

    assertThat(plan.rows()).hasSize(4 * 7);
    assertThat(plan.distinctRows())
        .extracting(PlannedRow::folder)
        .hasSize(4 + 4 + 4 + 2 + 2 + 1 + 1)
        .contains("dimat/star_class-shards", "isolated/iid", "central");
    RunConfig star =
        plan.distinctRows().stream()
            .filter(row -> row.folder().equals("dimat/star_class-shards"))
            .findFirst()
            .orElseThrow()
            .run(plan.config(), 3, OptionalDouble.of(0.5));
    assertThat(star.topology().name()).isEqualTo("star");
    assertThat(star.data().partitioner()).isEqualTo("class-shards");
    assertThat(star.seed()).isEqualTo(3);
    assertThat(star.train().learningRate()).isEqualTo(0.5);
    assertThat(star.run().out()).isEqualTo("runs/my/runs/dimat/star_class-shards/seed-3");
  }

  @Test
  void of_algorithmThatIsAControl_isRunOnceUnderTheControlsName() throws IOException {
    ComparePlan plan = plan("compare.algorithms = [dimat, none]");

    assertThat(plan.rows()).hasSize(7);
    assertThat(plan.rows())
        .filteredOn(row -> row.algorithm().equals("isolated"))
        .singleElement()
        .extracting(PlannedRow::note)
        .isEqualTo("listed as none");
  }

  @Test
  void of_moreLocalWork_getsFewerRounds() throws IOException {
    ComparePlan plan =
        plan(
            """
            rounds = 8, train.epochs-per-round = 1
            compare.algorithms = [{ label = long, algorithm = dimat, train.epochs-per-round = 3 }]
            """);

    PlannedRow row = plan.rows().get(0);
    assertThat(row.run(plan.config(), 1, OptionalDouble.empty()).rounds()).isEqualTo(2);
    assertThat(plan.rows().get(1).run(plan.config(), 1, OptionalDouble.empty()).rounds())
        .isEqualTo(8);
  }

  @Test
  void of_combinationOfTheGridThatCannotRun_isRefusedAndTheRestStays() throws IOException {
    ComparePlan plan =
        plan(
            """
            compare {
              algorithms = [dimat, { label = official, algorithm = dimat, merge.reference = agent-0 }]
              topologies = [ring, fully-connected]
            }
            """);

    assertThat(plan.rows())
        .filteredOn(row -> !row.canRun())
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.name()).isEqualTo("official in ring");
              assertThat(row.refusal().get(0)).contains("every agent to be a neighbour of agent 0");
            });
  }

  @Test
  void of_algorithmThatCanRunNowhereAndSettingWhereNothingCan_areErrors() {
    problems(
            """
            agents = 12
            compare {
              algorithms = [dimat, dimatt, { label = keep, algorithm = zipit, merge.optimizer-state = keep }]
              partitioners = [iid, class-shards]
            }
            """)
        .anySatisfy(
            p ->
                assertThat(p)
                    .contains("dimatt in iid and 1 more: ")
                    .contains("algorithm must be one of"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .contains("keep in iid")
                    .contains("merge.optimizer-state = keep needs"))
        .anySatisfy(
            p ->
                assertThat(p)
                    .contains("dimat in class-shards")
                    .contains("got 12 agents for 10 classes"));
  }

  @Test
  void of_configurationThatIsWrongForAll_isToldOnceWithoutNames() {
    problems("agnts = 3, compare.algorithms = [dimat, wm]")
        .singleElement()
        .asString()
        .endsWith("my.conf:2: agnts is not a key; did you mean agents?");
  }

  @Test
  void of_labelOfAControl_isAnError() {
    problems("compare.algorithms = [{ label = Central, algorithm = dimat }]")
        .containsExactly("Central: Central is the name of a control: give it another label");
  }

  @Test
  void of_tuningWithoutValidationImages_isAnError() throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("t.conf"),
            "compare { algorithms = [dimat], tune { learning-rates = [0.1, 0.2], seed = 9 } }");
    assertThatThrownBy(() -> ComparePlan.of(CompareLoader.load(Optional.of(file), List.of())))
        .hasMessageContaining("evaluate.on = validation needs data.validation above 0");
  }
}
