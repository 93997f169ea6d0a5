package io.dimat.cli.doctor;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.cli.doctor.Finding.Status;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MachineChecksTest {
  @ParameterizedTest
  @CsvSource({"11.0.2, FAIL", "17.0.1, OK", "21, WARN"})
  void java_versions_areJudged(String version, Status status) {
    assertThat(MachineChecks.java(Runtime.Version.parse(version)).status()).isEqualTo(status);
  }

  @Test
  void memory_smallHeap_isAWarning() {
    assertThat(MachineChecks.memory(512L << 20))
        .isEqualTo(Finding.warn("0.5 GiB of heap", "give more with DIMAT_JAVA_OPTS=-Xmx3g"));
  }

  @Test
  void cores_one_isAWarning() {
    assertThat(MachineChecks.cores(1).status()).isEqualTo(Status.WARN);
  }

  @Test
  void writable_folderThatIsNotThereYet_isOkAndStaysAway(@TempDir Path folder) {
    Path out = folder.resolve("a/b");
    assertThat(MachineChecks.writable(out).status()).isEqualTo(Status.OK);
    assertThat(folder).isEmptyDirectory();
  }

  @Test
  void writable_file_fails(@TempDir Path folder) throws IOException {
    Path file = Files.createFile(folder.resolve("file"));
    assertThat(MachineChecks.writable(file).status()).isEqualTo(Status.FAIL);
  }
}
