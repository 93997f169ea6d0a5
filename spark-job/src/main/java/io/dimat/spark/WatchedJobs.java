package io.dimat.spark;

import java.time.Duration;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Supplier;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageCompleted;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.SparkListenerTaskStart;

/**
 * Jobs of one stage each whose tasks have ended when a failure is told. Spark tells of a failed job
 * as soon as one task has failed for good, while its others go on, and write, until they are done.
 *
 * <p>The jobs are known by a local property, because the context may have other users; the job
 * group is left alone, because notebooks cancel by it.
 */
final class WatchedJobs extends SparkListener {
  private static final String PROPERTY = "io.dimat.watched";
  private static final AtomicLong NUMBERS = new AtomicLong();
  private static final Duration LONGEST_WAIT = Duration.ofSeconds(30);

  private final JavaSparkContext spark;
  private final String number = Long.toString(NUMBERS.incrementAndGet());
  private final SortedSet<Integer> stages = new TreeSet<>();
  private int jobsBegun;
  private int stagesEnded;
  private int tasksRunning;

  WatchedJobs(JavaSparkContext spark) {
    this.spark = spark;
  }

  /**
   * Does work on this thread. If it fails, the failure is thrown when no task of its jobs runs any
   * more, after half a minute, or when Spark is stopped: whichever comes first.
   */
  <T> T watch(Supplier<T> work) {
    String outer = spark.getLocalProperty(PROPERTY);
    spark.setLocalProperty(PROPERTY, number);
    spark.sc().addSparkListener(this);
    try {
      return work.get();
    } catch (Exception e) { // Spark throws checked exceptions that its Java signatures hide
      awaitEnd();
      throw e;
    } finally {
      spark.sc().removeSparkListener(this);
      spark.setLocalProperty(PROPERTY, outer);
    }
  }

  /** All elements of an RDD that needs no shuffle, in order; to be called by watched work. */
  <T> List<T> collect(JavaRDD<T> elements) {
    synchronized (this) {
      jobsBegun++;
    }
    return elements.collect();
  }

  /** Events come late, and in order: a job is behind us once its stage is told to have ended. */
  private synchronized void awaitEnd() {
    long end = System.nanoTime() + LONGEST_WAIT.toNanos();
    try {
      while ((stagesEnded < jobsBegun || tasksRunning > 0)
          && System.nanoTime() < end
          && !spark.sc().isStopped()) {
        wait(100);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public synchronized void onStageSubmitted(SparkListenerStageSubmitted event) {
    if (number.equals(event.properties().getProperty(PROPERTY))) {
      stages.add(event.stageInfo().stageId());
    }
  }

  @Override
  public synchronized void onTaskStart(SparkListenerTaskStart event) {
    if (stages.contains(event.stageId())) {
      tasksRunning++;
    }
  }

  @Override
  public synchronized void onTaskEnd(SparkListenerTaskEnd event) {
    if (stages.contains(event.stageId())) {
      tasksRunning--;
      notifyAll();
    }
  }

  @Override
  public synchronized void onStageCompleted(SparkListenerStageCompleted event) {
    if (stages.contains(event.stageInfo().stageId())) {
      stagesEnded++;
      notifyAll();
    }
  }
}
