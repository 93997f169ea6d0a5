package io.dimat.spark;

import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/** Tells a progress display that a task has ended; closed, because the context may outlive us. */
public final class TaskTicks extends SparkListener implements AutoCloseable {
  private final JavaSparkContext spark;
  private final Runnable tick;

  private TaskTicks(JavaSparkContext spark, Runnable tick) {
    this.spark = spark;
    this.tick = tick;
  }

  /** Calls {@code tick} after every successful task, until closed. */
  public static TaskTicks listen(JavaSparkContext spark, Runnable tick) {
    TaskTicks ticks = new TaskTicks(spark, tick);
    spark.sc().addSparkListener(ticks);
    return ticks;
  }

  @Override
  public void onTaskEnd(SparkListenerTaskEnd taskEnd) {
    if (taskEnd.taskInfo().successful()) {
      tick.run();
    }
  }

  @Override
  public void close() {
    spark.sc().removeSparkListener(this);
  }
}
