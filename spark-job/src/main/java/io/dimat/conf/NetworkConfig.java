package io.dimat.conf;

import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
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
        values.get(NetworkKeys.NAME),
        values.get(NetworkKeys.WIDTH),
        values.get(NetworkKeys.SHORTCUT));
  }

  /**
   * The network for images of that shape.
   *
   * @param classes number of logits, at least 2
   * @throws IllegalArgumentException if they do not fit it
   */
  public Network create(Shape input, int classes) {
    return Zoo.create(name, new ZooOptions(input, classes, width, shortcut));
  }
}
