package io.dimat.bench;

import java.io.PrintStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.spark.SparkContext;
import org.apache.spark.executor.TaskMetrics;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobEnd;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerTaskEnd;

/**
 * Where a superstep's milliseconds go by Spark's own account. Spark counts whole milliseconds, so
 * what is short is rough.
 */
final class SuperstepTimes extends SparkListener {
  private final List<Double> jobs = new ArrayList<>();
  private final List<Double> between = new ArrayList<>();
  private double tasks;
  private double duration;
  private double deserialization;
  private double deserializationCpu;
  private double run;
  private double runCpu;
  private double collection;
  private double resultSerialization;
  private long started;
  private long ended;

  private SuperstepTimes() {}

  static SuperstepTimes listen(SparkContext context) {
    SuperstepTimes times = new SuperstepTimes();
    context.addSparkListener(times);
    return times;
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart job) {
    started = job.time();
    if (ended > 0) {
      between.add((double) (started - ended));
    }
  }

  @Override
  public synchronized void onJobEnd(SparkListenerJobEnd job) {
    ended = job.time();
    jobs.add((double) (ended - started));
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
    TaskMetrics metrics = end.taskMetrics();
    tasks++;
    duration += end.taskInfo().duration();
    deserialization += metrics.executorDeserializeTime();
    deserializationCpu += metrics.executorDeserializeCpuTime() * 1e-6;
    run += metrics.executorRunTime();
    runCpu += metrics.executorCpuTime() * 1e-6;
    collection += metrics.jvmGCTime();
    resultSerialization += metrics.resultSerializationTime();
  }

  synchronized void print(PrintStream out) {
    out.printf(
        Locale.ROOT,
        "jobs: %d, median %.0f ms, between two jobs median %.0f ms%n"
            + "a task, mean ms: %.2f in all: deserialize %.2f (cpu %.2f), run %.2f (cpu %.2f; garbage"
            + " collection %.2f), serialize result %.2f, scheduler %.2f%n",
        jobs.size(),
        Quantiles.of(jobs).median(),
        Quantiles.of(between).median(),
        duration / tasks,
        deserialization / tasks,
        deserializationCpu / tasks,
        run / tasks,
        runCpu / tasks,
        collection / tasks,
        resultSerialization / tasks,
        (duration - deserialization - run - resultSerialization) / tasks);
  }
}
