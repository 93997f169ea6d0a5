package io.dimat.source;

import java.io.Serializable;
import java.util.List;

/**
 * Per channel, {@code (p / 255 - mean) / standardDeviation} for a pixel byte p in [0, 255].
 *
 * @param mean per channel of pixels scaled to [0, 1]
 * @param standardDeviation per channel of pixels scaled to [0, 1]; above 0
 */
public record Normalization(List<Double> mean, List<Double> standardDeviation)
    implements Serializable {
  public Normalization {
    mean = List.copyOf(mean);
    standardDeviation = List.copyOf(standardDeviation);
    if (mean.isEmpty() || mean.size() != standardDeviation.size()) {
      throw new IllegalArgumentException(
          "a normalization has one mean and one standard deviation per channel, got %d and %d"
              .formatted(mean.size(), standardDeviation.size()));
    }
    for (double deviation : standardDeviation) {
      if (!(deviation > 0)) {
        throw new IllegalArgumentException(
            "a standard deviation must be above 0, got " + standardDeviation);
      }
    }
  }

  public int channels() {
    return mean.size();
  }

  /** Normalised values of all bytes: entry {@code channel * 256 + byte}. A fresh array. */
  public float[] table() {
    float[] table = new float[channels() * 256];
    for (int i = 0; i < table.length; i++) {
      int channel = i >> 8;
      table[i] =
          (float) (((i & 0xff) / 255.0 - mean.get(channel)) / standardDeviation.get(channel));
    }
    return table;
  }
}
