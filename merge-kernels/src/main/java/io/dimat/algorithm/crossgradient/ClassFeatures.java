package io.dimat.algorithm.crossgradient;

import io.dimat.protocol.Payload;
import java.util.Arrays;

/**
 * Sums of hidden features by class, and how many images each sum holds: what a class looks like to
 * a model, without any image of it. Immutable.
 */
final class ClassFeatures {
  private final int classes;
  private final int width;
  private final float[] values;

  /**
   * @param values [classes, width] sums, then [classes] counts
   */
  private ClassFeatures(int classes, float[] values) {
    this.classes = classes;
    this.width = values.length / classes - 1;
    this.values = values;
  }

  /**
   * The sums of one batch.
   *
   * @param features [images, width] row-major; not modified
   * @param labels class per image, 0-based; not modified
   */
  static ClassFeatures of(float[] features, int[] labels, int classes) {
    int width = features.length / labels.length;
    double[] sums = new double[classes * (width + 1)];
    for (int n = 0; n < labels.length; n++) {
      for (int f = 0; f < width; f++) {
        sums[labels[n] * width + f] += features[n * width + f];
      }
      sums[classes * width + labels[n]]++;
    }
    return new ClassFeatures(classes, floats(sums));
  }

  /** What {@link #payload} wrote. */
  static ClassFeatures of(Payload payload, int classes) {
    return new ClassFeatures(classes, PayloadFloats.from(payload));
  }

  Payload payload() {
    return PayloadFloats.of(values);
  }

  /** Length of a payload: {@code 4 classes (width + 1)}. */
  static long bytes(int classes, int width) {
    return (long) Float.BYTES * classes * (width + 1);
  }

  /** The sums over both. */
  ClassFeatures plus(ClassFeatures other) {
    double[] sums = new double[values.length];
    Arrays.setAll(sums, i -> (double) values[i] + other.values[i]);
    return new ClassFeatures(classes, floats(sums));
  }

  /**
   * The mean of every image's class, zeros for a class without images.
   *
   * @return [labels.length, width] row-major, a new array
   */
  float[] means(int[] labels) {
    float[] means = new float[labels.length * width];
    for (int n = 0; n < labels.length; n++) {
      float count = Math.max(1, values[classes * width + labels[n]]);
      for (int f = 0; f < width; f++) {
        means[n * width + f] = values[labels[n] * width + f] / count;
      }
    }
    return means;
  }

  private static float[] floats(double[] sums) {
    float[] floats = new float[sums.length];
    for (int i = 0; i < sums.length; i++) {
      floats[i] = (float) sums[i];
    }
    return floats;
  }
}
