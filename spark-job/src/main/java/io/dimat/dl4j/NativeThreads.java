package io.dimat.dl4j;

import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * One native thread per Java thread: OpenMP keeps its thread count per calling thread, so every
 * thread that learns has to set its own. {@code OMP_NUM_THREADS=1} and {@code
 * OPENBLAS_NUM_THREADS=1} in the environment do the same for those who can set it.
 */
final class NativeThreads {
  private static final ThreadLocal<Boolean> SET =
      ThreadLocal.withInitial(
          () -> {
            Nd4j.getEnvironment().setMaxThreads(1);
            Nd4j.getEnvironment().setMaxMasterThreads(1);
            NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
            return true;
          });

  private NativeThreads() {}

  /** Restricts the calling thread; cheap when done before. */
  static void useOne() {
    if (!SET.get()) {
      throw new IllegalStateException("native threads could not be set");
    }
  }
}
