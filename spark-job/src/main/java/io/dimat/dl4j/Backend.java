package io.dimat.dl4j;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/** What decides the bits of a result. */
final class Backend {
  private Backend() {}

  /** For example {@code dl4j 1.0.0-M2.1, onednn avx2, 1 thread}. */
  static String describe() {
    return "dl4j " + version() + ", " + library() + ", 1 thread";
  }

  private static String version() {
    return "1.0.0-M2.1";
  }

  private static String library() {
    return "onednn "
        + Nd4j.getBackend()
        + NativeOpsHolder.getInstance().getDeviceNativeOps().binaryLevel();
  }
}
