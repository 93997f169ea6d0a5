package io.dimat.graph;

import java.util.Arrays;
import java.util.List;
import org.apache.commons.math3.linear.EigenDecomposition;
import org.apache.commons.math3.linear.RealMatrix;

/**
 * MATCHA's probabilities: {@code max lambda_2(sum of p_m L_m)} over {@code 0 <= p <= 1, sum of p =
 * budget * M}. Concave; by projected supergradient ascent from equal probabilities, a supergradient
 * being {@code g_m = v' L_m v} for the unit eigenvector v of lambda_2. The best point seen is kept.
 */
final class ActivationProbabilities {
  private static final int STEPS = 60;
  private static final int BISECTIONS = 60;

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
    if (budget == 1) {
      return p;
    }
    double total = budget * p.length;
    double[] best = p;
    double highest = Double.NEGATIVE_INFINITY;
    for (int k = 1; k <= STEPS; k++) {
      EigenDecomposition eigen = new EigenDecomposition(expected(p));
      int second = topology.agents() - 2;
      if (eigen.getRealEigenvalue(second) > highest) {
        highest = eigen.getRealEigenvalue(second);
        best = p;
      }
      p = project(step(p, supergradient(eigen.getEigenvector(second).toArray()), k), total);
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

  private double[] supergradient(double[] v) {
    return matchings.stream()
        .mapToDouble(
            edges -> edges.stream().mapToDouble(e -> Math.pow(v[e.from()] - v[e.to()], 2)).sum())
        .toArray();
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
