package io.dimat.cli;

import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** What a run, or a comparison, would do and cost. */
final class PlanCommand implements Callable<Integer> {
  @Mixin private ConfigArguments configuration = new ConfigArguments();
  @Mixin private SparkArguments spark = new SparkArguments();

  private final Surroundings around;
  private final Commands commands;

  PlanCommand(Surroundings around, Commands commands) {
    this.around = around;
    this.commands = commands;
  }

  @Override
  public Integer call() throws Exception {
    JobOptions options = spark.options(around);
    if (configuration.isComparison()) {
      commands.planComparison(configuration.loadComparison(), options);
    } else {
      commands.plan(configuration.load(), options);
    }
    return ExitCode.DONE.number();
  }
}
