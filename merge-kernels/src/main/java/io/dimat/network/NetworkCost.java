package io.dimat.network;

/** What one forward pass of a network costs. */
public final class NetworkCost {
  private NetworkCost() {}

  /** Multiply-adds of convolutions and dense layers for one image. */
  public static long multiplyAdds(Network network) {
    long sum = 0;
    for (Layer layer : network.layers()) {
      String weight = layer.name() + "." + ParamSpec.WEIGHT;
      if (layer instanceof Layer.Conv2d || layer instanceof Layer.Dense) {
        sum +=
            (long) network.layout().slice(weight).length()
                * network.shape(layer.name()).positions();
      }
    }
    return sum;
  }
}
