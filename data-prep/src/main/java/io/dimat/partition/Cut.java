package io.dimat.partition;

import java.io.Serializable;

/**
 * The images of one class whose rank in the seeded order of that class is in [from, to) belong to
 * {@code owner}.
 *
 * @param label class
 * @param owner an agent, or {@link #VALIDATION}
 * @param from first rank, at least 0
 * @param to one past the last rank, above {@code from}
 */
public record Cut(int label, int owner, long from, long to) implements Serializable {
  /** The owner of images that are held out of the training data. */
  public static final int VALIDATION = -1;

  public Cut {
    if (label < 0 || owner < VALIDATION || from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "a cut is a range of ranks of one class, got label %d, owner %d, [%d, %d)"
              .formatted(label, owner, from, to));
    }
  }

  /** Number of images in it. */
  public long size() {
    return to - from;
  }

  /** The same range, {@code ranks} further on. */
  Cut shifted(long ranks) {
    return new Cut(label, owner, from + ranks, to + ranks);
  }
}
