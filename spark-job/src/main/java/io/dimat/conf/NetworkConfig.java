package io.dimat.conf;

import io.dimat.network.zoo.Shortcut;
import java.io.Serializable;

/**
 * Which network of the zoo every agent trains.
 *
 * @param width factor on the number of hidden units
 * @param shortcut of {@code resnet20} where the number of channels changes
 */
public record NetworkConfig(String name, int width, Shortcut shortcut) implements Serializable {
  static NetworkConfig of(ConfigValues values) {
    return new NetworkConfig(
        values.get(ConfigKeys.NETWORK_NAME),
        values.get(ConfigKeys.NETWORK_WIDTH),
        values.get(ConfigKeys.NETWORK_SHORTCUT));
  }
}
