package io.dimat.tensor;

import java.io.Serializable;
import java.util.Arrays;

/** The numbers of a vector at one precision. Never modified after they were handed to a vector. */
sealed interface Values extends Serializable {
  int length();

  double at(int index);

  /** Stores a value while a vector is being made, rounded to this precision. */
  void put(int index, double value);

  /** Copies {@code length} values of {@code from}, which has this precision. */
  void copy(int to, Values from, int start, int length);

  boolean finite();

  static Values zeros(Precision precision, int length) {
    return precision == Precision.SINGLE
        ? new Singles(new float[length])
        : new Doubles(new double[length]);
  }

  /** 32-bit values. */
  final class Singles implements Values {
    private static final long serialVersionUID = 1L;
    final float[] array;

    Singles(float[] array) {
      this.array = array;
    }

    @Override
    public int length() {
      return array.length;
    }

    @Override
    public double at(int index) {
      return array[index];
    }

    @Override
    public void put(int index, double value) {
      array[index] = (float) value;
    }

    @Override
    public void copy(int to, Values from, int start, int length) {
      System.arraycopy(((Singles) from).array, start, array, to, length);
    }

    @Override
    public boolean finite() {
      for (float value : array) {
        if (!Float.isFinite(value)) {
          return false;
        }
      }
      return true;
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Singles that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(array);
    }
  }

  /** 64-bit values. */
  final class Doubles implements Values {
    private static final long serialVersionUID = 1L;
    final double[] array;

    Doubles(double[] array) {
      this.array = array;
    }

    @Override
    public int length() {
      return array.length;
    }

    @Override
    public double at(int index) {
      return array[index];
    }

    @Override
    public void put(int index, double value) {
      array[index] = value;
    }

    @Override
    public void copy(int to, Values from, int start, int length) {
      System.arraycopy(((Doubles) from).array, start, array, to, length);
    }

    @Override
    public boolean finite() {
      return Arrays.stream(array).allMatch(Double::isFinite);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Doubles that && Arrays.equals(array, that.array);
    }

    @Override
    public int hashCode() {
      return Arrays.hashCode(array);
    }
  }
}
