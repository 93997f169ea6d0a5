package io.dimat.source;

import java.io.Serializable;

/** What a record of a CIFAR file looks like before its pixels. */
enum CifarLayout implements Serializable {
  CIFAR10(1, 10),
  CIFAR100(2, 100);

  /** 3 channels of 32 x 32. */
  static final int PIXELS = 3072;

  private static final int COARSE_CLASSES = 20;

  private final int labelBytes;
  private final int classes;

  CifarLayout(int labelBytes, int classes) {
    this.labelBytes = labelBytes;
    this.classes = classes;
  }

  int labelBytes() {
    return labelBytes;
  }

  int recordBytes() {
    return labelBytes + PIXELS;
  }

  /**
   * Number of records of a file.
   *
   * @throws DataException if its size is not a positive multiple of the record's
   */
  long records(RecordFile file) {
    long bytes = file.measuredLength();
    if (bytes < 1 || bytes % recordBytes() != 0) {
      throw new DataException(
          "%s must be a multiple of %d bytes, it has %d (%d whole records and %d bytes more): it is truncated or of another dataset; copy it again"
              .formatted(
                  file.name(), recordBytes(), bytes, bytes / recordBytes(), bytes % recordBytes()));
    }
    return bytes / recordBytes();
  }

  /**
   * The class of a record.
   *
   * @param labels its label bytes
   * @throws DataException if one is out of range
   */
  int label(byte[] labels, long record, String file) {
    int label = labels[labelBytes - 1] & 0xff;
    require(label, classes, "labels", record, file);
    if (labelBytes == 2) {
      require(labels[0] & 0xff, COARSE_CLASSES, "coarse labels", record, file);
    }
    return label;
  }

  private static void require(int label, int bound, String kind, long record, String file) {
    if (label >= bound) {
      throw new DataException(
          "%s are below %d, record %d of %s has %d; the file is not of this dataset"
              .formatted(kind, bound, record, file, label));
    }
  }
}
