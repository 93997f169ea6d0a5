package io.dimat;

import org.apache.spark.sql.SparkSession;

/** The one Spark session of all tests of this module; like a notebook's, it is never stopped. */
public final class LocalSession {
  private LocalSession() {}

  /** Two task threads, four tries for each task. */
  public static SparkSession get() {
    return SparkSession.builder()
        .master("local[2,4]")
        .appName("tests")
        .config("spark.ui.enabled", "false")
        .config("spark.sql.shuffle.partitions", "2")
        .config("spark.driver.bindAddress", "127.0.0.1")
        .config("spark.driver.host", "127.0.0.1")
        .getOrCreate();
  }
}
