package io.dimat.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.util.List;
import java.util.jar.JarFile;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What is in the jar for spark-submit; skipped unless Maven runs with {@code -Pjob-jar}. */
class JobJarTest {
  private static final List<String> PROVIDED =
      List.of(
          "org/apache/spark/",
          "org/apache/hadoop/",
          "org/apache/logging/",
          "org/apache/log4j/",
          "org/slf4j/",
          "ch/qos/logback/",
          "scala/",
          "com/fasterxml/jackson/");

  private String jar;

  @BeforeEach
  void findJar() {
    jar = System.getProperty("dimat.job-jar");
    assumeTrue(jar != null, "the job jar is made and checked by mvn -Pjob-jar package");
  }

  private List<String> entries() throws IOException {
    try (JarFile file = new JarFile(jar)) {
      return file.stream().map(ZipEntry::getName).toList();
    }
  }

  @Test
  void jobJar_providedLibraries_areNotInside() throws IOException {
    assertThat(entries()).noneMatch(entry -> PROVIDED.stream().anyMatch(entry::startsWith));
  }

  @Test
  void jobJar_signatures_areStripped() throws IOException {
    assertThat(entries()).noneMatch(entry -> entry.matches("META-INF/.*\\.(SF|DSA|RSA)"));
  }

  @Test
  void jobJar_ownModulesAndNativeLibraries_areInside() throws IOException {
    assertThat(entries())
        .contains(
            "io/dimat/network/Network.class",
            "io/dimat/cli/DimatCli.class",
            "io/dimat/conf/quickstart.conf",
            "META-INF/services/org.nd4j.linalg.factory.Nd4jBackend")
        .anyMatch(entry -> entry.matches(".*linux-x86_64.*/libnd4jcpu\\.so"))
        .anyMatch(entry -> entry.matches(".*linux-x86_64/libopenblas.*"));
  }
}
