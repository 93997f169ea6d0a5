package io.dimat.dl4j;

import java.util.ArrayDeque;
import java.util.Map;
import java.util.TreeMap;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Native memory that one tensor has left and another may take over. */
final class BlockPool implements AutoCloseable {
  /** A block may be this many times as long as what is asked for. */
  private static final int SLACK = 2;

  private final TreeMap<Long, ArrayDeque<INDArray>> free = new TreeMap<>();

  /** The shortest waiting block that is long enough, but not much too long, or a new one. */
  INDArray take(long length) {
    Map.Entry<Long, ArrayDeque<INDArray>> fitting = free.ceilingEntry(length);
    if (fitting == null || fitting.getKey() > SLACK * length) {
      return Nd4j.createUninitializedDetached(DataType.FLOAT, length);
    }
    INDArray block = fitting.getValue().pop();
    if (fitting.getValue().isEmpty()) {
      free.remove(fitting.getKey());
    }
    return block;
  }

  /** Takes the block back; nobody may use it any more. */
  void give(INDArray block) {
    free.computeIfAbsent(block.length(), l -> new ArrayDeque<>()).push(block);
  }

  @Override
  public void close() {
    free.values().forEach(blocks -> blocks.forEach(INDArray::close));
    free.clear();
  }
}
