package io.dimat.network;

/** One method per kind of layer; the compiler tells every interpreter when a kind is added. */
public interface LayerVisitor<R> {
  R input(Layer.Input layer);

  R conv2d(Layer.Conv2d layer);

  R batchNorm(Layer.BatchNorm layer);

  R dense(Layer.Dense layer);

  R activation(Layer.Activation layer);

  R pool2d(Layer.Pool2d layer);

  R globalAveragePool(Layer.GlobalAveragePool layer);

  R add(Layer.Add layer);

  R concat(Layer.Concat layer);

  R flatten(Layer.Flatten layer);

  R output(Layer.Output layer);
}
