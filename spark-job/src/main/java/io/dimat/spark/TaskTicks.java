package io.dimat.spark;

import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Tells a progress display that a task has ended. */
public final class TaskTicks extends SparkListener {
  private final Runnable tick;

  public TaskTicks(Runnable tick) {
    this.tick = tick;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd taskEnd) {
    if (taskEnd.taskInfo().successful()) {
      tick.run();
    }
  }
}
