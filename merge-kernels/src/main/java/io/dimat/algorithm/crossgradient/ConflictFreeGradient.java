package io.dimat.algorithm.crossgradient;

import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.util.Arrays;
import java.util.List;

/**
 * The gradient nearest to an agent's own that no neighbour's gradient speaks against, tensor by
 * tensor.
 *
 * <pre>
 * v  = argmin 1/2 v' M M' v + (M s)' v   subject to v &gt;= margin
 * g~ = s + M' v
 * </pre>
 *
 * The rows of M are the neighbours' weighted gradients, s is the agent's own. This is the dual of
 * {@code min |z - s| subject to M z >= 0}, with every neighbour heard at least by the margin. The
 * slopes of the objective at its minimum are {@code M g~}, so whatever the margin {@code M g~ >=
 * 0}, and {@code (M g~)_j = 0} for every neighbour whose {@code v_j} had to exceed it.
 */
final class ConflictFreeGradient {
  private ConflictFreeGradient() {}

  /**
   * The combined gradient.
   *
   * @param own s, packed
   * @param others rows of M, in agent order, of the layout of {@code own}; may be none
   * @param margin at least 0
   */
  static ParamVector of(ParamVector own, List<ParamVector> others, double margin) {
    double[] combined = own.toDoubles();
    List<double[]> rows = others.stream().map(ParamVector::toDoubles).toList();
    for (ParamSlice tensor : own.layout().slices()) {
      double[] v = weights(combined, rows, tensor, margin);
      for (int i = tensor.offset(); i < tensor.offset() + tensor.length(); i++) {
        for (int j = 0; j < v.length; j++) {
          combined[i] += v[j] * rows.get(j)[i];
        }
      }
    }
    return ParamVector.of(own.layout(), combined);
  }

  /** {@code v = margin + u}, where u solves the program over {@code u >= 0}. */
  private static double[] weights(
      double[] own, List<double[]> rows, ParamSlice tensor, double margin) {
    int n = rows.size();
    double[][] products = new double[n][n];
    double[] slopes = new double[n];
    for (int j = 0; j < n; j++) {
      for (int k = 0; k <= j; k++) {
        products[j][k] = dot(rows.get(j), rows.get(k), tensor);
        products[k][j] = products[j][k];
      }
      slopes[j] = dot(rows.get(j), own, tensor);
    }
    for (int j = 0; j < n; j++) {
      slopes[j] += margin * Arrays.stream(products[j]).sum();
    }
    double[] v = NonNegativeQuadratic.minimum(products, slopes);
    Arrays.setAll(v, j -> v[j] + margin);
    return v;
  }

  private static double dot(double[] a, double[] b, ParamSlice tensor) {
    double sum = 0;
    for (int i = tensor.offset(); i < tensor.offset() + tensor.length(); i++) {
      sum += a[i] * b[i];
    }
    return sum;
  }
}
