package io.dimat.dl4j;

import io.dimat.network.Shape;

/** A layer's output while a batch is in flight, and the loss's gradient at it on the way back. */
final class Value implements AutoCloseable {
  private final Tensor data;
  private final TensorPool pool;
  private Tensor gradient;

  Value(Shape shape, TensorPool pool) {
    this.data = new Tensor(shape, pool.blocks());
    this.pool = pool;
  }

  Tensor data() {
    return data;
  }

  Shape shape() {
    return data.shape();
  }

  /** False for a layer that the logits do not depend on. */
  boolean hasGradient() {
    return gradient != null;
  }

  /** Hands over the gradient summed over all readers; the caller owns it now. */
  Tensor takeGradient() {
    Tensor taken = gradient;
    gradient = null;
    return taken;
  }

  /** Takes over one reader's share of the gradient; {@code share} belongs to this value now. */
  void receiveGradient(Tensor share) {
    if (gradient == null) {
      gradient = share;
    } else {
      pool.tiles().add(gradient, share, gradient);
      pool.give(share);
    }
  }

  @Override
  public void close() {
    data.close();
  }
}
