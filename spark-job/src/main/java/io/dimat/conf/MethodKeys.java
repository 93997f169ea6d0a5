package io.dimat.conf;

import java.util.List;
import java.util.stream.Stream;

/** The part of the key table that only some algorithms read, each its own. */
final class MethodKeys {
  static final List<ConfigKey<?>> ALL =
      Stream.of(GossipKeys.ALL, ExchangeKeys.ALL, ControlKeys.ALL).flatMap(List::stream).toList();

  private MethodKeys() {}
}
