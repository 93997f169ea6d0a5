package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.dimat.algorithm.part.InitPolicy;
import io.dimat.conf.CompareConfig;
import io.dimat.conf.CompareLoader;
import io.dimat.conf.ConfigException;
import io.dimat.conf.RunConfig;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ComparePlanTest {
  private static final List<String> CONTROLS =
      List.of(
          "averaging",
          "averaging + recalibration",
          "parameter averaging",
          "isolated",
          "isolated + recalibration",
          "central",
          "central + recalibration");

  @TempDir Path folder;

  private ComparePlan plan(String content) throws IOException {
    Path file =
        Files.writeString(
            folder.resolve("my.conf"),
            "train.learning-rate = 0.01, data.limit = 200, init = common\n" + content);
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
        .hasSize(8)
        .containsSubsequence(CONTROLS);
    assertThat(plan.rows()).allMatch(PlannedRow::canRun);
  }

  @Test
  void print_gridWithTuning_hasEveryRowItsCostAndWhatIsRefused() throws IOException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    ComparePlan plan =
        plan(
            """
            agents = 4, rounds = 2, pretrain.epochs = 0, train.steps-per-round = 3
            data.validation = 0.1
            compare {
              algorithms = [dsgd, sgp]
              topologies = [ring, { label = one peer, topology.name = one-peer-exponential, mixing.name = own }]
              tune { learning-rates = [0.01, 0.1], seed = 9, rounds = 1 }
            }
            """);

    new PlanComparison(plan, new PrintStream(printed, true, StandardCharsets.UTF_8)).print();

    assertThat(printed.toString(StandardCharsets.UTF_8).lines())
        .anyMatch(line -> line.endsWith("33 runs, 22 of them trials of step sizes"))
        .contains("ring", "one peer", "nothing was started")
        .anyMatch(line -> line.matches("  dsgd +2 rounds +12 jobs +\\d+\\.\\d MB"))
        .anyMatch(
            line ->
                line.matches(
                    "  averaging \\(control\\) +refused: neighbours exchange models both ways.*"))
        .anyMatch(line -> line.matches("  central \\(control\\) +the runs above, .*"))
        .anyMatch(line -> line.startsWith("time       training alone takes one core about"));
  }

  @Test
  void of_networkWithoutBatchNorm_leavesOutWhatOnlyRecalibrates() throws IOException {
    ComparePlan plan = plan("network.name = mlp, compare.algorithms = [dimat]");

    assertThat(plan.rows())
        .extracting(PlannedRow::algorithm)
        .containsExactly("dimat", "averaging", "parameter averaging", "isolated", "central");
    assertThat(CompareText.lines(plan, run(plan, "dimat")))
        .anyMatch(line -> line.startsWith("the network has no batch norm: the controls with"));
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

    assertThat(plan.rows()).hasSize(4 * 8);
    assertThat(plan.distinctRows())
        .extracting(PlannedRow::folder)
        .hasSize(4 + 4 + 4 + 2 + 2 + 2 + 1 + 1)
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
    assertThat(star.run().out()).isEqualTo("runs/my/runs/dimat/star_class-shards/rate-0.5/seed-3");
  }

  @Test
  void of_algorithmThatIsAControl_isRunOnceUnderTheControlsName() throws IOException {
    ComparePlan plan = plan("compare.algorithms = [dimat, none]");

    assertThat(plan.rows()).hasSize(8);
    assertThat(plan.rows())
        .filteredOn(row -> row.algorithm().equals("isolated"))
        .singleElement()
        .extracting(PlannedRow::note)
        .isEqualTo("also listed as none");
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
    assertThat(row.run(plan.config(), 1, OptionalDouble.empty()).rounds()).isEqualTo(3);
    assertThat(plan.rows().get(1).run(plan.config(), 1, OptionalDouble.empty()).rounds())
        .isEqualTo(8);
  }

  private static RunConfig run(ComparePlan plan, String algorithm) {
    return row(plan, algorithm).run(plan.config(), 1, OptionalDouble.empty());
  }

  private static PlannedRow row(ComparePlan plan, String algorithm) {
    return plan.rows().stream()
        .filter(row -> row.algorithm().equals(algorithm))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void of_stepsOfSeveralGradients_getFewerRounds() throws IOException {
    ComparePlan plan =
        plan(
            """
            agents = 8, rounds = 12, train.steps-per-round = 5, topology.name = ring
            compare.algorithms = [dsgd, q-saddle, ngc, n-saddle]
            """);

    assertThat(run(plan, "dsgd").rounds()).isEqualTo(12);
    assertThat(run(plan, "q-saddle").rounds()).as("two passes").isEqualTo(6);
    assertThat(run(plan, "ngc").rounds()).as("two neighbours and oneself").isEqualTo(4);
    assertThat(run(plan, "n-saddle").rounds()).isEqualTo(2);
    assertThat(row(plan, "ngc").note()).isEqualTo("4 rounds, as a step takes 3 gradients");
  }

  @Test
  void of_roundsInMinibatches_centralTakesTheStepsOfAllAgents() throws IOException {
    ComparePlan plan =
        plan(
            """
            agents = 8, rounds = 12, train.steps-per-round = 5
            compare.algorithms = [dsgd]
            """);

    assertThat(run(plan, "central").agents()).isEqualTo(1);
    assertThat(run(plan, "central").train().stepsPerRound()).isEqualTo(40);
    assertThat(run(plan, "central").rounds()).isEqualTo(12);
    assertThat(row(plan, "central").note()).isEmpty();
  }

  @Test
  void of_methodThatKnowsItsEnd_isToldTheStepsOfItsRuns() throws IOException {
    ComparePlan plan =
        plan(
            """
            agents = 8, rounds = 12, train.steps-per-round = 5
            compare.algorithms = [
              dsgd, single-merge,
              { label = given, algorithm = late-gossip, schedule.iterations = 30 }
              { label = longer, algorithm = late-gossip, train.steps-per-round = 10 }
            ]
            """);

    assertThat(run(plan, "dsgd").methods().schedule().iterations()).isZero();
    assertThat(run(plan, "single-merge").methods().schedule().iterations()).isEqualTo(60);
    assertThat(run(plan, "given").methods().schedule().iterations()).isEqualTo(60);
    assertThat(run(plan, "longer").rounds()).isEqualTo(6);
    assertThat(run(plan, "longer").methods().schedule().iterations()).isEqualTo(60);
  }

  @Test
  void of_fewerExchangesThanMinibatches_isRemarked() throws IOException {
    ComparePlan plan =
        plan(
            """
            agents = 8, rounds = 12, train.steps-per-round = 5
            compare.algorithms = [dimat, dsgd, { label = local, algorithm = local-sgd, gossip.period = 10 }]
            """);

    assertThat(row(plan, "dsgd").note()).isEmpty();
    assertThat(row(plan, "local").note()).isEqualTo("6 exchanges in 60 minibatches");
    assertThat(row(plan, "dimat").note()).isEqualTo("12 exchanges in 60 minibatches");
    assertThat(row(plan, "isolated + recalibration").note()).isEmpty();
  }

  @Test
  void of_algorithmWithItsOwnTopology_isRemarked() throws IOException {
    ComparePlan plan =
        plan(
            """
            agents = 8, train.steps-per-round = 5, topology.name = ring
            compare.algorithms = [dsgd, { label = relay, algorithm = relay-sgd, topology.name = chain }]
            """);

    assertThat(row(plan, "relay").note()).isEqualTo("on chain");
    assertThat(row(plan, "dsgd").note()).isEmpty();
    assertThat(row(plan, "central").note()).isEmpty();
  }

  @Test
  void of_roundsInDifferentUnits_areRefused() {
    problems(
            "compare.algorithms = [dimat, { label = other, algorithm = dimat, train.steps-per-round = 5 }]")
        .singleElement()
        .asString()
        .contains("other: rounds must be counted in the same unit by all")
        .contains("train.steps-per-round = 5 here and 0 in the comparison");
  }

  @Test
  void of_ownStarts_parameterAveragingStartsInCommonAndSaysSo() throws IOException {
    ComparePlan plan =
        plan("init = per-agent, merge.optimizer-state = keep, compare.algorithms = [dimat]");

    RunConfig run = run(plan, "parameter averaging, init = common");
    assertThat(run.init()).isEqualTo(InitPolicy.COMMON);
    assertThat(run.algorithm()).isEqualTo("parameter-averaging");
  }

  @Test
  void of_controlThatCannotRun_keepsItsRowWithTheReason() throws IOException {
    ComparePlan plan =
        plan(
            """
            merge.optimizer-state = keep
            compare.algorithms = [{ label = ours, algorithm = dimat, merge.optimizer-state = reset }]
            """);

    assertThat(plan.rows()).extracting(PlannedRow::algorithm).contains("averaging");
  }

  @ParameterizedTest
  @ValueSource(strings = {"compare-quick", "compare-heterogeneous", "compare-dimat-table2"})
  void of_shippedComparison_planAllRows(String name) {
    CompareConfig config =
        CompareLoader.load(
            Optional.of(Path.of("../conf", name + ".conf")),
            List.of("data.source=fashion-mnist-sample", "data.path="));

    assertThat(ComparePlan.of(config).rows())
        .allSatisfy(row -> assertThat(row.refusal()).as(row.name()).isEmpty());
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
        .hasMessageContaining(
            "compare.tune chooses on images held out of the training data: set data.validation");
  }
}
