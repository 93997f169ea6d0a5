package io.dimat.dl4j;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Properties;
import org.nd4j.nativeblas.NativeOps;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * What decides the bits of a result. The native library is built for one instruction set; oneDNN
 * and OpenBLAS inside it choose their kernels by the processor, so that is part of it too.
 */
final class Backend {
  private static final String RELEASE = "/META-INF/maven/org.nd4j/nd4j-api/pom.properties";
  private static final List<String> LEVELS = List.of("generic", "avx", "avx2", "avx512");

  private Backend() {}

  /** For example {@code dl4j 1.0.0-M2.1, onednn avx2 on avx512, 1 thread}. */
  static String describe() {
    NativeOps library = NativeOpsHolder.getInstance().getDeviceNativeOps();
    String convolutions = library.buildInfo().contains("HAVE_ONEDNN") ? "onednn" : "no onednn";
    return "dl4j %s, %s %s on %s, 1 thread"
        .formatted(
            version(), convolutions, level(library.binaryLevel()), level(library.optimalLevel()));
  }

  private static String level(int level) {
    return level >= 0 && level < LEVELS.size() ? LEVELS.get(level) : "level " + level;
  }

  private static String version() {
    try (InputStream release = Backend.class.getResourceAsStream(RELEASE)) {
      Properties properties = new Properties();
      if (release != null) {
        properties.load(release);
      }
      return properties.getProperty("version", "of unknown version");
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
