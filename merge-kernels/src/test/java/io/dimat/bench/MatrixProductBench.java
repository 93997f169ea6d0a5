package io.dimat.bench;

import io.dimat.align.BlockedMatrixProduct;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Prints the median rate, per CPU second, of the plain-Java product for shapes that cross moments
 * need.
 */
public final class MatrixProductBench {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int REPEATS = 7;

  private MatrixProductBench() {}

  public static void main(String[] ignored) {
    time(128, 4096);
    for (int[] shape : new int[][] {{16, 102400}, {64, 25600}, {128, 25600}, {512, 6400}}) {
      double seconds = time(shape[0], shape[1]);
      double rate = 2e-9 * shape[0] * shape[0] * shape[1] / seconds;
      System.out.printf(
          "units=%-4d observations=%-7d %.5f s %.1f GFLOP/s%n", shape[0], shape[1], seconds, rate);
    }
  }

  private static double time(int units, int observations) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(3);
    float[] x = new float[units * observations];
    for (int i = 0; i < x.length; i++) {
      x[i] = random.nextFloat() - 0.5f;
    }
    BlockedMatrixProduct product = new BlockedMatrixProduct();
    double[] seconds = new double[REPEATS];
    for (int i = 0; i < REPEATS; i++) {
      long start = CPU.getCurrentThreadCpuTime();
      product.transposedTimes(x, x, observations, units, units);
      seconds[i] = (CPU.getCurrentThreadCpuTime() - start) * 1e-9;
    }
    Arrays.sort(seconds);
    return seconds[REPEATS / 2];
  }
}
