package io.dimat.bench;

import io.dimat.align.LinearAssignment;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Prints the median CPU seconds of one exact assignment per size, on uniform random costs and on
 * correlations of noisy copies of random features. Arguments: sizes; none means 128 512 2048.
 */
public final class LinearAssignmentBench {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();
  private static final int REPEATS = 9;

  private LinearAssignmentBench() {}

  public static void main(String[] sizes) {
    String[] all = sizes.length == 0 ? new String[] {"128", "512", "2048"} : sizes;
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(7);
    time(uniform(random, 256), 256);
    time(correlated(random, 256), 256);
    for (String size : all) {
      int n = Integer.parseInt(size);
      System.out.printf("uniform    n=%-5d %.5f s%n", n, time(uniform(random, n), n));
      System.out.printf("correlated n=%-5d %.5f s%n", n, time(correlated(random, n), n));
    }
  }

  private static double time(double[] costs, int n) {
    double[] seconds = new double[REPEATS];
    double sink = 0;
    for (int i = 0; i < REPEATS; i++) {
      long start = CPU.getCurrentThreadCpuTime();
      sink += LinearAssignment.maximise(costs, n).objective();
      seconds[i] = (CPU.getCurrentThreadCpuTime() - start) * 1e-9;
    }
    if (Double.isNaN(sink)) {
      throw new IllegalStateException("objective is NaN");
    }
    Arrays.sort(seconds);
    return seconds[REPEATS / 2];
  }

  private static double[] uniform(UniformRandomProvider random, int n) {
    double[] costs = new double[n * n];
    Arrays.setAll(costs, i -> random.nextDouble());
    return costs;
  }

  /** Scores {@code x_r . y_c} of two sets of n random features that share a few directions. */
  private static double[] correlated(UniformRandomProvider random, int n) {
    int directions = 24;
    double[] a = features(random, n, directions);
    double[] b = features(random, n, directions);
    double[] scores = new double[n * n];
    for (int r = 0; r < n; r++) {
      for (int c = 0; c < n; c++) {
        double sum = 0;
        for (int k = 0; k < directions; k++) {
          sum += a[r * directions + k] * b[c * directions + k];
        }
        scores[r * n + c] = sum / directions;
      }
    }
    return scores;
  }

  private static double[] features(UniformRandomProvider random, int n, int directions) {
    double[] x = new double[n * directions];
    Arrays.setAll(x, i -> random.nextDouble() - 0.5);
    return x;
  }
}
