package io.dimat.partition;

import io.dimat.source.DataException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * Which of the published training images are used, and for what. Of each class, validation images
 * come first in the seeded order, then training images: the same seed holds out the same images
 * whatever the limit and the partitioner are.
 *
 * @param validation fraction of each class that is held out, in [0, 1); rounded down per class
 * @param limit most training images to use, divided evenly among classes, at least 1; {@link #ALL}
 *     for no limit
 */
public record Selection(double validation, long limit) implements Serializable {
  /** No limit. */
  public static final long ALL = Long.MAX_VALUE;

  public Selection {
    if (!(validation >= 0 && validation < 1)) {
      throw new DataException("the validation fraction must be in [0, 1), got " + validation);
    }
    if (limit < 1) {
      throw new DataException("the limit of training images must be at least 1, got " + limit);
    }
  }

  /** Validation images per class. */
  List<Long> validationSizes(List<Long> classSizes) {
    return classSizes.stream().map(size -> (long) (size * validation)).toList();
  }

  /**
   * Training images per class: the largest equal share, where classes that have fewer give all they
   * have; single images that are left over go to the first classes.
   *
   * @param available images per class once validation images are taken away
   */
  public List<Long> trainingSizes(List<Long> available) {
    long total = available.stream().mapToLong(Long::longValue).sum();
    if (total <= limit) {
      return available;
    }
    long share = share(available);
    List<Long> sizes = new ArrayList<>();
    long left = limit - upTo(available, share);
    for (long size : available) {
      long extra = size > share && left > 0 ? 1 : 0;
      left -= extra;
      sizes.add(Math.min(size, share) + extra);
    }
    return sizes;
  }

  /** The largest share s with sum of min(size, s) at most the limit. */
  private long share(List<Long> available) {
    long low = 0;
    long high = limit;
    while (low < high) {
      long middle = low + (high - low + 1) / 2;
      if (upTo(available, middle) <= limit) {
        low = middle;
      } else {
        high = middle - 1;
      }
    }
    return low;
  }

  private static long upTo(List<Long> available, long share) {
    return available.stream().mapToLong(size -> Math.min(size, share)).sum();
  }
}
