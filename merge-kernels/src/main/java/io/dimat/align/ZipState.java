package io.dimat.align;

import java.util.Arrays;
import java.util.stream.IntStream;

/**
 * One greedy run of {@link UnitZip}. Every row remembers its best partner, so that a merge costs
 * one pass over the rows, and a pass over a row only where the partner is gone.
 */
final class ZipState {
  private static final int NONE = -1;

  private final UnitZip rules;
  private final int units;
  private final int all;
  private final double[] similarity;
  private final int[] root;
  private final long[] models;
  private final int[] size;
  private final boolean[] gone;
  private final int[] best;
  private final int[] allowance;

  ZipState(double[] correlation, int units, int modelCount, UnitZip rules) {
    this.rules = rules;
    this.units = units;
    this.all = units * modelCount;
    this.similarity = correlation.clone();
    this.root = IntStream.range(0, all).toArray();
    this.models = new long[all];
    this.size = new int[all];
    this.gone = new boolean[all];
    this.best = new int[all];
    this.allowance = new int[modelCount];
    Arrays.setAll(models, u -> 1L << (u / units));
    Arrays.fill(size, 1);
    double merges = (double) units * (modelCount - 1) / modelCount;
    Arrays.fill(allowance, (int) Math.floor(merges * rules.budget() + 1e-9));
  }

  /** Parts of every merged unit, ascending; merged units in the order of their first part. */
  int[][] run() {
    findAllPartners();
    for (int left = all; left > units; left--) {
      int row = bestRow();
      if (row == NONE) {
        mergeRegardless();
      } else {
        merge(Math.min(row, best[row]), Math.max(row, best[row]));
      }
    }
    return IntStream.range(0, all)
        .filter(u -> !gone[u])
        .mapToObj(r -> IntStream.range(0, all).filter(u -> root[u] == r).toArray())
        .toArray(int[][]::new);
  }

  private double similarity(int a, int b) {
    return similarity[a * all + b];
  }

  private boolean isAllowed(int a, int b) {
    long shared = models[a] & models[b];
    if (shared == 0) {
      return true;
    }
    boolean fresh = size[a] == 1 && size[b] == 1;
    return (fresh || rules.alpha() > 0)
        && IntStream.range(0, allowance.length)
            .allMatch(m -> (shared >> m & 1) == 0 || allowance[m] > 0);
  }

  private int partner(int row) {
    int found = NONE;
    for (int c = 0; c < all; c++) {
      boolean better = found == NONE || similarity(row, c) > similarity(row, found);
      if (c != row && !gone[c] && better && isAllowed(row, c)) {
        found = c;
      }
    }
    return found;
  }

  private void findAllPartners() {
    for (int r = 0; r < all; r++) {
      best[r] = gone[r] ? NONE : partner(r);
    }
  }

  private int bestRow() {
    int found = NONE;
    for (int r = 0; r < all; r++) {
      boolean better =
          found == NONE
              || (best[r] != NONE && similarity(r, best[r]) > similarity(found, best[found]));
      if (best[r] != NONE && better) {
        found = r;
      }
    }
    return found;
  }

  private void merge(int kept, int dropped) {
    boolean exhausted = charge(models[kept] & models[dropped]);
    join(kept, dropped);
    if (exhausted) {
      findAllPartners();
      return;
    }
    best[dropped] = NONE;
    for (int r = 0; r < all; r++) {
      if (!gone[r] && (r == kept || best[r] == kept || best[r] == dropped)) {
        best[r] = partner(r);
      }
    }
  }

  /** Takes a merge from the allowance of every shared model; true if one is used up by it. */
  private boolean charge(long shared) {
    boolean exhausted = false;
    for (int m = 0; m < allowance.length; m++) {
      if ((shared >> m & 1) == 1) {
        exhausted |= --allowance[m] == 0;
      }
    }
    return exhausted;
  }

  private void join(int kept, int dropped) {
    double factor = rules.alpha() > 0 ? rules.alpha() : 1;
    for (int j = 0; j < all; j++) {
      double smaller = Math.min(similarity(kept, j), similarity(dropped, j));
      // A factor below 1 must not make unlike units look more alike.
      double discounted = Math.min(smaller, factor * smaller);
      similarity[kept * all + j] = discounted;
      similarity[j * all + kept] = discounted;
      root[j] = root[j] == dropped ? kept : root[j];
    }
    models[kept] |= models[dropped];
    size[kept] += size[dropped];
    gone[dropped] = true;
  }

  private void mergeRegardless() {
    int row = NONE;
    int column = NONE;
    for (int r = 0; r < all; r++) {
      for (int c = r + 1; c < all; c++) {
        boolean better = row == NONE || similarity(r, c) > similarity(row, column);
        if (!gone[r] && !gone[c] && better) {
          row = r;
          column = c;
        }
      }
    }
    join(row, column);
    findAllPartners();
  }
}
