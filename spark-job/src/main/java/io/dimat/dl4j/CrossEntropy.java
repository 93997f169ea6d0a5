package io.dimat.dl4j;

/** Softmax cross-entropy on logits, [images, classes], in double precision. */
final class CrossEntropy {
  private CrossEntropy() {}

  /** Sum over the images of {@code log sum_c exp(z_c) - z_label}, in nats. */
  static double sum(float[] logits, int[] labels) {
    int classes = logits.length / labels.length;
    double sum = 0;
    for (int n = 0; n < labels.length; n++) {
      int from = n * classes;
      sum += logSumExp(logits, from, classes) - logits[from + label(labels[n], classes)];
    }
    return sum;
  }

  /** Gradient of the mean over the images: {@code (softmax - one-hot) / images}. */
  static float[] meanGradient(float[] logits, int[] labels) {
    int classes = logits.length / labels.length;
    float[] gradient = new float[logits.length];
    for (int n = 0; n < labels.length; n++) {
      int from = n * classes;
      double normaliser = logSumExp(logits, from, classes);
      for (int c = 0; c < classes; c++) {
        double p = Math.exp(logits[from + c] - normaliser);
        gradient[from + c] = (float) ((p - (c == labels[n] ? 1 : 0)) / labels.length);
      }
    }
    return gradient;
  }

  private static int label(int label, int classes) {
    if (label < 0 || label >= classes) {
      throw new IllegalArgumentException("labels must be in [0, " + classes + "), got " + label);
    }
    return label;
  }

  private static double logSumExp(float[] logits, int from, int classes) {
    double max = Double.NEGATIVE_INFINITY;
    for (int c = 0; c < classes; c++) {
      max = Math.max(max, logits[from + c]);
    }
    double sum = 0;
    for (int c = 0; c < classes; c++) {
      sum += Math.exp(logits[from + c] - max);
    }
    return max + Math.log(sum);
  }
}
