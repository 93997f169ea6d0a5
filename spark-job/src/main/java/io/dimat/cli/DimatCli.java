package io.dimat.cli;

import io.dimat.cli.JobOptions.Screen;
import io.dimat.cli.doctor.Check;
import io.dimat.cli.doctor.DoctorCommand;
import io.dimat.conf.RunConfig;
import io.dimat.interchange.ModelReaders;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import picocli.CommandLine;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Ansi;
import picocli.CommandLine.Model.UsageMessageSpec;

/** The command line as a function from arguments to an exit code; it never ends the process. */
public final class DimatCli {
  private static final int HELP_WIDTH = 100;

  private final Surroundings around;
  private final Problems problems;
  private final CommandLine commandLine;

  /**
   * @param commands what the subcommands start
   * @param checks of the doctor, beside those of the machine
   * @param readers of model files
   */
  public DimatCli(
      Surroundings around, Commands commands, List<Check> checks, ModelReaders readers) {
    this.around = around;
    this.problems = new Problems(around);
    this.commandLine = new CommandLine(new DimatCommand());
    add(
        "train",
        new ConfiguredCommand(around, commands::train),
        "Trains, exchanges and merges, round after round; the same command resumes.",
        "submit/dimat train",
        "submit/dimat train conf/cifar100-ring.conf --set data.path=/data/cifar-100-binary",
        "submit/dimat train --set algorithm=wa --out runs/averaging");
    add(
        "compare",
        new CompareCommand(around, commands),
        "Runs several algorithms and controls over the same shards and seeds: one table, one report; the same command resumes. The block compare of FILE: docs/comparison.md.",
        "submit/dimat compare",
        "submit/dimat compare conf/compare-heterogeneous.conf --set compare.seeds=[1,2,3,4,5] \\",
        "    --out runs/heterogeneous");
    add(
        "prepare",
        new ConfiguredCommand(around, commands::prepare),
        "Deals the dataset to the agents as shards and prints every agent's label histogram.",
        "submit/dimat prepare --set data.partitioner=dirichlet --set data.alpha=0.3");
    add(
        "plan",
        new PlanCommand(around, commands),
        "Checks the configuration and prints spectral gap, traffic, memory and time estimates; of a comparison, its rows with what each costs. Reads no data.",
        "submit/dimat plan conf/fashion-mnist-dirichlet.conf --set data.path=/data/fashion",
        "submit/dimat plan conf/compare-quick.conf");
    add(
        "inspect",
        new InspectCommand(around.out(), readers),
        "Explains a network or a model file: permutation groups, ties, sizes, what cannot be permuted.",
        "submit/dimat inspect --network cnn",
        "submit/dimat inspect --network resnet20 --input 3x32x32 --classes 100 --width 8",
        "submit/dimat inspect model.safetensors",
        "submit/dimat inspect model.safetensors --network mine.conf --mapping names.conf");
    add(
        "export",
        new ExportCommand(around, commands),
        "Writes the consensus model or agents of a run as safetensors, DL4J zip or ONNX.",
        "submit/dimat export runs/quickstart --format onnx --out consensus.onnx",
        "submit/dimat export runs/quickstart --model agent-0 --model agent-1 --format zip --out models");
    add(
        "merge",
        new MergeCommand(around, commands),
        "Merges model files into one, and says whether the result is any good.",
        "submit/dimat merge --model a.safetensors --model b.safetensors --network cnn \\",
        "    --data fashion-mnist-sample --out merged",
        "submit/dimat merge --model a.zip --model b.zip --data images.safetensors \\",
        "    --method weight-matching --out merged");
    add(
        "report",
        new ReportCommand(around, commands),
        "Builds the HTML report of a run again.",
        "submit/dimat report runs/quickstart");
    add(
        "doctor",
        new DoctorCommand(around.out(), checks, around.properties()),
        "Checks JDK, memory, storage, Spark and the native backend, and says what to fix.",
        "submit/dimat doctor --out /data/runs");
    List.of("train", "compare", "plan").forEach(this::nameAlgorithms);
    configure();
  }

  private void add(String name, Object command, String description, String... examples) {
    CommandLine sub = new CommandLine(command);
    sub.getCommandSpec().usageMessage().description(description);
    sub.getCommandSpec().usageMessage().parameterListHeading("%nArguments:%n");
    sub.getCommandSpec().usageMessage().optionListHeading("%nOptions:%n");
    sub.getCommandSpec().usageMessage().footerHeading("%nExamples:%n");
    sub.getCommandSpec()
        .usageMessage()
        .footer(List.of(examples).stream().map(e -> "  " + e).toArray(String[]::new));
    commandLine.addSubcommand(name, sub);
  }

  private void nameAlgorithms(String command) {
    UsageMessageSpec usage =
        commandLine.getSubcommands().get(command).getCommandSpec().usageMessage();
    List<String> footer = new ArrayList<>(List.of(usage.footer()));
    footer.add("");
    footer.add("Algorithms (a line on each: docs/algorithms.md):");
    footer.add(String.join(", ", RunConfig.algorithms()));
    usage.footer(footer.toArray(String[]::new));
  }

  private void configure() {
    Ansi ansi = around.screen() == Screen.TERMINAL ? Ansi.AUTO : Ansi.OFF;
    commandLine.getCommandSpec().mixinStandardHelpOptions(true);
    commandLine
        .getSubcommands()
        .values()
        .forEach(sub -> sub.getCommandSpec().mixinStandardHelpOptions(true));
    each(commandLine, c -> c.getCommandSpec().versionProvider(new Version()));
    commandLine
        .setColorScheme(Help.defaultColorScheme(ansi))
        .setUsageHelpWidth(HELP_WIDTH)
        .setOut(new PrintWriter(around.out(), true, StandardCharsets.UTF_8))
        .setErr(new PrintWriter(around.err(), true, StandardCharsets.UTF_8))
        .setParameterExceptionHandler(new UsageProblems(problems))
        .setExecutionExceptionHandler(
            (failure, command, parsed) -> problems.report(failure).number());
  }

  private static void each(CommandLine top, Consumer<CommandLine> change) {
    change.accept(top);
    top.getSubcommands().values().forEach(change);
  }

  /** Runs one command; every failure has become lines on the error stream. */
  public ExitCode run(String... arguments) {
    try {
      int number = commandLine.execute(arguments);
      return List.of(ExitCode.values()).stream()
          .filter(code -> code.number() == number)
          .findFirst()
          .orElse(ExitCode.RUN_FAILED);
    } catch (LinkageError | OutOfMemoryError failure) {
      problems.print("this machine cannot run it; submit/dimat doctor says what to fix");
      return problems.report(failure);
    }
  }
}
