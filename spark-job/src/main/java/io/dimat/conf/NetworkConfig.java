package io.dimat.conf;

import java.io.Serializable;

/**
 * Which network of the zoo every agent trains.
 *
 * @param width factor on the number of hidden units
 * @param shortcut of {@code resnet20} where the number of channels changes
 */
public record NetworkConfig(Name name, int width, Shortcut shortcut) implements Serializable {
  /** The zoo. */
  public enum Name implements Choice {
    MLP,
    CNN,
    RESNET20
  }

  /** Convolution on a residual branch that changes the number of channels. */
  public enum Shortcut implements Choice {
    CONV3X3,
    CONV1X1
  }

  static NetworkConfig of(ConfigValues values) {
    return new NetworkConfig(
        values.get(ConfigKeys.NETWORK_NAME),
        values.get(ConfigKeys.NETWORK_WIDTH),
        values.get(ConfigKeys.NETWORK_SHORTCUT));
  }
}
