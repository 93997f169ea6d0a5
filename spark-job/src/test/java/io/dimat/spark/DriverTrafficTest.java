package io.dimat.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.dl4j.Dl4jLearner;
import io.dimat.learn.OptimizerSpec;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The driver's memory must not grow with models: tasks answer with references and numbers. */
class DriverTrafficTest {
  private static final int TASKS = 5 * SmallRun.AGENTS;

  @TempDir Path folder;

  @Test
  void run_anyPhase_taskResultsAreFarSmallerThanAModel() throws Exception {
    SmallRun small = new SmallRun(folder);
    ResultSizes sizes = new ResultSizes();
    SmallRun.SESSION.sparkContext().addSparkListener(sizes);
    try {
      small.run(
          small.plan("dimat", OptimizerSpec.adam(1e-3), 1),
          new Dl4jLearner.Factory(),
          folder.resolve("out"));
      for (int tries = 0; tries < 100 && sizes.seen.size() < TASKS; tries++) {
        Thread.sleep(50); // listeners hear of a task some time after its job has returned
      }
    } finally {
      SmallRun.SESSION.sparkContext().removeSparkListener(sizes);
    }

    long model = 4L * small.network.layout().size();
    assertThat(sizes.seen).hasSizeGreaterThanOrEqualTo(TASKS);
    assertThat(sizes.seen).allMatch(bytes -> bytes < model / 5);
  }

  /** Bytes that each task sent to the driver. */
  private static final class ResultSizes extends SparkListener {
    final List<Long> seen = new CopyOnWriteArrayList<>();

    @Override
    public void onTaskEnd(SparkListenerTaskEnd taskEnd) {
      seen.add(taskEnd.taskMetrics().resultSize());
    }
  }
}
