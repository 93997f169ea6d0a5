package io.dimat.job;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.dimat.cli.DimatCli;
import io.dimat.cli.ExitCode;
import io.dimat.cli.Surroundings;
import io.dimat.interchange.ModelReaders;
import java.io.OutputStream;
import java.io.PrintStream;
import java.util.List;

/**
 * The main class, for {@code submit/dimat} and for {@code spark-submit}. Under the launcher the
 * process ends with the command's exit code; on a cluster, where an exit would look like a crash, a
 * failure is thrown instead.
 */
public final class DimatJob {
  /** The kinds of model files that every command reads. */
  static final ModelReaders MODEL_READERS =
      ModelReaders.standard().with(ZipReader.EXTENSION, new ZipReader());

  private DimatJob() {}

  /**
   * What libraries throw while they are shut down is no news; our own lines go to the stream
   * itself.
   */
  private static void quiet() {
    System.setErr(new PrintStream(OutputStream.nullOutputStream(), false, UTF_8));
  }

  public static void main(String[] arguments) {
    Surroundings around = new Surroundings(System.out, System.err, System.getProperties());
    if (around.launcher()) {
      Runtime.getRuntime().addShutdownHook(new Thread(DimatJob::quiet, "quiet"));
    }
    ExitCode code =
        new DimatCli(around, new JobCommands(), List.of(new EngineCheck()), MODEL_READERS)
            .run(arguments);
    if (around.launcher()) {
      System.exit(code.number());
    }
    if (code != ExitCode.DONE) {
      throw new IllegalStateException("dimat ended with " + code + "; its lines above say why");
    }
  }
}
