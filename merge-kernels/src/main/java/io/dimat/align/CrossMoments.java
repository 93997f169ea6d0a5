package io.dimat.align;

import java.io.Serializable;
import java.nio.FloatBuffer;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Joint second moments of the units of two models over the same probe images: counts, means and
 * centred sums, from which covariance and correlation follow. Two disjoint sets of images add by
 * {@link #plus} (Chan, Golub, LeVeque 1983), so a probe can be split over batches, tasks or agents.
 *
 * <p>Centred sums are kept instead of raw ones because {@code E[xy] - E[x]E[y]} loses every digit
 * for units with a large mean and can make a variance negative.
 */
public final class CrossMoments implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final double SMALLEST_PRODUCT = 1e-7;

  private final double count;
  private final double[] meanA;
  private final double[] meanB;
  private final double[] squaresA;
  private final double[] squaresB;
  private final double[] cross;

  private CrossMoments(
      double count,
      double[] meanA,
      double[] meanB,
      double[] squaresA,
      double[] squaresB,
      double[] cross) {
    this.count = count;
    this.meanA = meanA;
    this.meanB = meanB;
    this.squaresA = squaresA;
    this.squaresB = squaresB;
    this.cross = cross;
  }

  /** No observations of {@code units} units per model. */
  public static CrossMoments empty(int units) {
    return new CrossMoments(
        0,
        new double[units],
        new double[units],
        new double[units],
        new double[units],
        new double[units * units]);
  }

  /**
   * Moments of one batch of features.
   *
   * @param a features of the reference model, [images, units, positions] row-major; not modified
   * @param b features of the other model, same shape; not modified
   */
  public static CrossMoments of(
      float[] a, float[] b, int images, int units, int positions, MatrixProduct product) {
    return between(
        UnitFeatures.channelMajor(a, images, units, positions),
        UnitFeatures.channelMajor(b, images, units, positions),
        product);
  }

  /**
   * Moments of one batch.
   *
   * @param a of the reference model
   * @param b of the other model, the same images
   * @param product used once
   */
  public static CrossMoments between(UnitFeatures a, UnitFeatures b, MatrixProduct product) {
    if (a.units() != b.units() || a.observations() != b.observations()) {
      throw new IllegalArgumentException(
          "both models need as many units and observations, got %d x %d and %d x %d"
              .formatted(a.units(), a.observations(), b.units(), b.observations()));
    }
    int units = a.units();
    double[] meanA = new double[units];
    double[] meanB = new double[units];
    double[] squaresA = new double[units];
    double[] squaresB = new double[units];
    for (int u = 0; u < units; u++) {
      meanA[u] = a.mean(u);
      meanB[u] = b.mean(u);
      squaresA[u] = a.centredSquares(u);
      squaresB[u] = b.centredSquares(u);
    }
    return new CrossMoments(
        a.observations(), meanA, meanB, squaresA, squaresB, a.centredProducts(b, product));
  }

  /** Moments of both sets of observations together; neither operand is modified. */
  public CrossMoments plus(CrossMoments other) {
    int units = units();
    if (other.units() != units) {
      throw new IllegalArgumentException(
          "moments add for equal numbers of units, got " + units + " and " + other.units());
    }
    double total = count + other.count;
    if (total == 0) {
      return this;
    }
    double weight = count * other.count / total;
    double[] shiftA = new double[units];
    double[] shiftB = new double[units];
    CrossMoments sum = empty(units);
    for (int u = 0; u < units; u++) {
      shiftA[u] = other.meanA[u] - meanA[u];
      shiftB[u] = other.meanB[u] - meanB[u];
      sum.meanA[u] = meanA[u] + shiftA[u] * other.count / total;
      sum.meanB[u] = meanB[u] + shiftB[u] * other.count / total;
      sum.squaresA[u] = squaresA[u] + other.squaresA[u] + weight * shiftA[u] * shiftA[u];
      sum.squaresB[u] = squaresB[u] + other.squaresB[u] + weight * shiftB[u] * shiftB[u];
    }
    for (int r = 0; r < units; r++) {
      for (int c = 0; c < units; c++) {
        int i = r * units + c;
        sum.cross[i] = cross[i] + other.cross[i] + weight * shiftA[r] * shiftB[c];
      }
    }
    return new CrossMoments(total, sum.meanA, sum.meanB, sum.squaresA, sum.squaresB, sum.cross);
  }

  /** {@code a.get(p).plus(b.get(p))} for every match point p. */
  public static List<CrossMoments> sums(List<CrossMoments> a, List<CrossMoments> b) {
    if (a.size() != b.size()) {
      throw new IllegalArgumentException(
          "moments add for the same match points, got %d and %d".formatted(a.size(), b.size()));
    }
    return IntStream.range(0, a.size()).mapToObj(p -> a.get(p).plus(b.get(p))).toList();
  }

  /** The same observations with the models' places changed: the other is the reference. */
  public CrossMoments transposed() {
    int units = units();
    double[] turned = new double[cross.length];
    for (int r = 0; r < units; r++) {
      for (int c = 0; c < units; c++) {
        turned[c * units + r] = cross[r * units + c];
      }
    }
    return new CrossMoments(count, meanB, meanA, squaresB, squaresA, turned);
  }

  /** Number of values that {@link #writeTo} writes for so many units. */
  public static int values(int units) {
    return 1 + 4 * units + units * units;
  }

  /**
   * Writes count, means, centred squares and centred products in single precision, which is far
   * finer than what moments of a probe can tell.
   */
  public void writeTo(FloatBuffer out) {
    out.put((float) count);
    for (double[] part : new double[][] {meanA, meanB, squaresA, squaresB, cross}) {
      for (double value : part) {
        out.put((float) value);
      }
    }
  }

  /** Reads what {@link #writeTo} wrote. */
  public static CrossMoments readFrom(FloatBuffer in, int units) {
    double count = in.get();
    CrossMoments read = empty(units);
    for (double[] part :
        new double[][] {read.meanA, read.meanB, read.squaresA, read.squaresB, read.cross}) {
      Arrays.setAll(part, i -> in.get());
    }
    return new CrossMoments(
        count, read.meanA, read.meanB, read.squaresA, read.squaresB, read.cross);
  }

  public int units() {
    return meanA.length;
  }

  /** Observations per unit: images times positions. */
  public double count() {
    return count;
  }

  /** Population covariance of reference unit r and other unit c at [r * units + c]. */
  public double[] covariance() {
    return Arrays.stream(cross).map(s -> s / count).toArray();
  }

  /** Means of the reference's units. */
  public double[] meansA() {
    return meanA.clone();
  }

  /** Means of the other model's units. */
  public double[] meansB() {
    return meanB.clone();
  }

  /** Population variances of the reference's units. */
  public double[] variancesA() {
    return Arrays.stream(squaresA).map(s -> s / count).toArray();
  }

  /** Population variances of the other model's units. */
  public double[] variancesB() {
    return Arrays.stream(squaresB).map(s -> s / count).toArray();
  }

  /** Uncentred moments {@code E[a_r b_c]} of reference unit r and other unit c. */
  public double[] secondMoments() {
    double[] moments = covariance();
    for (int i = 0; i < moments.length; i++) {
      moments[i] += meanA[i / units()] * meanB[i % units()];
    }
    return moments;
  }

  /** {@code E[a^2]} of the reference's units. */
  public double[] meanSquaresA() {
    return meanSquares(squaresA, meanA);
  }

  /** {@code E[b^2]} of the other model's units. */
  public double[] meanSquaresB() {
    return meanSquares(squaresB, meanB);
  }

  private double[] meanSquares(double[] squares, double[] means) {
    double[] moments = new double[means.length];
    Arrays.setAll(moments, u -> squares[u] / count + means[u] * means[u]);
    return moments;
  }

  /**
   * {@code covariance / max(sigma_a sigma_b, 1e-7)}, in [-1, 1] up to rounding; a unit that never
   * changes correlates 0 with every other, never NaN.
   *
   * <p>The floor bounds what rounding can do to units that hardly change: where {@code sigma_a
   * sigma_b} is below 1e-7 the result is smaller than the true correlation, by the factor {@code
   * sigma_a sigma_b / 1e-7}, down to nothing. {@link ActivationMatching#DEAD_VARIANCE} is another
   * line, drawn per unit: a deviation of 1e-6 or less counts as dead and its correlations as exact
   * zeros. Two units that are both barely alive (deviations between 1e-6 and 3e-4) are live and
   * floored: they are still matched to each other, with a correlation that says little.
   */
  public double[] correlation() {
    int units = units();
    double[] sigmaA = Arrays.stream(variancesA()).map(Math::sqrt).toArray();
    double[] sigmaB = Arrays.stream(variancesB()).map(Math::sqrt).toArray();
    double[] correlation = covariance();
    for (int i = 0; i < correlation.length; i++) {
      correlation[i] /= Math.max(sigmaA[i / units] * sigmaB[i % units], SMALLEST_PRODUCT);
    }
    return correlation;
  }
}
