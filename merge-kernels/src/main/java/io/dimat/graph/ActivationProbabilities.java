package io.dimat.graph;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * MATCHA's probabilities: {@code max lambda_2(sum of p_m L_m)} over {@code 0 <= p <= 1, sum of p =
 * budget * M}. Concave; by projected supergradient ascent from equal probabilities, a supergradient
 * being {@code g_m = v' L_m v} for a unit eigenvector v of lambda_2. The best point seen is kept;
 * as {@code lambda_2 = g p}, the most that {@code g p} can reach bounds what is left to gain.
 */
final class ActivationProbabilities {
  private static final int STEPS = 40;
  private static final int BISECTIONS = 60;

  /** Ends where no probabilities can be better by more than this share. */
  private static final double TOLERANCE = 1e-6;

  /** Share of the largest eigenvalue within which two eigenvalues count as one. */
  private static final double SAME = 1e-9;

  private final Topology topology;
  private final List<List<Edge>> matchings;

  private ActivationProbabilities(Topology topology, List<List<Edge>> matchings) {
    this.topology = topology;
    this.matchings = matchings;
  }

  static List<Double> of(Topology topology, List<List<Edge>> matchings, double budget) {
    double[] best = new ActivationProbabilities(topology, matchings).ascend(budget);
    return Arrays.stream(best).boxed().toList();
  }

  private double[] ascend(double budget) {
    double[] p = new double[matchings.size()];
    Arrays.fill(p, budget);
    double total = budget * p.length;
    double[] best = p;
    double highest = 0;
    double bound = Double.POSITIVE_INFINITY;
    for (int k = 1; k <= STEPS && highest < (1 - TOLERANCE) * bound; k++) {
      SymmetricSpectrum spectrum = SymmetricSpectrum.of(expected(p));
      if (spectrum.value(1) > highest) {
        highest = spectrum.value(1);
        best = p;
      }
      double[] gradient = supergradient(spectrum);
      bound = Math.min(bound, most(gradient, total));
      p = project(step(p, gradient, k), total);
    }
    return best;
  }

  private RealMatrix expected(double[] p) {
    RealMatrix sum = Laplacian.zero(topology.agents());
    for (int m = 0; m < p.length; m++) {
      Laplacian.addTo(sum, matchings.get(m), p[m]);
    }
    return sum;
  }

  /** The mean of {@code v' L_m v} over the eigenvectors v of lambda_2, which may be several. */
  private double[] supergradient(SymmetricSpectrum spectrum) {
    double[] sum = new double[matchings.size()];
    int last = 1;
    while (last + 1 < spectrum.size() && isSecond(spectrum, last + 1)) {
      last++;
    }
    for (int k = 1; k <= last; k++) {
      double[] v = spectrum.vector(k);
      for (int m = 0; m < sum.length; m++) {
        for (Edge edge : matchings.get(m)) {
          double difference = v[edge.from()] - v[edge.to()];
          sum[m] += difference * difference / last;
        }
      }
    }
    return sum;
  }

  private static boolean isSecond(SymmetricSpectrum spectrum, int k) {
    return spectrum.value(k) - spectrum.value(1) <= SAME * spectrum.largest();
  }

  /** The most that {@code g p} reaches under the budget, a bound of lambda_2 as it is concave. */
  private static double most(double[] gradient, double total) {
    double[] ascending = gradient.clone();
    Arrays.sort(ascending);
    double sum = 0;
    double left = total;
    for (int m = ascending.length - 1; m >= 0 && left > 0; m--) {
      sum += ascending[m] * Math.min(1, left);
      left -= 1;
    }
    return sum;
  }

  /** A step of length {@code 1 / (2 sqrt k)} along the supergradient. */
  private static double[] step(double[] p, double[] gradient, int k) {
    double norm = Math.sqrt(Arrays.stream(gradient).map(g -> g * g).sum());
    double[] next = p.clone();
    for (int m = 0; m < p.length; m++) {
      next[m] += gradient[m] / (2 * norm * Math.sqrt(k));
    }
    return next;
  }

  /** The nearest point of the box whose sum is {@code total}: all moved by one bisected shift. */
  private static double[] project(double[] p, double total) {
    double low = Arrays.stream(p).min().orElseThrow() - 1;
    double high = Arrays.stream(p).max().orElseThrow();
    for (int k = 0; k < BISECTIONS; k++) {
      double middle = (low + high) / 2;
      if (Arrays.stream(moved(p, middle)).sum() > total) {
        low = middle;
      } else {
        high = middle;
      }
    }
    return moved(p, high);
  }

  private static double[] moved(double[] p, double shift) {
    return Arrays.stream(p).map(x -> Math.min(1, Math.max(0, x - shift))).toArray();
  }
}
