package io.dimat.job;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeFalse;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dimat.cli.JobOptions;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RoundBarTest {
  /** Gives a program a terminal, which a test has not. */
  private static final Path SCRIPT = Path.of("/usr/bin/script");

  @TempDir Path folder;

  /** Shows a bar, then is interrupted. */
  static final class Interrupted {
    public static void main(String[] arguments) throws InterruptedException, IOException {
      Runtime.getRuntime().addShutdownHook(new Thread(() -> System.out.println("hook ran")));
      RoundBar bar =
          RoundBar.on(
              new JobOptions(
                  Optional.empty(), System.out, System.err, JobOptions.Screen.TERMINAL, "one of: "),
              3);
      bar.begin(2, 4);
      for (int task = 0; task < 5; task++) {
        bar.tick();
      }
      Thread.sleep(1000);
      new ProcessBuilder("sh", "-c", "kill -INT " + ProcessHandle.current().pid()).start();
      Thread.sleep(60_000);
    }
  }

  @Test
  void begin_onATerminal_leavesInterruptsToTheJvm() throws IOException, InterruptedException {
    assumeTrue(Files.isExecutable(SCRIPT), "needs " + SCRIPT);
    assumeFalse(ignoresInterrupts(), "processes that are started from here ignore SIGINT");
    Path log = folder.resolve("log");
    String command =
        "%s -cp '%s' '%s'"
            .formatted(
                Path.of(System.getProperty("java.home"), "bin", "java"),
                System.getProperty("java.class.path"),
                Interrupted.class.getName());
    Process process =
        new ProcessBuilder(List.of(SCRIPT.toString(), "-qec", command, "/dev/null"))
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    try {
      assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
      assertThat(Files.readString(log, UTF_8)).contains("one of: round 2/3").contains("hook ran");
      assertThat(process.exitValue()).isEqualTo(130);
    } finally {
      process.destroyForcibly();
    }
  }

  /** Whether this process was started in the background, and hands that on: bit 1 is SIGINT's. */
  private static boolean ignoresInterrupts() throws IOException {
    return Files.readAllLines(Path.of("/proc/self/status")).stream()
        .filter(line -> line.startsWith("SigIgn:"))
        .anyMatch(line -> (Long.parseUnsignedLong(line.substring(7).strip(), 16) & 2) != 0);
  }
}
