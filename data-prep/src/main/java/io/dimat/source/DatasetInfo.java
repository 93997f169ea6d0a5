package io.dimat.source;

import java.io.Serializable;
import java.util.List;

/**
 * What is known of a dataset before an image of it is read.
 *
 * @param name as users choose it
 * @param shape of every image
 * @param classNames name of class c at position c; at least 2
 * @param normalization with one entry per channel
 */
public record DatasetInfo(
    String name, ImageShape shape, List<String> classNames, Normalization normalization)
    implements Serializable {
  public DatasetInfo {
    classNames = List.copyOf(classNames);
    if (classNames.size() < 2) {
      throw new IllegalArgumentException(
          "a dataset has at least 2 classes, got %s in %s".formatted(classNames, name));
    }
    if (normalization.channels() != shape.channels()) {
      throw new IllegalArgumentException(
          "dataset %s has %d channels but its normalization has %d"
              .formatted(name, shape.channels(), normalization.channels()));
    }
  }

  public int classes() {
    return classNames.size();
  }
}
