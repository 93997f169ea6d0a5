package io.dimat.dl4j.zip;

import io.dimat.interchange.ModelFileException;
import io.dimat.network.Layer;
import io.dimat.network.Layer.Pool2d;
import io.dimat.network.Layer.Pool2d.Pooling;
import java.util.Map;

/** Pooling over windows and over whole channels. */
final class PoolKinds {
  private static final String TYPE = "poolingType";
  private static final Map<String, Pooling> POOLINGS =
      Map.of("MAX", Pooling.MAX, "AVG", Pooling.AVERAGE);

  private PoolKinds() {}

  /** A {@code SubsamplingLayer}. */
  static void subsampling(NetworkBuilder network, Vertex vertex, String input)
      throws ModelFileException {
    Fields body = vertex.body();
    Pooling pooling = POOLINGS.get(body.text(TYPE));
    body.require(pooling != null, TYPE, "MAX or AVG");
    Window window = Window.of(body, network.shape(input));
    if (window.padding() != 0) {
      throw body.refusal("a pooling must not pad, got padding " + window.padding());
    }
    String pool =
        network.add(
            () -> new Pool2d(vertex.name(), input, pooling, window.kernel(), window.stride()));
    network.end(vertex.name(), pool);
  }

  /** A {@code GlobalPoolingLayer} over height and width. */
  static void global(NetworkBuilder network, Vertex vertex, String input)
      throws ModelFileException {
    Fields body = vertex.body();
    body.require("AVG".equals(body.text(TYPE)), TYPE, "AVG");
    body.require(body.flag("collapseDimensions"), "collapseDimensions", "true");
    if (body.node().hasNonNull("poolingDimensions")) {
      String over = body.node().path("poolingDimensions").toString();
      body.require(over.equals("[2,3]"), "poolingDimensions", "[2,3], height and width");
    }
    network.end(
        vertex.name(), network.add(() -> new Layer.GlobalAveragePool(vertex.name(), input)));
  }
}
