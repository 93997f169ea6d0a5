package io.dimat.job;

import io.dimat.cli.JobOptions;
import me.tongfei.progressbar.ProgressBar;
import me.tongfei.progressbar.ProgressBarBuilder;
import me.tongfei.progressbar.ProgressBarStyle;

/** A bar of finished tasks while a round lasts; silent where nobody looks. */
final class RoundBar {
  private final boolean visible;
  private final int rounds;
  private ProgressBar bar;

  private RoundBar(boolean visible, int rounds) {
    this.visible = visible;
    this.rounds = rounds;
  }

  static RoundBar on(JobOptions options, int rounds) {
    return new RoundBar(options.screen() == JobOptions.Screen.TERMINAL, rounds);
  }

  synchronized void begin(int round, int tasks) {
    if (visible && bar == null) {
      bar =
          new ProgressBarBuilder()
              .setTaskName("round %d/%d".formatted(round, rounds))
              .setInitialMax(tasks)
              .setStyle(ProgressBarStyle.COLORFUL_UNICODE_BLOCK)
              .setUpdateIntervalMillis(200)
              .clearDisplayOnFinish()
              .build();
    }
  }

  /** Another task has ended; called from Spark's listener thread. */
  synchronized void tick() {
    if (bar != null) {
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
