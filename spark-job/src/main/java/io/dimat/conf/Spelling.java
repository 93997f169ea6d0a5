package io.dimat.conf;

import java.util.Locale;

/** How enum constants are written in configurations and on the command line. */
public final class Spelling {
  private Spelling() {}

  /** The constant's Java name in lower case with hyphens, e.g. {@code agent-0}. */
  public static String of(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
