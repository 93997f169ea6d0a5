package io.dimat.partition;

import java.util.List;

/**
 * One class cut at the cumulative sums of shares: with shares p and n images, agent i gets the
 * ranks from floor(n (p_0 + ... + p_(i-1))) to floor(n (p_0 + ... + p_i)). The last agent whose
 * share is not 0 gets what rounding leaves, so every image is used and none falls to a share of 0.
 *
 * @param label the class
 * @param first rank of the first image
 * @param size number of images
 */
record ShareCuts(int label, long first, long size) {
  /**
   * Adds the cuts that are not empty.
   *
   * @param shares at least 0, with sum 1 but for rounding; not modified
   * @param owner agent of share 0; the others follow
   * @param cuts gets the new ones at its end
   */
  void add(double[] shares, int owner, List<Cut> cuts) {
    int last = last(shares);
    double sum = 0;
    long from = 0;
    for (int i = 0; i <= last; i++) {
      sum += shares[i];
      long to = i == last ? size : Math.min(size, (long) (sum * size));
      if (to > from) {
        cuts.add(new Cut(label, owner + i, first + from, first + to));
        from = to;
      }
    }
  }

  private static int last(double[] shares) {
    int last = shares.length - 1;
    while (last > 0 && shares[last] == 0) {
      last--;
    }
    return last;
  }
}
