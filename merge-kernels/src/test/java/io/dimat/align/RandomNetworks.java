package io.dimat.align;

import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/** Random DAGs of every kind of layer, with sums that may tie anything, input and logits too. */
public final class RandomNetworks {
  private static final int LAYERS = 14;
  private static final int CLASSES = 3;

  private final UniformRandomProvider random;
  private final List<Layer> layers = new ArrayList<>();
  private final List<Open> open = new ArrayList<>();

  /** An output that later layers may read. */
  private record Open(String name, Shape shape) {}

  private RandomNetworks(long seed) {
    this.random = RandomSource.XO_SHI_RO_256_PP.create(seed);
  }

  public static Network of(long seed) {
    return new RandomNetworks(seed).build("random" + seed);
  }

  private Network build(String name) {
    add(n -> new Layer.Input(n, new Shape(2, 7, 6)));
    while (layers.size() < LAYERS) {
      grow();
    }
    Open last = open.get(open.size() - 1);
    Open logits = random.nextInt(4) == 0 ? vector(last) : dense(vector(last), CLASSES);
    if (random.nextInt(3) == 0) {
      logits = sum(logits, dense(vector(any()), logits.shape.channels()));
    }
    layers.add(new Layer.Output("output", logits.name));
    return new Network(name, layers);
  }

  private void grow() {
    Open from = random.nextInt(3) == 0 ? any() : open.get(open.size() - 1);
    switch (random.nextInt(11)) {
      case 0, 1 -> convolution(from);
      case 2 -> one(from, Layer.BatchNorm::new);
      case 3 -> one(from, (n, in) -> new Layer.Activation(n, in, function()));
      case 4 -> pool(from);
      case 5, 6 -> residual(from);
      case 7 -> concat(from);
      case 8 -> depthwise(from);
      case 9 -> grouped(from);
      default -> vectors(from);
    }
  }

  private Layer.Activation.Function function() {
    return random.nextBoolean() ? Layer.Activation.Function.RELU : Layer.Activation.Function.TANH;
  }

  private void convolution(Open from) {
    int kernel = 1 + random.nextInt(3);
    int padding = random.nextInt(kernel);
    int stride = 1 + random.nextInt(3);
    boolean fits = Math.min(from.shape.height(), from.shape.width()) + 2 * padding >= kernel;
    if (fits) {
      int channels = 2 + random.nextInt(4);
      boolean bias = random.nextBoolean();
      one(from, (n, in) -> new Layer.Conv2d(n, in, channels, kernel, stride, padding, bias));
    }
  }

  private void pool(Open from) {
    if (from.shape.height() > 1 && from.shape.width() > 1) {
      Layer.Pool2d.Pooling kind =
          random.nextBoolean() ? Layer.Pool2d.Pooling.MAX : Layer.Pool2d.Pooling.AVERAGE;
      int stride = 1 + random.nextInt(2);
      int padding = random.nextInt(2);
      one(from, (n, in) -> new Layer.Pool2d(n, in, kind, 2, stride, padding));
    }
  }

  private void depthwise(Open from) {
    int c = from.shape.channels();
    boolean bias = random.nextBoolean();
    one(from, (n, in) -> new Layer.Conv2d(n, in, c, 3, 1, 1, c, bias));
  }

  /** Two groups, or one per input with two outputs each. */
  private void grouped(Open from) {
    int c = from.shape.channels();
    int groups = c % 2 == 0 && random.nextBoolean() ? 2 : c;
    one(from, (n, in) -> new Layer.Conv2d(n, in, 2 * groups, 3, 1, 1, groups, true));
  }

  /** Adds something of equal shape that is there, or a branch made for it. */
  private void residual(Open from) {
    List<Open> equal =
        open.stream().filter(o -> o.shape.equals(from.shape) && !o.equals(from)).toList();
    int c = from.shape.channels();
    if (!equal.isEmpty() && random.nextBoolean()) {
      sum(from, equal.get(random.nextInt(equal.size())));
    } else if (from.shape.positions() == 1) {
      sum(dense(from, c), from);
    } else {
      sum(one(from, (n, in) -> new Layer.Conv2d(n, in, c, 3, 1, 1, true)), from);
    }
  }

  private void concat(Open from) {
    List<Open> equal =
        open.stream()
            .filter(o -> o.shape.height() == from.shape.height())
            .filter(o -> o.shape.width() == from.shape.width())
            .toList();
    String other = equal.get(random.nextInt(equal.size())).name;
    add(n -> new Layer.Concat(n, List.of(from.name, other)));
  }

  private void vectors(Open from) {
    Open vector = vector(from);
    if (random.nextBoolean()) {
      dense(vector, 3 + random.nextInt(4));
    }
  }

  private Open vector(Open from) {
    if (from.shape.positions() == 1) {
      return from;
    }
    return random.nextBoolean()
        ? one(from, Layer.Flatten::new)
        : one(from, Layer.GlobalAveragePool::new);
  }

  private Open dense(Open from, int features) {
    boolean bias = random.nextBoolean();
    return one(from, (n, in) -> new Layer.Dense(n, in, features, bias));
  }

  private Open sum(Open a, Open b) {
    return add(n -> new Layer.Add(n, List.of(a.name, b.name)));
  }

  private Open any() {
    return open.get(random.nextInt(open.size()));
  }

  private Open one(Open from, BiFunction<String, String, Layer> layer) {
    return add(n -> layer.apply(n, from.name));
  }

  private Open add(Function<String, Layer> make) {
    Layer layer = make.apply("l" + layers.size());
    List<Shape> shapes = layer.inputs().stream().map(this::shape).toList();
    layers.add(layer);
    Open added = new Open(layer.name(), layer.outputShape(shapes));
    open.add(added);
    return added;
  }

  private Shape shape(String name) {
    return open.stream().filter(o -> o.name.equals(name)).findFirst().orElseThrow().shape;
  }
}
