package io.dimat.align;

import io.dimat.tensor.NotFiniteException;
import io.dimat.tensor.ParamSlice;
import java.io.Serializable;
import java.util.Arrays;

/**
 * How the units of one group are made from another model's: new unit r is {@code sum_c produce[r,
 * c]} times old unit c, and what reads the units reads {@code W'[:, r] = sum_c W[:, c] consume[c,
 * r]}. If {@code consume produce} is the identity and nothing nonlinear lies between, the function
 * stays. Kept in single precision; immutable.
 */
public final class UnitMixing implements Serializable {
  private static final long serialVersionUID = 1L;
  private static final MatrixProduct PRODUCT = new BlockedMatrixProduct();

  private final int units;
  private final float[] produceTransposed;
  private final float[] consume;
  private final boolean identity;

  private UnitMixing(int units, float[] produceTransposed, float[] consume) {
    this.units = units;
    this.produceTransposed = produceTransposed;
    this.consume = consume;
    this.identity = isIdentity(units, produceTransposed) && isIdentity(units, consume);
  }

  /**
   * A mixing by two matrices.
   *
   * @param produce row-major [units, units], new by old; not modified
   * @param consume row-major [units, units], old by new; not modified
   * @throws IllegalArgumentException if a length is not the square of {@code units} or a value is
   *     not finite
   */
  public static UnitMixing of(int units, double[] produce, double[] consume) {
    requireSquare("produce", units, produce);
    requireSquare("consume", units, consume);
    float[] transposed = new float[produce.length];
    float[] columns = new float[consume.length];
    for (int i = 0; i < produce.length; i++) {
      transposed[i % units * units + i / units] = (float) produce[i];
      columns[i] = (float) consume[i];
    }
    return new UnitMixing(units, transposed, columns);
  }

  /** The mixing that does what gathering by the permutation does. */
  public static UnitMixing of(Permutation permutation) {
    int units = permutation.size();
    float[] gather = new float[units * units];
    for (int r = 0; r < units; r++) {
      gather[permutation.get(r) * units + r] = 1;
    }
    return new UnitMixing(units, gather, gather);
  }

  /** Number of units. */
  public int units() {
    return units;
  }

  /** A copy of the matrix of the layers that make the units, row-major [new, old]. */
  double[] produce() {
    double[] produce = new double[units * units];
    Arrays.setAll(produce, i -> produceTransposed[i % units * units + i / units]);
    return produce;
  }

  /** A copy of the matrix of the layers that read the units, row-major [old, new]. */
  double[] consume() {
    double[] copy = new double[units * units];
    Arrays.setAll(copy, i -> consume[i]);
    return copy;
  }

  /** {@code produce} times the numbers, summed in double. */
  double[] carry(double[] perUnit) {
    double[] carried = new double[units];
    for (int c = 0; c < units; c++) {
      for (int r = 0; r < units; r++) {
        carried[r] += produceTransposed[c * units + r] * perUnit[c];
      }
    }
    return carried;
  }

  /** Mixes one stretch of a tensor inside {@code values}, which is modified. */
  void mix(float[] values, ParamSlice slice, PermutedAxis stretch) {
    if (identity) {
      return;
    }
    UnitBlocks blocks = UnitBlocks.of(slice, stretch, units);
    float[] matrix = stretch.axis() == 0 ? produceTransposed : consume;
    float[] old = blocks.unitRows(values);
    float[] mixed = PRODUCT.transposedTimes(matrix, old, units, units, blocks.depth());
    blocks.putUnitRows(mixed, values);
  }

  private static boolean isIdentity(int units, float[] matrix) {
    for (int i = 0; i < matrix.length; i++) {
      if (matrix[i] != (i / units == i % units ? 1 : 0)) {
        return false;
      }
    }
    return true;
  }

  private static void requireSquare(String name, int units, double[] matrix) {
    if (units < 1 || matrix.length != (long) units * units) {
      throw new IllegalArgumentException(
          "%s needs %d x %d values, got %d".formatted(name, units, units, matrix.length));
    }
    if (!Arrays.stream(matrix).allMatch(Double::isFinite)) {
      throw new NotFiniteException(name + " needs finite values, got NaN or infinity");
    }
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof UnitMixing that
        && Arrays.equals(produceTransposed, that.produceTransposed)
        && Arrays.equals(consume, that.consume);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(produceTransposed) + Arrays.hashCode(consume);
  }

  @Override
  public String toString() {
    return "UnitMixing[" + units + " units]";
  }
}
