package io.dimat.learn.reference;

/**
 * Cross-entropy of softmax over logits, in nats. Logits that are not finite give a loss that is not
 * finite; nothing is thrown for them.
 */
public final class CrossEntropy {
  private CrossEntropy() {}

  /**
   * Sum over the images of {@code log sum_c exp(z_c) - z_label}.
   *
   * @param logits [images, classes] row-major; not modified
   * @param labels class per image, 0-based; not modified
   */
  public static double sum(double[] logits, int[] labels, int classes) {
    double sum = 0;
    for (int n = 0; n < labels.length; n++) {
      sum +=
          logSumExp(logits, n * classes, classes) - logits[n * classes + label(labels[n], classes)];
    }
    return sum;
  }

  /**
   * Gradient of the mean over the images: {@code (softmax(z) - onehot(label)) / images}.
   *
   * @return a new array [images, classes]
   */
  public static double[] meanSlopes(double[] logits, int[] labels, int classes) {
    double[] slopes = new double[logits.length];
    for (int n = 0; n < labels.length; n++) {
      double norm = logSumExp(logits, n * classes, classes);
      for (int c = 0; c < classes; c++) {
        int i = n * classes + c;
        double target = c == label(labels[n], classes) ? 1 : 0;
        slopes[i] = (Math.exp(logits[i] - norm) - target) / labels.length;
      }
    }
    return slopes;
  }

  private static double logSumExp(double[] z, int from, int classes) {
    double max = z[from];
    for (int c = 1; c < classes; c++) {
      max = Math.max(max, z[from + c]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += Math.exp(z[from + c] - max);
    }
    return max + Math.log(sum);
  }

  private static int label(int label, int classes) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException(
          "labels of " + classes + " classes are 0 to " + (classes - 1) + ", got " + label);
    }
    return label;
  }
}
