package io.dimat.dl4j;

import org.bytedeco.openblas.global.openblas;
import org.nd4j.linalg.factory.Nd4j;
import org.nd4j.nativeblas.NativeOpsHolder;

/**
 * One native thread per Java thread. libnd4j and OpenBLAS are told once per process; OpenMP, which
 * oneDNN uses, keeps its number per calling thread, so every thread that learns sets its own.
 * {@code OMP_NUM_THREADS=1} and {@code OPENBLAS_NUM_THREADS=1} in the environment do the same
 * before the libraries load.
 */
public final class NativeThreads {
  private static final ThreadLocal<Boolean> DONE = ThreadLocal.withInitial(() -> false);

  static {
    Nd4j.getEnvironment().setMaxThreads(1);
    Nd4j.getEnvironment().setMaxMasterThreads(1);
    openblas.blas_set_num_threads(1);
  }

  private NativeThreads() {}

  /** Restricts the calling thread; cheap when done before. */
  public static void useOne() {
    if (!DONE.get()) {
      NativeOpsHolder.getInstance().getDeviceNativeOps().setOmpNumThreads(1);
      DONE.set(true);
    }
  }
}
