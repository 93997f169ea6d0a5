package io.dimat.dl4j;

import io.dimat.network.Layer.Conv2d;
import io.dimat.network.Shape;
import java.util.Arrays;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/**
 * The weight gradient of a convolution that reads the images themselves. {@code conv2d_bp} would
 * also compute the gradient at the images, which nobody asks for and which is slow for few
 * channels; here the gradient is one matrix product with the unfolded images.
 */
final class ImageColumns implements AutoCloseable {
  private final Conv2d layer;
  private final Shape in;
  private final Shape out;
  private final int taps;
  private final float[] image;
  private final float[] row;
  private INDArray columns;

  ImageColumns(Conv2d layer, Shape in, Shape out) {
    this.layer = layer;
    this.in = in;
    this.out = out;
    this.taps = in.channels() * layer.kernel() * layer.kernel();
    this.image = new float[in.size()];
    this.row = new float[out.positions()];
  }

  /**
   * {@code gradient[out, tap] = sum over images and positions of dy[position, out] x[tap,
   * position]}, a tap being (channel, kernel row, kernel column).
   *
   * @param weightGradient [out, in, kernel, kernel]; overwritten
   */
  void weightGradient(Tensor x, Tensor dy, INDArray weightGradient) {
    unfold(x);
    INDArray flat = weightGradient.reshape('c', out.channels(), taps);
    NativeOp.product(dy.rows(), 1, columns, 1, flat);
  }

  private void unfold(Tensor x) {
    long length = (long) x.count() * out.positions();
    if (columns == null || columns.size(1) != length) {
      close();
      columns = Nd4j.createUninitializedDetached(DataType.FLOAT, taps, length);
    }
    java.nio.FloatBuffer target = columns.data().asNioFloat();
    for (int n = 0; n < x.count(); n++) {
      x.read(n * image.length, image, image.length);
      for (int tap = 0; tap < taps; tap++) {
        fillRow(tap);
        target.put((tap * x.count() + n) * row.length, row);
      }
    }
  }

  /** What one tap of the kernel sees of the image, position by position; 0 outside of it. */
  private void fillRow(int tap) {
    int kernel = layer.kernel();
    int channel = tap / (kernel * kernel);
    int top = tap / kernel % kernel - layer.padding();
    int left = tap % kernel - layer.padding();
    int first = Math.max(0, -Math.floorDiv(left, layer.stride()));
    int end = Math.min(out.width(), -Math.floorDiv(left - in.width(), layer.stride()));
    Arrays.fill(row, 0f);
    for (int r = 0; r < out.height(); r++) {
      int y = r * layer.stride() + top;
      if (y >= 0 && y < in.height()) {
        int from = (y * in.width() + left) * in.channels() + channel;
        for (int c = first; c < end; c++) {
          row[r * out.width() + c] = image[from + c * layer.stride() * in.channels()];
        }
      }
    }
  }

  @Override
  public void close() {
    if (columns != null) {
      columns.close();
      columns = null;
    }
  }
}
