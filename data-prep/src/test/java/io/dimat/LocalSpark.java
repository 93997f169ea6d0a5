package io.dimat;

import org.apache.spark.sql.SparkSession;

/** One small Spark session for all tests of this module; it ends with the JVM. */
public final class LocalSpark {
  private LocalSpark() {}

  public static SparkSession session() {
    return SparkSession.builder()
        .master("local[2]")
        .appName("data-prep-test")
        .config("spark.ui.enabled", "false")
        .config("spark.driver.host", "localhost")
        .config("spark.sql.shuffle.partitions", "4")
        .getOrCreate();
  }
}
