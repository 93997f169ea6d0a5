package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.cli.ExitCode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.stream.Stream;
import onnx.Onnx.ModelProto;
import org.deeplearning4j.util.ModelSerializer;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Models of a run, taken out of its committed states. */
class ExportJobTest {
  @TempDir static Path shared;
  private static Path finished;

  @TempDir Path folder;

  @BeforeAll
  static void trainOnce() {
    finished = shared.resolve("run");
    assertThat(CommandRun.small("train", finished, "network.name=mlp").code())
        .isEqualTo(ExitCode.DONE);
  }

  private static CommandRun export(Path run, String... options) {
    List<String> arguments = new ArrayList<>(List.of("export", run.toString()));
    arguments.addAll(List.of(options));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private CommandRun exportTo(String file, Path run, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("--out", folder.resolve(file).toString()));
    return export(run, arguments.toArray(String[]::new));
  }

  @Test
  void export_oneModelInOneFormat_writesThatFileAndSaysWhatItIs() throws IOException {
    CommandRun run = exportTo("new/deep/model.onnx", finished, "--format", "onnx");

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    Path file = folder.resolve("new/deep/model.onnx");
    assertThat(run.out().strip())
        .matches(
            "\\Q%s\\E  \\d\\.\\d MB  consensus after round 2, accuracy \\d+\\.\\d %% on test images"
                .formatted(file));
    assertThat(ModelProto.parseFrom(Files.readAllBytes(file)).getMetadataPropsList())
        .anyMatch(p -> p.getKey().equals("network") && p.getValue().equals("mlp"))
        .anyMatch(p -> p.getKey().equals("rounds") && p.getValue().equals("2"));
    assertThat(RunFiles.below(folder)).containsExactly("new/deep/model.onnx");
  }

  @Test
  void export_lastRound_equalsWhatTheRunWrote() throws IOException {
    String options = "--model consensus --model agent-1 --format safetensors --format zip";
    CommandRun run = exportTo("models", finished, options.split(" "));

    assertThat(run.code()).isEqualTo(ExitCode.DONE);
    assertThat(run.out().lines()).hasSize(4);
    assertThat(RunFiles.below(folder.resolve("models")))
        .containsExactly(
            "agent-1.safetensors", "agent-1.zip", "consensus.safetensors", "consensus.zip");
    for (String model : List.of("agent-1", "consensus")) {
      Path ours = folder.resolve("models").resolve(model + ".safetensors");
      Path runs = finished.resolve("models").resolve(model + ".safetensors");
      assertThat(ours).hasSameBinaryContentAs(runs);
    }
    assertThat(parameters(folder.resolve("models/agent-1.zip")))
        .isEqualTo(parameters(finished.resolve("models/agent-1.zip")));
  }

  private static float[] parameters(Path zip) throws IOException {
    byte[] bytes = Files.readAllBytes(zip);
    return ModelSerializer.restoreComputationGraph(new ByteArrayInputStream(bytes))
        .params()
        .toFloatVector();
  }

  @Test
  void export_earlierRound_isThatRoundsModel() throws IOException {
    CommandRun run =
        exportTo("a", finished, "--round=0", "--model=agent-0", "--format=safetensors");

    assertThat(run.out()).contains("agent-0 after round 0, accuracy ");
    byte[] exported = Files.readAllBytes(folder.resolve("a"));
    byte[] last = Files.readAllBytes(finished.resolve("models/agent-0.safetensors"));
    assertThat(exported).hasSameSizeAs(last).isNotEqualTo(last);
    assertThat(new String(exported, StandardCharsets.ISO_8859_1)).contains("\"rounds\":\"0\"");
  }

  @Test
  void export_runThatWasKilledInARound_takesTheRoundBefore() throws IOException {
    Path killed = copy(finished, folder.resolve("killed"));
    Files.delete(killed.resolve("rounds/2/consensus/manifest.json"));
    Files.delete(killed.resolve("_RESULT.json"));

    CommandRun run = exportTo("a.onnx", killed, "--format", "onnx");

    assertThat(run.out()).contains("consensus after round 1, ");
  }

  @Test
  void export_datasetIsGone_stillWorks() throws IOException {
    Path moved = copy(finished, folder.resolve("moved"));
    Path config = moved.resolve("config.conf");
    String text = Files.readString(config);
    assertThat(text).contains("source = fashion-mnist-sample", "path = \"\"");
    Files.writeString(
        config,
        text.replace("source = fashion-mnist-sample", "source = fashion-mnist")
            .replace("path = \"\"", "path = \"/gone\""));

    CommandRun run = exportTo("a.onnx", moved, "--format", "onnx");

    assertThat(run.err()).isEmpty();
    assertThat(folder.resolve("a.onnx")).isRegularFile();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--model agent-3 --format onnx | there is no model agent-3 in RUN; choose consensus or one of agent-0 to agent-2",
        "--model agent-01 --format onnx | there is no model agent-01 in RUN",
        "--model best --format onnx | there is no model best in RUN",
        "--format pickle | there is no model format pickle; choose one of safetensors, zip, onnx",
        "--format onnx --round 3 | round must be one of 0 to 2, which RUN has committed, got 3",
        "--format onnx --round -1 | round must be one of 0 to 2, which RUN has committed, got -1",
      })
  void export_whatIsNotThere_saysWhatIsAndWritesNothing(String options, String problem) {
    CommandRun run = exportTo("out", finished, options.split(" "));

    assertRefused(run, problem.replace("RUN", finished.toString()));
    assertThat(folder).isEmptyDirectory();
  }

  private static void assertRefused(CommandRun run, String problem) {
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err().lines()).singleElement().asString().startsWith("dimat: " + problem);
    assertThat(run.out()).isEmpty();
  }

  @Test
  void export_oneOfSeveralIsNotThere_writesNone() {
    CommandRun run =
        exportTo("out", finished, "--model=agent-0", "--model=agent-9", "--format=onnx");

    assertRefused(run, "there is no model agent-9");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void export_noFolderOfARun_isRefused() {
    CommandRun run = exportTo("a.onnx", folder.resolve("none"), "--format", "onnx");

    assertRefused(
        run, folder.resolve("none") + " has no config.conf: it is not the folder of a run");
  }

  @Test
  void export_nothingCommitted_saysSo() throws IOException {
    Path begun = Files.createDirectory(folder.resolve("begun"));
    for (String file : List.of("config.conf", "fingerprint.txt")) {
      Files.copy(finished.resolve(file), begun.resolve(file));
    }

    assertRefused(
        exportTo("a.onnx", begun, "--format", "onnx"), begun + " has no committed round yet");
  }

  @Test
  void export_roundWithoutConsensus_saysWhichHaveOne() throws IOException {
    Path sparse = copy(finished, folder.resolve("sparse"));
    Path config = sparse.resolve("config.conf");
    String text = Files.readString(config);
    assertThat(text).contains("consensus-every = 1");
    Files.writeString(config, text.replace("consensus-every = 1", "consensus-every = 2"));
    Files.delete(sparse.resolve("rounds/1/consensus/manifest.json"));

    assertRefused(
        exportTo("a.onnx", sparse, "--format=onnx", "--round=1"),
        "round 1 of %s has no consensus model, evaluate.consensus-every left it out; take an agent, or a --round that has one: 0, 2"
            .formatted(sparse));
    assertThat(exportTo("a.onnx", sparse, "--format=onnx", "--round=1", "--model=agent-0").code())
        .isEqualTo(ExitCode.DONE);
  }

  @Test
  void export_fileExists_isKeptUnlessForced() throws IOException {
    Path file = Files.writeString(folder.resolve("model.zip"), "mine");

    assertRefused(
        exportTo("model.zip", finished, "--format", "zip"),
        file + " exists: choose another --out, or add --force to replace it");
    assertThat(file).hasContent("mine");

    assertThat(exportTo("model.zip", finished, "--format", "zip", "--force").code())
        .isEqualTo(ExitCode.DONE);
    assertThat(parameters(file)).isEqualTo(parameters(finished.resolve("models/consensus.zip")));
    assertThat(RunFiles.below(folder)).containsExactly("model.zip");
  }

  @Test
  void export_oneModelToAFolder_namesTheFile() {
    assertThat(export(finished, "--format=onnx", "--out=" + folder).code())
        .isEqualTo(ExitCode.DONE);
    assertThat(RunFiles.below(folder)).containsExactly("consensus.onnx");
  }

  @Test
  void export_severalToAFile_isRefused() throws IOException {
    Files.writeString(folder.resolve("file"), "mine");

    assertRefused(
        exportTo("file", finished, "--format=zip", "--format=onnx", "--force"),
        "2 files need a folder, " + folder.resolve("file") + " is a file");
  }

  @Test
  void export_stateWasDeleted_failsAndNamesTheFile() throws IOException {
    Path pruned = copy(finished, folder.resolve("pruned"));
    for (String state : RunFiles.below(pruned.resolve("rounds/1/merge"))) {
      if (state.startsWith("agent-1-")) {
        Files.delete(pruned.resolve("rounds/1/merge").resolve(state));
      }
    }

    CommandRun run = exportTo("a", pruned, "--format=zip", "--round=1", "--model=agent-1");

    assertThat(run.code()).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(run.err()).contains("committed state is gone: " + pruned.resolve("rounds/1/merge"));
    assertThat(folder.resolve("a")).doesNotExist();
  }

  @Test
  void export_whereNothingCanBeWritten_failsAndNamesTheFile() throws IOException {
    Files.writeString(folder.resolve("file"), "mine");

    CommandRun run = exportTo("file/model.zip", finished, "--format", "zip");

    assertThat(run.code()).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(run.err()).contains("cannot write " + folder.resolve("file/model.zip"));
    assertThat(folder.resolve("file")).hasContent("mine");
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
