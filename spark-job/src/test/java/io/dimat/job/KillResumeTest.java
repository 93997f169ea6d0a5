package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.store.ManifestStore;
import io.dimat.store.RunFolder;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A driver killed without warning loses nothing that was committed, and changes no result. */
class KillResumeTest {
  private static final int ROUNDS = 3;
  private static final long SECONDS = 120;

  @TempDir Path folder;

  @Test
  @Timeout(3 * SECONDS)
  void train_killedInTheMiddleAndStartedAgain_endsWithTheHashesOfAnUninterruptedRun()
      throws Exception {
    Path whole = folder.resolve("whole");
    Path killed = folder.resolve("killed");

    try (ChildJvm uninterrupted = start(whole, "whole.log")) {
      assertThat(uninterrupted.exitCode(SECONDS)).as(log("whole.log")).isZero();
    }
    Path firstTraining = killed.resolve("rounds/1/train/manifest.json");
    try (ChildJvm victim = start(killed, "victim.log")) {
      long deadline = System.nanoTime() + SECONDS * 1_000_000_000L;
      while (!isWhole(firstTraining) && System.nanoTime() < deadline && victim.isAlive()) {
        Thread.sleep(5);
      }
      victim.kill();
    }
    assertThat(firstTraining).as(log("victim.log")).exists();
    assertThat(killed.resolve("_RESULT.json")).doesNotExist();
    assertThat(killed.resolve("rounds/" + ROUNDS)).doesNotExist();
    assertThat(killed.resolve("_LEASE.json")).exists();
    String committed = RunFiles.text(firstTraining);

    try (ChildJvm again = start(killed, "again.log")) {
      assertThat(again.exitCode(SECONDS)).as(log("again.log")).isZero();
    }

    assertThat(RunFiles.text(firstTraining)).isEqualTo(committed);
    assertThat(RunFiles.text(folder.resolve("again.log"))).contains("resumed after round 0");
    for (String phase : List.of("train", "merge", "consensus")) {
      assertThat(hashes(killed, phase)).as(phase).isEqualTo(hashes(whole, phase)).isNotEmpty();
    }
  }

  /** A manifest that is cut off is not a commit: its phase would rightly be run again. */
  private static boolean isWhole(Path manifest) {
    return Files.exists(manifest) && RunFiles.text(manifest).endsWith("}\n");
  }

  private ChildJvm start(Path out, String log) throws Exception {
    List<String> arguments =
        Stream.concat(
                CommandRun.arguments("train", out, "rounds=" + ROUNDS).stream(),
                Stream.of("--master", "local[2,4]"))
            .toList();
    return ChildJvm.start(arguments, folder.resolve(log));
  }

  private String log(String name) {
    return RunFiles.text(folder.resolve(name));
  }

  private static List<String> hashes(Path run, String phase) {
    return new ManifestStore(RunFolder.onDefaultStorage(run.toString()), () -> {})
        .read(ROUNDS, phase).orElseThrow().agents().stream()
            .map(entry -> entry.state().sha256())
            .toList();
  }
}
