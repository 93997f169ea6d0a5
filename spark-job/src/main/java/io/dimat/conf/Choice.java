package io.dimat.conf;

import java.util.Locale;

/** An enum constant that has a spelling in configuration files, e.g. {@code class-shards}. */
public interface Choice {
  /** The constant's Java name. */
  String name();

  /** The Java name in lower case with hyphens. */
  default String spelling() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }
}
