package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dimat.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A tiny comparison through its command line: what it writes, resumes and shares. */
class CompareJobTest {
  private static final int RUNS = 2 * (2 + 4);

  @TempDir static Path shared;
  private static Path conf;
  private static Path finished;
  private static CommandRun first;

  @TempDir Path folder;

  @BeforeAll
  static void compareOnce() throws IOException {
    conf =
        Files.writeString(
            shared.resolve("tiny.conf"),
            """
            agents = 3, rounds = 1, pretrain.epochs = 0, init = common
            data { limit = 60 }
            network.name = mlp
            train { learning-rate = 0.01, batch = 5, epochs-per-round = 1 }
            merge.probe-images = 10
            evaluate.images = 40
            compare {
              algorithms = [dimat, { label = explodes, algorithm = dimat, train.optimizer = sgd, train.learning-rate = 1e30 }]
              seeds = [1, 2]
            }
            """);
    finished = shared.resolve("done");
    first = compare(finished);
  }

  private static CommandRun compare(Path out, String... sets) {
    List<String> arguments =
        new ArrayList<>(List.of("compare", conf.toString(), "--out", out.toString()));
    for (String set : sets) {
      arguments.addAll(List.of("--set", set));
    }
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void compare_newFolder_writesTableReportRunsAndSharedShards() throws IOException {
    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isEqualTo(ExitCode.DONE);
    assertThat(first.out()).contains(RUNS + " runs", "cell 1/" + RUNS + "  dimat, seed 1: mean ");
    assertThat(first.out()).contains("cell " + RUNS + "/" + RUNS, "report ");
    for (String file :
        List.of("comparison.csv", "comparison.md", "comparison.json", "report.html")) {
      assertThat(finished.resolve(file)).isNotEmptyFile();
    }
    assertThat(RunFiles.text(finished.resolve("comparison.csv")).lines()).hasSize(1 + 6);
    assertThat(finished.resolve("runs/dimat/seed-2/report.html")).exists();
    try (Stream<Path> shards = Files.list(finished.resolve("shards"))) {
      assertThat(shards).as("two seeds, for all agents and for one").hasSize(4);
    }
  }

  @Test
  void compare_cellThatDiverges_isRecordedAndTheOthersGoOn() throws IOException {
    JsonNode rows =
        new ObjectMapper().readTree(finished.resolve("comparison.json").toFile()).get("rows");

    JsonNode exploded = rows.get(1);
    assertThat(exploded.get("algorithm").asText()).isEqualTo("explodes");
    assertThat(exploded.get("cells").get("1").get("status").asText()).isEqualTo("diverged");
    assertThat(exploded.get("note").asText()).contains("seed 1: loss became NaN or infinite");
    for (int row : new int[] {0, 2, 3, 4, 5}) {
      assertThat(rows.get(row).get("mean_agent_accuracy").get("runs").asInt()).isEqualTo(2);
    }
    assertThat(first.out()).contains("explodes, seed 1: diverged: ");
  }

  @Test
  void compare_allAlgorithms_evaluateEquallyManyGradients() throws IOException {
    JsonNode rows =
        new ObjectMapper().readTree(finished.resolve("comparison.json").toFile()).get("rows");
    for (JsonNode row : rows) {
      if (!row.get("algorithm").asText().equals("explodes")) {
        assertThat(row.get("gradient_evaluations").get("mean").asDouble())
            .as(row.get("algorithm").asText())
            .isEqualTo(60);
      }
    }
  }

  @Test
  void compare_again_doesNothingAndSaysSo() {
    SortedSet<String> before = RunFiles.below(finished);
    String table = RunFiles.text(finished.resolve("comparison.json"));

    CommandRun again = compare(finished);

    assertThat(again.code()).isEqualTo(ExitCode.DONE);
    assertThat(again.out())
        .contains("all " + RUNS + " runs were finished already: nothing to do")
        .doesNotContain("cell ");
    assertThat(RunFiles.below(finished)).isEqualTo(before);
    assertThat(RunFiles.text(finished.resolve("comparison.json"))).isEqualTo(table);
  }

  @Test
  void compare_afterACellWasDeleted_runsThatCellAloneAndGetsTheSameNumbers() throws IOException {
    Path copy = copy(finished, folder.resolve("copy"));
    delete(copy.resolve("runs/dimat/seed-2"));

    CommandRun again = compare(copy);

    assertThat(again.code()).isEqualTo(ExitCode.DONE);
    assertThat(again.out().lines().filter(line -> line.startsWith("cell ")))
        .singleElement()
        .asString()
        .contains("dimat, seed 2: mean");
    assertThat(accuracies(copy)).isEqualTo(accuracies(finished));
  }

  private static List<String> accuracies(Path out) throws IOException {
    JsonNode rows =
        new ObjectMapper().readTree(out.resolve("comparison.json").toFile()).get("rows");
    return rows.findValues("mean_agent_accuracy").stream().map(JsonNode::toString).toList();
  }

  @Test
  void compare_otherConfigurationOnTheFolder_refusedBeforeAnythingStarts() {
    CommandRun other = compare(finished, "train.batch=10");

    assertThat(other.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(other.err()).contains("holds another run", "train.batch: was 5, is 10");
    assertThat(other.out()).doesNotContain("cell ");
  }

  @Test
  void compare_impossibleRequest_tellsAllAndLeavesNothing() {
    CommandRun bad =
        compare(folder.resolve("bad"), "agents=2", "compare.topologies=[ring]", "agnts=1");

    assertThat(bad.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(bad.err()).contains("ring needs at least 3 agents, got 2", "agnts is not a key");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void compare_tuned_choosesOnValidationImagesAndReportsOnTest() throws IOException {
    Path tuned =
        Files.writeString(
            folder.resolve("tuned.conf"),
            """
            agents = 3, rounds = 1, pretrain.epochs = 0
            data { limit = 60, validation = 0.02 }
            network.name = mlp
            train { batch = 5, epochs-per-round = 1 }
            merge.probe-images = 10
            evaluate.images = 40
            compare {
              algorithms = [dimat]
              seeds = [1]
              tune { learning-rates = [1e-9, 0.01, 1e30], seed = 101 }
            }
            """);
    Path out = folder.resolve("tuned");

    CommandRun run = CommandRun.of("compare", tuned.toString(), "--out", out.toString());

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    JsonNode dimat =
        new ObjectMapper().readTree(out.resolve("comparison.json").toFile()).get("rows").get(0);
    assertThat(dimat.get("learning_rate").asDouble()).isIn(1e-9, 0.01);
    assertThat(RunFiles.text(out.resolve("tune/dimat/rate-0.01/config.conf")))
        .contains("on = validation");
    String chosen = "runs/dimat/rate-%s/seed-1".formatted(dimat.get("learning_rate").asDouble());
    assertThat(RunFiles.text(out.resolve(chosen).resolve("config.conf"))).contains("on = test");
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.sorted(Comparator.naturalOrder()).toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }

  private static void delete(Path tree) throws IOException {
    try (Stream<Path> all = Files.walk(tree)) {
      for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
