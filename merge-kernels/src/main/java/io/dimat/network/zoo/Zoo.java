package io.dimat.network.zoo;

import io.dimat.network.Network;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;

/** The networks that can be asked for by name. */
public final class Zoo {
  private static final SortedMap<String, Function<ZooOptions, Network>> BUILDERS =
      new TreeMap<>(
          Map.of(
              Mlp.NAME, Mlp::build,
              Cnn.NAME, Cnn::build,
              ResNet20.NAME, ResNet20::build,
              ResNet50.NAME, ResNet50::build,
              Vgg.VGG11, Vgg::vgg11,
              Vgg.VGG16_BN, Vgg::vgg16));

  private Zoo() {}

  /** All names, in alphabetical order. */
  public static List<String> names() {
    return List.copyOf(BUILDERS.keySet());
  }

  /**
   * The network of that name.
   *
   * @throws IllegalArgumentException if there is none, or if the input's shape does not fit it
   */
  public static Network create(String name, ZooOptions options) {
    Function<ZooOptions, Network> builder = BUILDERS.get(name);
    if (builder == null) {
      throw new IllegalArgumentException("network must be one of " + names() + ", got " + name);
    }
    return builder.apply(options);
  }
}
