package io.dimat.learn;

import io.dimat.network.Layer;
import io.dimat.network.Layer.Conv2d;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import java.util.List;
import java.util.stream.Stream;

/**
 * The large networks of the zoo with a sixteenth of their channels: every layer, and seconds
 * instead of minutes.
 */
public final class NarrowZoo {
  private NarrowZoo() {}

  public static Stream<Network> all() {
    return Stream.of("resnet50", "vgg11", "vgg16-bn").map(NarrowZoo::narrow);
  }

  private static Network narrow(String name) {
    ZooOptions options = new ZooOptions(new Shape(3, 33, 40), 5, 1, Shortcut.CONV1X1);
    List<Layer> layers =
        Zoo.create(name, options).layers().stream().map(NarrowZoo::narrow).toList();
    return new Network("narrow " + name, layers);
  }

  private static Layer narrow(Layer layer) {
    return layer instanceof Conv2d conv
        ? new Conv2d(
            conv.name(),
            conv.input(),
            conv.channels() / 16,
            conv.kernel(),
            conv.stride(),
            conv.padding(),
            conv.groups(),
            conv.hasBias())
        : layer;
  }
}
