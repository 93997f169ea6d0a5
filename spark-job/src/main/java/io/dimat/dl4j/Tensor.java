package io.dimat.dl4j;

import io.dimat.network.Shape;
import java.nio.FloatBuffer;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * One layer's values or gradients for a batch: [images, height, width, channels] outside the Java
 * heap, where libnd4j reads and writes it. The memory is that of the largest batch seen.
 */
final class Tensor implements AutoCloseable {
  /** A view of native memory is addressed by byte, in an int. */
  private static final int MOST_VALUES = Integer.MAX_VALUE / Float.BYTES;

  private final Shape shape;
  private final BlockPool blocks;
  private INDArray storage;
  private FloatBuffer floats;
  private INDArray images;
  private INDArray matrix;
  private INDArray rows;
  private int count;

  /**
   * @param blocks where memory comes from and is left by {@link #release()}
   */
  Tensor(Shape shape, BlockPool blocks) {
    this.shape = shape;
    this.blocks = blocks;
  }

  Shape shape() {
    return shape;
  }

  /** Number of images it holds now. */
  int count() {
    return count;
  }

  /** Number of values it holds now. */
  int length() {
    return count * shape.size();
  }

  /**
   * Makes room for {@code newCount} images; the values are undefined afterwards.
   *
   * @throws IllegalArgumentException if they take more than 2 GiB
   */
  void resize(int newCount) {
    if (newCount == count) {
      return;
    }
    if ((long) newCount * shape.size() > MOST_VALUES) {
      throw new IllegalArgumentException(
          "a batch of images of "
              + shape
              + " inside the network has at most "
              + MOST_VALUES / shape.size()
              + " of them, got "
              + newCount);
    }
    int length = newCount * shape.size();
    if (storage == null || storage.length() < length) {
      close();
      storage = blocks.take(length);
      floats = storage.data().asNioFloat();
    }
    count = newCount;
    images = view(newCount, shape.height(), shape.width(), shape.channels());
    matrix = view(newCount, shape.size());
    rows = view((long) newCount * shape.positions(), shape.channels());
  }

  private INDArray view(long... axes) {
    return Nd4j.create(storage.data(), axes, Nd4j.getStrides(axes, 'c'), 0, 'c');
  }

  /** The values as [images, height, width, channels]; shares memory. */
  INDArray images() {
    return images;
  }

  /** The values as [images, features]; shares memory. */
  INDArray matrix() {
    return matrix;
  }

  /** The values as [images * height * width, channels]; shares memory. */
  INDArray rows() {
    return rows;
  }

  /** Copies {@code length} values from index {@code from} on to the start of {@code to}. */
  void read(int from, float[] to, int length) {
    read(from, to, 0, length);
  }

  /** Copies {@code length} values from index {@code from} on to index {@code at} of {@code to}. */
  void read(int from, float[] to, int at, int length) {
    floats.get(from, to, at, length);
  }

  /** Copies the first {@code length} values of {@code source} to index {@code to} on. */
  void write(int to, float[] source, int length) {
    write(to, source, 0, length);
  }

  /** Copies {@code length} values of {@code source} from {@code at} on to index {@code to} on. */
  void write(int to, float[] source, int at, int length) {
    floats.put(to, source, at, length);
  }

  /** Leaves the memory to other tensors; the values are lost. */
  void release() {
    if (storage != null) {
      blocks.give(forget());
    }
  }

  private INDArray forget() {
    INDArray held = storage;
    images = null;
    matrix = null;
    rows = null;
    floats = null;
    count = 0;
    storage = null;
    return held;
  }

  @Override
  public void close() {
    if (storage != null) {
      forget().close();
    }
  }
}
