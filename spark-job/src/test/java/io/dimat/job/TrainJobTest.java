package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dimat.cli.ExitCode;
import io.dimat.store.Lease;
import io.dimat.store.RunFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Comparator;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The main job through its command line: what it writes, resumes and refuses. */
class TrainJobTest {
  private static final ObjectMapper JSON = new ObjectMapper();

  @TempDir static Path shared;
  private static CommandRun first;
  private static Path finished;

  @TempDir Path folder;

  @BeforeAll
  static void trainOnce() {
    finished = shared.resolve("runs/small");
    first = CommandRun.small("train", finished);
  }

  @Test
  void train_newFolder_writesEveryFileOfARun() throws IOException {
    assertThat(first.err()).isEmpty();
    assertThat(first.code()).isEqualTo(ExitCode.DONE);
    SortedSet<String> expected =
        new TreeSet<>(
            List.of(
                "_RESULT.json",
                "config.conf",
                "fingerprint.txt",
                "metrics.jsonl",
                "report.html",
                "run.json"));
    for (String model : List.of("agent-0", "agent-1", "agent-2", "consensus")) {
      expected.add("models/" + model + ".safetensors");
      expected.add("models/" + model + ".zip");
    }
    for (String phase : List.of("0/start", "1/train", "1/merge", "2/train", "2/merge")) {
      expected.add("rounds/" + phase + "/manifest.json");
      for (int agent = 0; agent < 3; agent++) {
        expected.add("rounds/" + phase + "/agent-" + agent + ".state");
      }
    }
    for (int round = 0; round <= 2; round++) {
      expected.add("rounds/" + round + "/consensus/manifest.json");
      expected.add("rounds/" + round + "/consensus/consensus.state");
    }
    assertThat(RunFiles.kinds(finished)).containsExactlyElementsOf(expected);
    assertThat(finished.resolve("shards/manifest.json")).isRegularFile();
    assertThat(RunFiles.text(finished.resolve("config.conf")))
        .contains("limit = 120")
        .contains("algorithm = dimat");
    assertThat(RunFiles.text(finished.resolve("report.html"))).contains("<svg").contains("</html>");
    JsonNode result = JSON.readTree(finished.resolve("_RESULT.json").toFile());
    assertThat(result.get("status").asText()).isEqualTo("done");
    assertThat(result.get("last_round").asInt()).isEqualTo(2);
    assertThat(result.get("headline").get("test_accuracy").asDouble()).isBetween(0.0, 1.0);
  }

  @Test
  void train_newFolder_tellsEveryRoundAndTheReport() {
    assertThat(first.out().lines())
        .anyMatch(line -> line.startsWith("round 0/2  pretrained: mean "))
        .anyMatch(line -> line.startsWith("round 1/2  merged: mean "))
        .anyMatch(
            line -> line.matches("round 2/2  merged: mean .* worst .* distance .* sent .* MB .* s"))
        .anyMatch(line -> line.startsWith("report ") && line.endsWith("report.html"));
  }

  @Test
  void train_newFolder_metricsHaveTheDocumentedKeys() throws IOException {
    SortedSet<String> kinds = new TreeSet<>();
    for (String line : Files.readAllLines(finished.resolve("metrics.jsonl"))) {
      JsonNode row = JSON.readTree(line);
      String kind = row.get("kind").asText() + " " + row.path("point").asText();
      kinds.add(kind.strip() + " " + row.get("round").asInt());
      TreeSet<String> keys = new TreeSet<>();
      row.fieldNames().forEachRemaining(keys::add);
      assertThat(keys).as(kind).containsExactlyElementsOf(documentedKeys(kind.strip()));
    }
    assertThat(kinds)
        .containsExactly(
            "agent merged 1",
            "agent merged 2",
            "agent trained 0",
            "agent trained 1",
            "agent trained 2",
            "group 1",
            "group 2",
            "round 0",
            "round 1",
            "round 2");
  }

  private static SortedSet<String> documentedKeys(String kind) {
    TreeSet<String> keys = new TreeSet<>(List.of("kind", "algorithm", "round"));
    List<String> matching = List.of("match_correlation", "match_identity_fraction");
    switch (kind) {
      case "agent trained", "agent merged" -> {
        keys.addAll(List.of("agent", "point", "bytes_sent", "seconds_evaluate"));
        keys.addAll(List.of("test_accuracy", "test_loss", "per_class_accuracy"));
        if (kind.endsWith("merged")) {
          keys.addAll(matching);
          keys.addAll(List.of("seconds_align", "seconds_merge"));
        } else {
          keys.addAll(
              List.of("train_loss", "images_trained", "gradient_evaluations", "seconds_train"));
        }
      }
      case "group" -> {
        keys.add("group");
        keys.addAll(matching);
      }
      default ->
          keys.addAll(
              List.of("consensus_accuracy", "consensus_distance", "consensus_distance_aligned"));
    }
    return keys;
  }

  @Test
  void train_finishedRun_doesNothingAndSaysSo() {
    SortedSet<String> before = RunFiles.below(finished);

    CommandRun again = CommandRun.small("train", finished);

    assertThat(again.code()).isEqualTo(ExitCode.DONE);
    assertThat(again.out())
        .contains("complete with 2 rounds: nothing to do")
        .doesNotContain("round 2/2");
    assertThat(RunFiles.below(finished)).isEqualTo(before);
  }

  @Test
  void train_moreRounds_extendsTheRun() throws IOException {
    Path copy = copy(finished, folder.resolve("copy"));
    SortedSet<String> before = RunFiles.below(copy.resolve("rounds"));

    CommandRun extended = CommandRun.small("train", copy, "rounds=3");

    assertThat(extended.code()).isEqualTo(ExitCode.DONE);
    assertThat(extended.out())
        .contains("resumed after round 2")
        .contains("round 3/3")
        .doesNotContain("round 2/3");
    assertThat(RunFiles.below(copy.resolve("rounds")))
        .containsAll(before)
        .hasSize(before.size() + 10);
    assertThat(JSON.readTree(copy.resolve("_RESULT.json").toFile()).get("last_round").asInt())
        .isEqualTo(3);
  }

  @Test
  void train_otherSeedOnTheFolderOfARun_refusedWithTheDifference() {
    CommandRun other = CommandRun.small("train", finished, "seed=6");

    assertThat(other.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(other.err()).contains("holds another run").contains("seed: was 5, is 6");
  }

  @Test
  void train_resumeNeverOnARun_refused() {
    CommandRun never = CommandRun.small("train", finished, "run.resume=never");

    assertThat(never.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(never.err()).contains("holds a run, and run.resume is never");
  }

  @Test
  void train_resumeMustOnNothing_refusedAndNothingMade() {
    Path out = folder.resolve("runs/new");

    CommandRun must = CommandRun.small("train", out, "run.resume=must");

    assertThat(must.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(must.err()).contains("has no run to resume, and run.resume is must");
    assertThat(out.getParent()).doesNotExist();
  }

  @Test
  void train_folderWithForeignFiles_refusedAndUntouched() throws IOException {
    Files.writeString(folder.resolve("thesis.txt"), "years of work");

    CommandRun foreign = CommandRun.small("train", folder);
    CommandRun prepare = CommandRun.small("prepare", folder);

    assertThat(foreign.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(foreign.err()).contains("is not empty (thesis.txt) and holds no run");
    assertThat(prepare.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(RunFiles.below(folder)).containsExactly("thesis.txt");
    assertThat(folder.resolve("thesis.txt")).hasContent("years of work");
  }

  @Test
  void train_lossIsNotFinite_failsWithTheLastRoundCommitted() throws IOException {
    String[] divergent = {
      "pretrain.epochs=0", "train.optimizer=sgd", "train.learning-rate=1e30", "network.name=mlp"
    };
    Path out = folder.resolve("run");

    CommandRun nan = CommandRun.small("train", out, divergent);

    assertThat(nan.code()).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(nan.err())
        .contains("loss became NaN or infinite at agent 0 in round 1, phase train")
        .contains("try a smaller train.learning-rate")
        .contains("rounds up to 0 are committed");
    JsonNode result = JSON.readTree(out.resolve("_RESULT.json").toFile());
    assertThat(result.get("status").asText()).isEqualTo("failed");
    assertThat(result.get("last_round").asInt()).isZero();
    assertThat(out.resolve("rounds/0/start/manifest.json")).isRegularFile();
    assertThat(out.resolve("rounds/1/train/manifest.json")).doesNotExist();
    assertThat(out.resolve("_LEASE.json")).doesNotExist();
    assertThat(RunFiles.text(out.resolve("report.html"))).contains("failed");

    String start = RunFiles.text(out.resolve("rounds/0/start/manifest.json"));
    CommandRun again = CommandRun.small("train", out, divergent);

    assertThat(again.code()).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(RunFiles.text(out.resolve("rounds/0/start/manifest.json"))).isEqualTo(start);
  }

  @Test
  void train_committedStateIsGone_failsAndSaysSoInTheResult() throws IOException {
    Path copy = copy(finished, folder.resolve("copy"));
    for (String state : RunFiles.below(copy.resolve("rounds/2/merge"))) {
      if (state.startsWith("agent-1")) {
        Files.delete(copy.resolve("rounds/2/merge").resolve(state));
      }
    }

    CommandRun extended = CommandRun.small("train", copy, "rounds=3");

    assertThat(extended.code()).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(extended.err())
        .contains("committed state is gone")
        .contains("rounds/2/merge/agent-1");
    JsonNode result = JSON.readTree(copy.resolve("_RESULT.json").toFile());
    assertThat(result.get("status").asText()).isEqualTo("failed");
    assertThat(result.get("last_round").asInt()).isEqualTo(2);
  }

  @Test
  void train_folderInUse_isRefusedWithTheHolder() throws IOException {
    Path copy = copy(finished, folder.resolve("copy"));
    try (Lease lease =
        Lease.claim(RunFolder.onDefaultStorage(copy.toString()), Clock.systemUTC())) {
      CommandRun second = CommandRun.small("train", copy, "rounds=3");

      assertThat(second.code()).isEqualTo(ExitCode.BAD_INPUT);
      assertThat(second.err())
          .contains("is in use by process " + ProcessHandle.current().pid())
          .doesNotContain(lease.id());
    }
  }

  @Test
  void report_ofARun_isWrittenAgain() throws IOException {
    Path copy = copy(finished, folder.resolve("copy"));
    String report = RunFiles.text(copy.resolve("report.html"));
    Files.delete(copy.resolve("report.html"));

    CommandRun again = CommandRun.of("report", copy.toString());

    assertThat(again.code()).isEqualTo(ExitCode.DONE);
    assertThat(again.out().strip()).endsWith("report.html");
    assertThat(RunFiles.text(copy.resolve("report.html"))).isEqualTo(report);
  }

  @Test
  void report_ofNoRun_refused() {
    CommandRun none = CommandRun.of("report", folder.toString());

    assertThat(none.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(none.err()).contains("it is not the folder of a run");
    assertThat(RunFiles.below(folder)).isEmpty();
  }

  @Test
  void plan_anyRun_printsItsCostAndWritesNothing() {
    Path out = folder.resolve("runs/planned");

    CommandRun plan = CommandRun.small("plan", out);

    assertThat(plan.code()).isEqualTo(ExitCode.DONE);
    assertThat(plan.out())
        .contains("spectral gap")
        .contains("MB per agent")
        .contains(
            "advice     at label skew 0.00 and from own starts docs/statistics.md found matching")
        .contains("nothing was started");
    assertThat(out.getParent()).doesNotExist();
  }

  @Test
  void prepare_thenTrainOnIt_usesTheShards() throws IOException {
    Path out = folder.resolve("run");

    CommandRun prepare = CommandRun.small("prepare", out);

    assertThat(prepare.code()).isEqualTo(ExitCode.DONE);
    assertThat(prepare.out()).contains("Sneaker").contains("shards are in ");
    assertThat(RunFiles.below(out)).allMatch(file -> file.startsWith("shards/"));
    assertThat(blockHashes(out)).isEqualTo(blockHashes(finished)).hasSize(4);

    CommandRun other = CommandRun.small("train", out, "seed=6");
    assertThat(other.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(other.err()).contains("holds other shards than wanted").contains("seed=5, wanted 6");
    assertThat(RunFiles.below(out)).allMatch(file -> file.startsWith("shards/"));
  }

  private static List<String> blockHashes(Path run) throws IOException {
    return JSON.readTree(run.resolve("shards/manifest.json").toFile()).findValuesAsText("sha256");
  }

  private static Path copy(Path from, Path to) throws IOException {
    try (Stream<Path> all = Files.walk(from)) {
      for (Path file : all.sorted(Comparator.naturalOrder()).toList()) {
        Files.copy(file, to.resolve(from.relativize(file).toString()));
      }
    }
    return to;
  }
}
