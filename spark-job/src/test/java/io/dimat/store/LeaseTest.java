package io.dimat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.net.InetAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeaseTest {
  private static final Instant NOW = Instant.parse("2026-11-21T10:00:00Z");
  private static final Clock CLOCK = Clock.fixed(NOW, ZoneOffset.UTC);

  @TempDir Path folder;
  private RunFolder run;

  @BeforeEach
  void open() {
    run = RunFolder.onDefaultStorage(folder.toString());
  }

  private Path file() {
    return folder.resolve("_LEASE.json");
  }

  private void heldBy(String host, long pid, Instant renewed) throws Exception {
    Lease.Holder holder = new Lease.Holder("abcdef01", host, pid, started(pid), renewed.toString());
    Files.writeString(file(), new ObjectMapper().writeValueAsString(holder));
  }

  private static String started(long pid) {
    return ProcessHandle.of(pid)
        .flatMap(process -> process.info().startInstant())
        .map(Instant::toString)
        .orElse("");
  }

  private static String thisHost() throws Exception {
    return InetAddress.getLocalHost().getHostName();
  }

  @Test
  void claim_freeFolder_leavesAFileUntilClosed() {
    try (Lease lease = Lease.claim(run, CLOCK)) {
      assertThat(lease.id()).hasSize(8);
      assertThat(file()).content().contains(lease.id()).contains(NOW.toString());
    }
    assertThat(file()).doesNotExist();
  }

  @Test
  void claim_twice_secondIsRefusedAndToldWhoHoldsIt() {
    try (Lease first = Lease.claim(run, CLOCK)) {
      assertThatThrownBy(() -> Lease.claim(run, CLOCK))
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("is in use by process " + ProcessHandle.current().pid())
          .hasMessageContaining("_LEASE.json if it is gone");
      assertThat(file()).content().contains(first.id());
    }
    Lease.claim(run, CLOCK).close();
  }

  @Test
  void claim_holderOfThisHostIsDead_takenOver() throws Exception {
    Process dead = new ProcessBuilder("true").start();
    assertThat(dead.waitFor(10, TimeUnit.SECONDS)).isTrue();
    heldBy(thisHost(), dead.pid(), NOW);

    try (Lease lease = Lease.claim(run, CLOCK)) {
      assertThat(file()).content().contains(lease.id()).doesNotContain("abcdef01");
    }
  }

  @Test
  void claim_holderOfAnotherHostIsFresh_refused() throws Exception {
    heldBy("elsewhere", 1, NOW.minus(Lease.EXPIRY).plusSeconds(1));

    assertThatThrownBy(() -> Lease.claim(run, CLOCK))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("process 1 on elsewhere");
    assertThat(file()).content().contains("abcdef01");
  }

  @Test
  void claim_holderOfAnotherHostExpired_takenOver() throws Exception {
    heldBy("elsewhere", 1, NOW.minus(Lease.EXPIRY));

    try (Lease lease = Lease.claim(run, CLOCK)) {
      assertThat(file()).content().contains(lease.id());
    }
  }

  @Test
  void claim_fileWasCutOff_takenOver() throws Exception {
    Files.writeString(file(), "{\"id\":\"abcd");

    Lease.claim(run, CLOCK).close();

    assertThat(file()).doesNotExist();
  }

  @Test
  void claim_fileNamesNoTime_takenOver() throws Exception {
    Files.writeString(
        file(), "{\"id\":\"a\",\"host\":\"elsewhere\",\"pid\":1,\"renewed\":\"soon\"}");

    Lease.claim(run, CLOCK).close();

    assertThat(file()).doesNotExist();
  }

  @Test
  void close_someoneTookOver_leavesTheirs() throws Exception {
    Lease lease = Lease.claim(run, CLOCK);
    heldBy("elsewhere", 1, NOW);

    lease.close();

    assertThat(file()).content().contains("elsewhere");
  }

  @Test
  void claim_pidOfThisHostTakenByALaterProcess_isFree() throws Exception {
    Lease.Holder earlier =
        new Lease.Holder(
            "abcdef01",
            thisHost(),
            ProcessHandle.current().pid(),
            "2001-01-01T00:00:00Z",
            CLOCK.instant().toString());
    Files.writeString(file(), new ObjectMapper().writeValueAsString(earlier));

    try (Lease lease = Lease.claim(run, CLOCK)) {
      assertThat(lease.id()).isNotEqualTo("abcdef01");
    }
  }

  @Test
  void requireHeld_takenOverByAnother_saysByWhom() throws Exception {
    try (Lease lease = Lease.claim(run, CLOCK)) {
      lease.requireHeld();
      heldBy("elsewhere", 7, CLOCK.instant());

      assertThatThrownBy(lease::requireHeld)
          .isInstanceOf(StorageException.class)
          .hasMessageContaining("taken over by process 7 on elsewhere");
    }
    assertThat(file()).exists();
  }
}
