package io.dimat.job;

import io.dimat.store.RunFolder;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.SparkSession;

/**
 * The Spark session of one command: the one that is there (spark-submit, a notebook), which is
 * never stopped here, or one of our own, which is.
 */
final class Session implements AutoCloseable {
  private final SparkSession spark;
  private final boolean ours;

  private Session(SparkSession spark, boolean ours) {
    this.spark = spark;
    this.ours = ours;
  }

  /**
   * Opens a session.
   *
   * @param master set only where nobody else has set one
   */
  static Session open(String name, Optional<String> master) {
    boolean ours = SparkSession.getDefaultSession().isEmpty();
    SparkSession.Builder builder = SparkSession.builder().appName(name);
    master.ifPresent(url -> local(builder.master(url), url));
    return new Session(builder.getOrCreate(), ours);
  }

  private static void local(SparkSession.Builder builder, String url) {
    if (url.startsWith("local")) {
      builder
          .config("spark.driver.bindAddress", "127.0.0.1")
          .config("spark.driver.host", "127.0.0.1")
          .config("spark.sql.shuffle.partitions", "8")
          // A task without memory fails like any other, instead of ending the process unexplained.
          .config("spark.executor.killOnFatalError.depth", "0")
          .config("spark.ui.showConsoleProgress", "false");
    }
  }

  SparkSession sql() {
    return spark;
  }

  JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(spark.sparkContext());
  }

  /** An output folder, with this session's storage settings. */
  RunFolder folder(String location) {
    return new RunFolder(location, context().hadoopConfiguration());
  }

  /** True if Spark was stopped while the job ran: by a signal, never by the job itself. */
  boolean isStopped() {
    return spark.sparkContext().isStopped();
  }

  @Override
  public void close() {
    if (ours) {
      spark.stop();
    }
  }
}
