package io.dimat.network;

/** What one forward pass of a network costs. */
public final class NetworkCost {
  private NetworkCost() {}

  /** Multiply-adds of all layers' matrix products for one image. */
  public static long multiplyAdds(Network network) {
    return network.layers().stream()
        .mapToLong(layer -> layer.multiplyAdds(network.inputShapes(layer)))
        .sum();
  }
}
