package io.dimat.cli;

import io.dimat.conf.RunConfig;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;

/** A command on a configuration; its name and texts are given where it is registered. */
final class ConfiguredCommand implements Callable<Integer> {
  /** The part of {@link Commands} that the command starts. */
  interface Action {
    void run(RunConfig config, JobOptions options) throws Exception;
  }

  @Mixin private ConfigArguments configuration = new ConfigArguments();
  @Mixin private SparkArguments spark = new SparkArguments();

  private final Surroundings around;
  private final Action action;

  ConfiguredCommand(Surroundings around, Action action) {
    this.around = around;
    this.action = action;
  }

  @Override
  public Integer call() throws Exception {
    RunConfig config = configuration.load();
    return Interruptible.run(
        around, InterruptNotice.MESSAGE, () -> action.run(config, spark.options(around)));
  }
}
