package io.dimat.dl4j;

import io.dimat.align.MatrixProduct;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** ND4J's BLAS, on one thread. */
public final class BlasMatrixProduct implements MatrixProduct {
  @Override
  public float[] timesTransposed(float[] a, float[] b, int rows, int columns, int inner) {
    NativeThreads.useOne();
    float[] c = new float[rows * columns];
    try (INDArray left = matrix(rows, inner);
        INDArray right = matrix(columns, inner);
        INDArray product = matrix(rows, columns)) {
      left.data().asNioFloat().put(a);
      right.data().asNioFloat().put(b);
      NativeOp.product(left, 0, right, 1, product);
      product.data().asNioFloat().get(c);
    }
    return c;
  }

  private static INDArray matrix(int rows, int columns) {
    return Nd4j.createUninitializedDetached(DataType.FLOAT, rows, columns);
  }
}
