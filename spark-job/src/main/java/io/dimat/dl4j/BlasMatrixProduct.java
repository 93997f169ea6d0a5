package io.dimat.dl4j;

import io.dimat.align.MatrixProduct;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's BLAS, on one thread. */
public final class BlasMatrixProduct implements MatrixProduct {
  @Override
  public float[] transposedTimes(float[] a, float[] b, int inner, int rows, int columns) {
    NativeThreads.useOne();
    float[] c = new float[rows * columns];
    try (INDArray left = matrix(inner, rows);
        INDArray right = matrix(inner, columns);
        INDArray product = matrix(rows, columns)) {
      left.data().asNioFloat().put(a);
      right.data().asNioFloat().put(b);
      NativeOp.product(left, 1, right, 0, product);
      product.data().asNioFloat().get(c);
    }
    return c;
  }

  private static INDArray matrix(int rows, int columns) {
    return Nd4j.createUninitializedDetached(DataType.FLOAT, rows, columns);
  }
}
