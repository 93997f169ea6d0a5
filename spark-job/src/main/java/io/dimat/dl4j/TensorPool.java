package io.dimat.dl4j;

import io.dimat.network.Shape;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Gradients live shortly: a few tensors per shape serve a whole backward pass. */
final class TensorPool implements AutoCloseable {
  private final Map<Shape, Deque<Tensor>> free = new HashMap<>();
  private final List<Tensor> all = new ArrayList<>();
  private final BlockPool blocks = new BlockPool();
  private final Tiles tiles = new Tiles();

  /** A tensor with undefined values; give it back when done. */
  Tensor take(Shape shape, int count) {
    Deque<Tensor> waiting = free.computeIfAbsent(shape, s -> new ArrayDeque<>());
    Tensor tensor = waiting.isEmpty() ? create(shape) : waiting.pop();
    tensor.resize(count);
    return tensor;
  }

  private Tensor create(Shape shape) {
    Tensor tensor = new Tensor(shape, blocks);
    all.add(tensor);
    return tensor;
  }

  void give(Tensor tensor) {
    free.get(tensor.shape()).push(tensor);
  }

  BlockPool blocks() {
    return blocks;
  }

  Tiles tiles() {
    return tiles;
  }

  @Override
  public void close() {
    all.forEach(Tensor::close);
    all.clear();
    free.clear();
    blocks.close();
  }
}
