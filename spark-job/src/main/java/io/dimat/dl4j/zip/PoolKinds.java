package io.dimat.dl4j.zip;

import io.dimat.interchange.ModelFileException;
import io.dimat.network.Layer;
import io.dimat.network.Layer.Pool2d;
import io.dimat.network.Layer.Pool2d.Pooling;
import java.util.Map;

/** Pooling over windows and over whole channels. */
final class PoolKinds {
  private static final String TYPE = "poolingType";
  private static final String COUNTS_PADDING = "avgPoolIncludePadInDivisor";
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
    if (pooling == Pooling.AVERAGE && window.padding() > 0) {
      requirePaddingCounted(body);
    }
    String pool =
        network.add(
            () ->
                new Pool2d(
                    vertex.name(),
                    input,
                    pooling,
                    window.kernel(),
                    window.stride(),
                    window.padding()));
    network.end(vertex.name(), pool);
  }

  /** Unless told so, DL4J divides by the number of pixels that a window sees. */
  private static void requirePaddingCounted(Fields body) throws ModelFileException {
    body.require(
        body.node().path(COUNTS_PADDING).asBoolean(false),
        COUNTS_PADDING,
        "true where an average pooling pads (means are over whole windows, padding as zeros)");
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
