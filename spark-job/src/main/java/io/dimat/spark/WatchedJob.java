package io.dimat.spark;

import java.time.Duration;
import java.util.List;
import java.util.Properties;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.spark.SparkContext;
import org.apache.spark.TaskContext;
import org.apache.spark.TaskKilledException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.function.VoidFunction;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A job of one stage whose tasks have ended when its failure is told. Spark tells it as soon as one
 * task has failed for good, while others go on until they see that they are not wanted: {@link
 * #requireWanted} stands before whatever they write.
 *
 * <p>Waits for half a minute at most, and not at all once Spark is stopped, which ends all tasks.
 * An executor that the driver has lost may still write, as after every failure: states have a name
 * of their own for each attempt, and nobody commits them.
 *
 * <p>The job is known by a local property, because the context may have other users; the job group
 * is left alone, because notebooks cancel by it.
 */
final class WatchedJob extends SparkListener {
  private static final Logger LOG = LoggerFactory.getLogger(WatchedJob.class);
  private static final String PROPERTY = "io.dimat.watched";
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final SparkContext spark;
  private final String number = Long.toString(NUMBERS.incrementAndGet());
  private final SortedSet<Integer> jobs = new TreeSet<>();
  private final SortedSet<Integer> stages = new TreeSet<>();
  private final SortedSet<Long> tasks = new TreeSet<>();
  private boolean stageEnded;

  private WatchedJob(SparkContext spark) {
    this.spark = spark;
  }

  /** All elements, in order; no shuffle may be needed for them. */
  static <T> List<T> collect(JavaRDD<T> elements) {
    return run(elements, elements::collect);
  }

  /** Does work for every element; no shuffle may be needed for them. */
  static <T> void foreach(JavaRDD<T> elements, VoidFunction<T> work) {
    run(
        elements,
        () -> {
          elements.foreach(work);
          return elements;
        });
  }

  /**
   * Called in a task before it writes.
   *
   * @throws TaskKilledException if its job has ended without it
   */
  static void requireWanted() {
    if (TaskContext.get().isInterrupted()) {
      throw new TaskKilledException("the job has ended without this task");
    }
  }

  private static <R> R run(JavaRDD<?> elements, Supplier<R> action) {
    elements.getNumPartitions(); // if this fails there will be no stage to wait for
    WatchedJob job = new WatchedJob(elements.context());
    return job.run(action);
  }

  private <R> R run(Supplier<R> action) {
    spark.setLocalProperty(PROPERTY, number);
    spark.addSparkListener(this);
    try {
      return action.get();
    } catch (Exception failure) { // Spark throws checked ones that its Java signatures hide
      awaitEnd(failure);
      throw failure;
    } finally {
      spark.removeSparkListener(this);
      spark.setLocalProperty(PROPERTY, null);
    }
  }

  /** An interrupted job goes on unless it is cancelled; its interrupt is for the caller to see. */
  private synchronized void awaitEnd(Exception failure) {
    boolean interrupted = failure instanceof InterruptedException;
    LOG.info("a job ends early; waiting for those of its tasks that still run");
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    while (!(stageEnded && tasks.isEmpty()) && System.nanoTime() < end && !spark.isStopped()) {
      if (interrupted) {
        jobs.forEach(spark::cancelJob);
        jobs.clear();
      }
      try {
        wait(100);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (!tasks.isEmpty() && !spark.isStopped()) {
      LOG.warn("{} tasks of a job that has failed still run after {}", tasks.size(), LONGEST_WAIT);
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean isOurs(Properties properties) {
    return properties != null && number.equals(properties.getProperty(PROPERTY));
  }

  @Override
  public synchronized void onJobStart(SparkListenerJobStart event) {
    if (isOurs(event.properties())) {
      jobs.add(event.jobId());
    }
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    if (isOurs(event.properties())) {
      stages.add(event.stageInfo().stageId());
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart event) {
    if (stages.contains(event.stageId())) {
      tasks.add(event.taskInfo().taskId());
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    tasks.remove(event.taskInfo().taskId());
    notifyAll();
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
    stageEnded |= stages.contains(event.stageInfo().stageId());
    notifyAll();
  }
}
