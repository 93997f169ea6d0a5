package io.dimat.interchange;

import java.util.Collection;
import java.util.stream.Collectors;

/** Names of a file as they may stand in a message. */
final class FirstFew {
  private static final int SHOWN = 5;

  private FirstFew() {}

  /** The first five, and how many more there are. */
  static String of(Collection<String> names) {
    return of(names, ", ");
  }

  /** Like {@link #of(Collection)}, with another separator. */
  static String of(Collection<String> names, String separator) {
    String shown =
        names.stream().limit(SHOWN).map(OneLine::of).collect(Collectors.joining(separator));
    int more = names.size() - SHOWN;
    return more > 0 ? shown + " and " + more + " more" : shown;
  }
}
