package io.dimat.job;

import io.dimat.cli.JobOptions;
import me.tongfei.progressbar.ConsoleProgressBarConsumer;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar of finished tasks while a round lasts; silent where nobody looks. */
final class RoundBar {
  /** Fixed: asking the terminal, as the library does, would take Ctrl-C away from the JVM. */
  private static final int WIDTH = 79;

  private static final int UNKNOWN = -1;

  private final JobOptions options;
  private final int rounds;
  private ProgressBar bar;

  private RoundBar(JobOptions options, int rounds) {
    this.options = options;
    this.rounds = rounds;
  }

  static RoundBar on(JobOptions options, int rounds) {
    return new RoundBar(options, rounds);
  }

  synchronized void begin(int round, int tasks) {
    if (options.screen() == JobOptions.Screen.TERMINAL && bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("%sround %d/%d".formatted(options.title(), round, rounds))
              .setInitialMax(tasks)
              .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
              .setUpdateIntervalMillis(200)
              .setConsumer(new ConsoleProgressBarConsumer(options.bars(), WIDTH))
              .clearDisplayOnFinish()
              .build();
    }
  }

  /** Another task has ended; called from Spark's listener thread. */
  synchronized void tick() {
    if (bar != null) {
      if (bar.getCurrent() == bar.getMax()) {
        bar.maxHint(UNKNOWN); // agents exchange until they agree, or retry
      }
      bar.step();
    }
  }

  synchronized void end() {
    if (bar != null) {
      bar.close();
      bar = null;
    }
  }
}
