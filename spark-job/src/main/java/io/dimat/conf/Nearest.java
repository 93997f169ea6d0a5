package io.dimat.conf;

import java.util.Collection;
import java.util.Comparator;
import java.util.Locale;
import java.util.Optional;

/** The known word that a misspelt one most likely meant. */
public final class Nearest {
  private Nearest() {}

  /**
   * The candidate of smallest edit distance (Levenshtein) whatever the case, the first in the
   * natural order among equals; of a candidate with dots, the last part alone is tried too.
   *
   * @return empty if more than a third of the word, and more than two letters, would have to
   *     change, or all of it
   */
  public static Optional<String> to(String word, Collection<String> candidates) {
    int most = Math.min(word.length() - 1, Math.max(2, word.length() / 3));
    return candidates.stream()
        .min(
            Comparator.<String>comparingInt(candidate -> distance(word, candidate))
                .thenComparing(Comparator.naturalOrder()))
        .filter(candidate -> distance(word, candidate) <= most);
  }

  private static int distance(String word, String candidate) {
    String last = candidate.substring(candidate.lastIndexOf('.') + 1);
    String lower = word.toLowerCase(Locale.ROOT);
    return Math.min(
        levenshtein(lower, last.toLowerCase(Locale.ROOT)),
        levenshtein(lower, candidate.toLowerCase(Locale.ROOT)));
  }

  private static int levenshtein(String a, String b) {
    int[] above = new int[b.length() + 1];
    for (int j = 0; j <= b.length(); j++) {
      above[j] = j;
    }
    for (int i = 1; i <= a.length(); i++) {
      int[] row = new int[b.length() + 1];
      row[0] = i;
      for (int j = 1; j <= b.length(); j++) {
        int change = a.charAt(i - 1) == b.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(above[j - 1] + change, 1 + Math.min(above[j], row[j - 1]));
      }
      above = row;
    }
    return above[b.length()];
  }
}
