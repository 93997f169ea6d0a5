package io.dimat.cli;

import io.dimat.conf.CompareConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** Several algorithms on the same shards and seeds, one table, one report. */
final class CompareCommand implements Callable<Integer> {
  @Mixin private ConfigArguments configuration = new ConfigArguments();
  @Mixin private SparkArguments spark = new SparkArguments();

  private final Surroundings around;
  private final Commands commands;

  CompareCommand(Surroundings around, Commands commands) {
    this.around = around;
    this.commands = commands;
  }

  @Override
  public Integer call() throws Exception {
    CompareConfig config = configuration.loadComparison();
    return Interruptible.run(
        around, InterruptNotice.MESSAGE, () -> commands.compare(config, spark.options(around)));
  }
}
