package io.dimat.cli.doctor;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Properties;

/** The checks that need only the JDK. */
final class MachineChecks {
  /** A check whose name is beside its code. */
  private record Named(String name, Look look) implements Check {
    @Override
    public Finding run() throws Exception {
      return look.look();
    }
  }

  /** The code of a check. */
  private interface Look {
    Finding look() throws Exception;
  }

  private static final int NEEDED_JAVA = 17;
  private static final double GIB = 1L << 30;

  /** What Spark needs most; a missing list of options shows here first. */
  private static final List<String> OPENED =
      List.of("java.lang", "java.nio", "java.util", "sun.nio.ch", "jdk.internal.ref");

  private MachineChecks() {}

  static List<Check> all(Path out, Properties properties) {
    return List.of(
        new Named("JDK", () -> java(Runtime.version())),
        new Named("memory", () -> memory(Runtime.getRuntime().maxMemory())),
        new Named("cores", () -> cores(Runtime.getRuntime().availableProcessors())),
        new Named("temp space", () -> space(Path.of(properties.getProperty("java.io.tmpdir")))),
        new Named("output folder", () -> writable(out)),
        new Named("Spark", MachineChecks::spark),
        new Named("open modules", MachineChecks::opened),
        new Named("terminal", () -> terminal(properties)));
  }

  static Finding java(Runtime.Version version) {
    if (version.feature() < NEEDED_JAVA) {
      return Finding.fail(version.toString(), "install JDK 17 and point JAVA_HOME to it");
    }
    return version.feature() == NEEDED_JAVA
        ? Finding.ok(version.toString())
        : Finding.warn(version.toString(), "Spark 3.5 supports Java 17; point JAVA_HOME to it");
  }

  static Finding memory(long bytes) {
    String found = gib(bytes) + " GiB of heap";
    return bytes < 0.9 * GIB
        ? Finding.warn(found, "give more with DIMAT_JAVA_OPTS=-Xmx3g")
        : Finding.ok(found);
  }

  static Finding cores(int cores) {
    return cores < 2
        ? Finding.warn(cores + " core", "agents train one after the other; more cores are faster")
        : Finding.ok(cores + " cores, so " + cores + " agents train at a time");
  }

  static Finding space(Path folder) throws IOException {
    long free = Files.getFileStore(folder).getUsableSpace();
    String found = gib(free) + " GiB free in " + folder;
    return free < 2 * GIB
        ? Finding.warn(found, "free 2 GiB or set DIMAT_JAVA_OPTS=-Djava.io.tmpdir=DIR")
        : Finding.ok(found);
  }

  /** Looks at the folder, or at the nearest one above it that exists; leaves nothing behind. */
  static Finding writable(Path out) {
    Path folder = out.toAbsolutePath();
    while (folder != null && !Files.exists(folder)) {
      folder = folder.getParent();
    }
    if (folder == null || !Files.isDirectory(folder)) {
      return Finding.fail(out + " cannot be a folder", "choose another one with --out DIR");
    }
    try {
      Files.delete(Files.createTempFile(folder, "dimat-doctor", ".tmp"));
      return Finding.ok(out + " can be written");
    } catch (IOException e) {
      return Finding.fail(
          out + " cannot be written", "make " + folder + " writable or choose --out DIR");
    }
  }

  private static Finding spark() throws IOException {
    try (InputStream in =
        MachineChecks.class.getResourceAsStream("/spark-version-info.properties")) {
      if (in == null) {
        return Finding.fail("not on the class path", "start with submit/dimat or spark-submit");
      }
      Properties info = new Properties();
      info.load(in);
      String version = info.getProperty("version");
      return version.startsWith("3.5.")
          ? Finding.ok(version)
          : Finding.warn(version, "built for Spark 3.5 with Scala 2.12; take that line");
    }
  }

  private static Finding opened() {
    List<String> closed =
        OPENED.stream()
            .filter(name -> !Object.class.getModule().isOpen(name, MachineChecks.class.getModule()))
            .toList();
    return closed.isEmpty()
        ? Finding.ok("opened to Spark")
        : Finding.fail(
            "closed: " + String.join(", ", closed),
            "start with submit/dimat or spark-submit; they give Java its --add-opens list");
  }

  private static Finding terminal(Properties properties) {
    boolean terminal = Boolean.parseBoolean(properties.getProperty("dimat.terminal"));
    return Finding.ok(terminal ? "yes: a bar for each round" : "no: one line for each round");
  }

  private static String gib(long bytes) {
    return String.format(Locale.ROOT, "%.1f", bytes / GIB);
  }
}
