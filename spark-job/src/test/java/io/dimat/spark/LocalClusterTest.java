package io.dimat.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.dl4j.Dl4jLearner;
import io.dimat.learn.OptimizerSpec;
import io.dimat.protocol.RunPlan;
import io.dimat.store.PhaseManifest;
import java.io.File;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Executors in processes of their own: {@code mvn -Plocal-cluster verify}. The profile gives this
 * JVM the variable SPARK_HOME; the folder it names is made here from the class path, so that no
 * Spark installation is needed.
 */
@Tag("local-cluster")
class LocalClusterTest {
  @TempDir Path out;
  private static SparkSession session;

  @BeforeAll
  static void startCluster() throws IOException {
    List<String> folders = new ArrayList<>();
    Path home = Path.of(System.getenv("SPARK_HOME"));
    Path jars = Files.createDirectories(home.resolve("jars"));
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator, -1)) {
      Path path = Path.of(entry).toAbsolutePath();
      if (Files.isDirectory(path)) {
        folders.add(path.toString());
      } else if (Files.exists(path) && Files.notExists(jars.resolve(path.getFileName()))) {
        Files.createSymbolicLink(jars.resolve(path.getFileName()), path);
      }
    }
    Files.writeString(home.resolve("RELEASE"), "");
    String opened =
        ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
            .filter(argument -> argument.startsWith("--add-opens"))
            .collect(Collectors.joining(" "));
    session =
        SparkSession.builder()
            .master("local-cluster[2,1,1024]")
            .appName("separate executors")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.executor.extraJavaOptions", opened)
            .config("spark.executor.extraClassPath", String.join(File.pathSeparator, folders))
            .getOrCreate();
  }

  @AfterAll
  static void stopCluster() {
    session.stop();
  }

  @Test
  void run_onSeparateProcesses_bitIdenticalToLocalEngine() {
    SmallRun small = new SmallRun(out.resolve("data"));
    RunPlan plan = small.plan("dimat", OptimizerSpec.adam(1e-3), 2);

    PhaseManifest last = small.run(plan, new Dl4jLearner.Factory(), out.resolve("run"));

    assertThat(SmallRun.SESSION.sparkContext().master()).startsWith("local-cluster");
    assertThat(session.sparkContext().statusTracker().getExecutorInfos()).hasSize(3);
    assertThat(SmallRun.hashes(last)).isEqualTo(small.localHashes(plan));
  }
}
