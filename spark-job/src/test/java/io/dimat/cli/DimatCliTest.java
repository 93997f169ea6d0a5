package io.dimat.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.cli.JobOptions.Screen;
import io.dimat.cli.doctor.Check;
import io.dimat.cli.doctor.Finding;
import io.dimat.conf.OutputConfig.Resume;
import io.dimat.conf.RunConfig;
import io.dimat.interchange.ModelReaders;
import io.dimat.network.zoo.Zoo;
import io.dimat.source.DataException;
import java.io.ByteArrayOutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;
import java.util.Properties;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class DimatCliTest {
  private final RecordingCommands commands = new RecordingCommands();
  private final ByteArrayOutputStream out = new ByteArrayOutputStream();
  private final ByteArrayOutputStream err = new ByteArrayOutputStream();
  private final Properties properties = new Properties(System.getProperties());

  private ExitCode run(String... arguments) {
    return run(List.of(), arguments);
  }

  private ExitCode run(List<Check> checks, String... arguments) {
    Surroundings around =
        new Surroundings(
            new PrintStream(out, true, StandardCharsets.UTF_8),
            new PrintStream(err, true, StandardCharsets.UTF_8),
            properties);
    return new DimatCli(around, commands, checks, ModelReaders.standard()).run(arguments);
  }

  private String out() {
    return out.toString(StandardCharsets.UTF_8);
  }

  private List<String> err() {
    return err.toString(StandardCharsets.UTF_8).lines().toList();
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "prepare", "plan"})
  void run_configuredCommand_isStartedOnce(String command) {
    assertThat(run(command)).isEqualTo(ExitCode.DONE);
    assertThat(commands.calls).containsExactly(command);
    assertThat(commands.config.run().out()).isEqualTo("runs/quickstart");
    assertThat(err()).isEmpty();
  }

  @Test
  void run_compareWithoutFile_isTheQuickComparison() {
    assertThat(run("compare", "--set", "compare.seeds=[4, 2]")).isEqualTo(ExitCode.DONE);
    assertThat(commands.calls).containsExactly("compare");
    assertThat(commands.comparison.out()).contains("runs/compare-quick");
    assertThat(commands.comparison.seeds()).containsExactly(2L, 4L);
    assertThat(err()).isEmpty();
  }

  @Test
  void run_planOfAComparison_isToldFromARunByItsBlock() {
    assertThat(run("plan", "../conf/compare-quick.conf", "--set", "compare.seeds=[7]"))
        .isEqualTo(ExitCode.DONE);
    assertThat(commands.calls).containsExactly("plan comparison");
    assertThat(commands.comparison.seeds()).containsExactly(7L);
  }

  @Test
  void run_planWithAnOptionOfAComparison_isAComparison() {
    run("plan", "../conf/quickstart.conf", "--set", "compare.algorithms=[dimat]");
    assertThat(commands.calls).containsExactly("plan comparison");
  }

  @Test
  void run_planOfAFileThatIsNotThere_saysSo() {
    assertThat(run("plan", "missing.conf")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err())
        .containsExactly(
            "dimat: configuration cannot be read: missing.conf: there is no such file");
  }

  @Test
  void run_commonOptions_reachTheConfiguration() {
    run(
        "train",
        "../conf/cifar100-ring.conf",
        "--set",
        "data.path=/data",
        "--set=agents=7",
        "--out",
        "s3a://bucket/run",
        "--resume",
        "must",
        "--master",
        "local[3]");
    assertThat(commands.config.agents()).isEqualTo(7);
    assertThat(commands.config.run().out()).isEqualTo("s3a://bucket/run");
    assertThat(commands.config.run().resume()).isEqualTo(Resume.MUST);
    assertThat(commands.options.master()).contains("local[3]");
    assertThat(commands.options.screen()).isEqualTo(Screen.LINES);
  }

  @Test
  void run_underTheLauncher_hasLocalMasterWithRetries() {
    properties.setProperty("dimat.launcher", "true");
    properties.setProperty("dimat.terminal", "true");
    run("plan");
    assertThat(commands.options.master()).contains("local[*,4]");
    assertThat(commands.options.screen()).isEqualTo(Screen.TERMINAL);
  }

  @Test
  void run_underSparkSubmit_leavesTheMasterAlone() {
    run("plan");
    assertThat(commands.options.master()).isEmpty();
  }

  @Test
  void run_badConfiguration_printsEveryProblemAndStartsNothing() {
    ExitCode code = run("train", "--set", "data.partitoner=iid", "--set", "agents=2");
    assertThat(code).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(commands.calls).isEmpty();
    assertThat(err())
        .containsExactly(
            "dimat: --set: data.partitoner is not a key; did you mean data.partitioner?",
            "dimat: ring needs at least 3 agents, got 2; take topology.name = chain or more agents");
    assertThat(out()).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "trian | trian is not a command of dimat; did you mean train? | dimat",
        "--verison | --verison is not an option of dimat; did you mean --version? | dimat",
        "dance | dance is not a command of dimat | dimat",
        "train --sett=a=1 | --sett is not an option of dimat train; did you mean --set? | dimat train",
        "train a b | b is not an argument of dimat train | dimat train",
      })
  void run_wrongArgument_suggestsTheNearest(String line, String problem, String command) {
    assertThat(run(line.split(" "))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err()).containsExactly("dimat: " + problem, "dimat: see " + command + " --help");
  }

  @Test
  void run_resumeModeThatIsNone_namesTheModes() {
    assertThat(run("train", "--resume", "maybe")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err().get(0)).contains("--resume", "must be one of auto, never, must, got maybe");
  }

  @Test
  void run_withoutCommand_showsTheHelp() {
    assertThat(run()).isEqualTo(ExitCode.DONE);
    assertThat(out()).contains("train", "doctor", "Exit codes: 0 done, 2 bad input");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"train", "compare", "prepare", "plan", "inspect", "export", "report", "doctor"})
  void run_helpOfACommand_hasDescriptionAndExample(String command) {
    assertThat(run(command, "--help")).isEqualTo(ExitCode.DONE);
    assertThat(out()).contains("Usage: dimat " + command, "Examples:", "submit/dimat " + command);
    assertThat(commands.calls).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "compare", "plan"})
  void run_helpOfWhatRunsAlgorithms_namesThemAll(String command) {
    run(command, "--help");
    assertThat(out().split("[\\s,]+")).containsAll(RunConfig.algorithms());
  }

  @ParameterizedTest
  @ValueSource(strings = {"--version", "train --version"})
  void run_version_namesTheProductAndJava(String line) {
    assertThat(run(line.split(" "))).isEqualTo(ExitCode.DONE);
    assertThat(out()).matches("dimat \\d+\\.\\d+.*\\(Java 1?\\d.*\\)\\R");
  }

  @Test
  void run_validatorRefusesDuringPlanning_isBadInput() {
    commands.failure = new IllegalArgumentException("rows of W sum to 1, got 0.9 in row 2");
    assertThat(run("plan")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err()).containsExactly("dimat: rows of W sum to 1, got 0.9 in row 2");
  }

  @Test
  void run_dataExceptionThatSparkWrapped_isBadInputInItsOwnWords() {
    commands.failure =
        new IllegalStateException("job aborted", new DataException("train.bin is cut off"));
    assertThat(run("prepare")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err()).containsExactly("dimat: train.bin is cut off");
  }

  @Test
  void run_inspect_printsGroupsTiesAndSizes() {
    ExitCode code =
        run("inspect", "--network=resnet20", "--input=3x32x32", "--classes=100", "--width=2");
    assertThat(code).isEqualTo(ExitCode.DONE);
    assertThat(out())
        .contains("resnet20 on 3x32x32 images, 100 classes", "12 permutation groups", "tie: ");
  }

  @Test
  void run_inspectHelp_listsTheZoo() {
    run("inspect", "--help");
    assertThat(out()).contains(String.join(", ", Zoo.names()));
  }

  @ParameterizedTest
  @CsvSource({
    "--network=vgg, 'network must be one of [cnn, mlp, resnet20, resnet50, vgg11, vgg16-bn] or a file .conf or .json, got vgg'",
    "--input=28, 'must be CHANNELSxHEIGHTxWIDTH such as 3x32x32, got 28'",
    "--shortcut=none, 'must be one of conv3x3, conv1x1, got'",
    "--classes=1, a network needs at least 2 classes"
  })
  void run_inspectWithBadArgument_namesTheRule(String argument, String rule) {
    assertThat(run("inspect", argument)).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err().get(0)).startsWith("dimat: ").contains(rule);
  }

  @Test
  void run_runFails_pointsToTheLogWithoutAStackTrace() {
    properties.setProperty("dimat.log", "/tmp/x.log");
    commands.failure =
        new RunFailedException("loss of agent 2 is NaN in round 4; round 3 is kept", new Error());
    assertThat(run("train")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(err())
        .containsExactly(
            "dimat: loss of agent 2 is NaN in round 4; round 3 is kept",
            "dimat: details are in /tmp/x.log");
  }

  @Test
  void run_unexpectedFailure_isAFailedRunWithItsKind() {
    commands.failure = new IllegalStateException("two\nlines");
    assertThat(run("train")).isEqualTo(ExitCode.RUN_FAILED);
    assertThat(err()).containsExactly("dimat: IllegalStateException: two", "dimat: lines");
  }

  @Test
  void run_mergeRefused_hasItsOwnCode() {
    commands.failure = new MergeRefusedException("networks differ");
    assertThat(run("train")).isEqualTo(ExitCode.MERGE_REFUSED);
  }

  @Test
  void run_interrupted_saysHowToGoOn() {
    commands.failure = new InterruptedException();
    assertThat(run("train")).isEqualTo(ExitCode.INTERRUPTED);
    assertThat(err()).containsExactly("dimat: " + InterruptNotice.MESSAGE);
  }

  @Test
  void interruptible_failureWhileGoingDown_isNotReportedAgain() throws Exception {
    PrintStream sink = new PrintStream(err, true, StandardCharsets.UTF_8);
    try (InterruptNotice notice = new InterruptNotice(sink, InterruptNotice.MESSAGE)) {
      assertThat(notice.given()).isFalse();
      notice.give();
      assertThat(notice.given()).isTrue();
    }
    assertThat(err()).containsExactly("", "dimat: " + InterruptNotice.MESSAGE);
  }

  @Test
  void run_report_takesAFolder(@TempDir Path folder) {
    assertThat(run("report", folder.toString())).isEqualTo(ExitCode.DONE);
    assertThat(commands.calls).containsExactly("report " + folder.getFileName());
    assertThat(run("report", folder + "/none")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err()).singleElement().asString().endsWith("none, which is no folder");
  }

  @Test
  void run_reportWithoutFolder_isBadInput() {
    assertThat(run("report")).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err().get(0)).contains("DIR");
  }

  @Test
  void run_exportWithOneFormat_asksForTheConsensusModelOfTheLastRound() {
    assertThat(run("export", "s3a://bucket/run", "--format", "onnx", "--out", "a.onnx"))
        .isEqualTo(ExitCode.DONE);
    assertThat(commands.export)
        .isEqualTo(
            new ExportRequest(
                "s3a://bucket/run",
                List.of("consensus"),
                List.of("onnx"),
                OptionalInt.empty(),
                Path.of("a.onnx"),
                ExportRequest.Existing.REFUSE));
  }

  @Test
  void run_exportWithEveryOption_passesAllOn() {
    String line =
        "export run --model agent-1 --model consensus --format zip --format onnx"
            + " --round 3 --out there --force";
    assertThat(run(line.split(" "))).isEqualTo(ExitCode.DONE);
    assertThat(commands.export)
        .isEqualTo(
            new ExportRequest(
                "run",
                List.of("agent-1", "consensus"),
                List.of("zip", "onnx"),
                OptionalInt.of(3),
                Path.of("there"),
                ExportRequest.Existing.REPLACE));
  }

  @ParameterizedTest
  @CsvSource({
    "export --format onnx --out a, RUN",
    "export run --out a, --format",
    "export run --format onnx, --out",
    "export run --format onnx --out a --round last, --round"
  })
  void run_exportWithoutWhatItNeeds_namesIt(String line, String missing) {
    assertThat(run(line.split(" "))).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(err().get(0)).contains(missing);
    assertThat(commands.calls).isEmpty();
  }

  @Test
  void run_doctorWithGoodChecks_isDone(@TempDir Path folder) {
    assertThat(run(List.of(check(Finding.ok("there"))), "doctor", "--out", folder.toString()))
        .isEqualTo(ExitCode.DONE);
    assertThat(out()).contains("JDK", "3.5.", "extra           there", "ready");
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void run_doctorWithAFailedCheck_givesAdviceAndFails(@TempDir Path folder) {
    Check bad = check(Finding.fail("missing", "install it"));
    assertThat(run(List.of(bad), "doctor", "--out", folder.toString()))
        .isEqualTo(ExitCode.RUN_FAILED);
    assertThat(out()).contains("fail  extra           missing", "-> install it", "not ready: 1");
  }

  private static Check check(Finding finding) {
    return new Check() {
      @Override
      public String name() {
        return "extra";
      }

      @Override
      public Finding run() {
        return finding;
      }
    };
  }
}
