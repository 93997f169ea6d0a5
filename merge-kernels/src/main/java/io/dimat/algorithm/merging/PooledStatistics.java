package io.dimat.algorithm.merging;

import io.dimat.network.ParamSpec;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;

/**
 * Running statistics of one model that several agents estimated, each on its own probe, as if of
 * one probe: for every channel
 *
 * <pre>
 * mean     = sum_k p_k mean_k
 * variance = sum_k p_k (variance_k + (mean_k - mean)^2)        p_k = images_k / sum images
 * </pre>
 *
 * which are the moments of all images together, if the estimates are moments of disjoint images.
 * They are so for the first normalised layer, up to the factor n / (n - 1) of an unbiased variance;
 * further in they approximate, because every agent normalises by its own batches on the way there.
 */
final class PooledStatistics {
  private final List<ParamVector> estimates = new ArrayList<>();
  private final List<Double> images = new ArrayList<>();

  /** Adds an estimate: packed running statistics. */
  void add(ParamVector statistics, double ofImages) {
    estimates.add(statistics);
    images.add(ofImages);
  }

  /** Statistics of all images together; at least one estimate was added. */
  ParamVector pooled() {
    double total = images.stream().mapToDouble(Double::doubleValue).sum();
    double[] shares = images.stream().mapToDouble(n -> n / total).toArray();
    ParamVector mean = ParamVector.weightedSum(shares, estimates);
    double[] values = mean.toDoubles();
    ParamLayout layout = mean.layout();
    for (ParamSlice slice : layout.slices()) {
      if (slice.name().endsWith(ParamSpec.RUNNING_VARIANCE)) {
        ParamSlice means = layout.slice(meanOf(slice.name()));
        for (int c = 0; c < slice.length(); c++) {
          values[slice.offset() + c] += between(shares, mean, means.offset() + c);
        }
      }
    }
    return ParamVector.of(layout, values);
  }

  private static String meanOf(String variance) {
    int stem = variance.length() - ParamSpec.RUNNING_VARIANCE.length();
    return variance.substring(0, stem) + ParamSpec.RUNNING_MEAN;
  }

  /** {@code sum_k p_k (mean_k - mean)^2} of one channel. */
  private double between(double[] shares, ParamVector mean, int channel) {
    double sum = 0;
    for (int k = 0; k < shares.length; k++) {
      double away = estimates.get(k).at(channel) - mean.at(channel);
      sum += shares[k] * away * away;
    }
    return sum;
  }
}
