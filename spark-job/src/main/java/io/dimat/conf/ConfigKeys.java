package io.dimat.conf;

import java.util.List;
import java.util.stream.Stream;

/**
 * The key table: the one source of keys, kinds, defaults and allowed values. Loader, messages,
 * rendered configurations and {@code docs/configuration.md} follow from it.
 */
public final class ConfigKeys {
  /** All keys, in the order of the key table. */
  public static final List<ConfigKey<?>> ALL =
      Stream.of(
              RunKeys.ALL,
              DataKeys.ALL,
              NetworkKeys.ALL,
              GraphKeys.ALL,
              TrainKeys.ALL,
              MergeKeys.ALL,
              OutputKeys.ALL,
              MethodKeys.ALL)
          .flatMap(List::stream)
          .toList();

  private ConfigKeys() {}
}
