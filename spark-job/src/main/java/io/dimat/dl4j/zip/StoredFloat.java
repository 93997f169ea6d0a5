package io.dimat.dl4j.zip;

import io.dimat.interchange.ModelFileException;
import java.nio.ByteBuffer;
import java.util.Arrays;

/** An element type of ND4J's arrays, rounded to 32 bits where it has more. */
enum StoredFloat {
  FLOAT(Float.BYTES) {
    @Override
    float next(ByteBuffer bytes) {
      return bytes.getFloat();
    }
  },
  DOUBLE(Double.BYTES) {
    @Override
    float next(ByteBuffer bytes) {
      return (float) bytes.getDouble();
    }
  },
  HALF(Short.BYTES) {
    /** IEEE 754 binary16: exponent bias 15 where binary32 has 127, 10 bits of fraction. */
    @Override
    float next(ByteBuffer bytes) {
      int half = bytes.getShort();
      int exponent = half >> 10 & 0x1f;
      int fraction = half & 0x3ff;
      float sign = half < 0 ? -1 : 1;
      if (exponent == 0x1f) {
        return fraction == 0 ? sign * Float.POSITIVE_INFINITY : Float.NaN;
      }
      return exponent == 0
          ? sign * Math.scalb((float) fraction, -24)
          : sign * Math.scalb((float) (fraction | 0x400), exponent - 25);
    }
  };

  private final int bytes;

  StoredFloat(int bytes) {
    this.bytes = bytes;
  }

  /** The type of that name. */
  static StoredFloat of(String name) throws ModelFileException {
    for (StoredFloat type : values()) {
      if (type.name().equals(name)) {
        return type;
      }
    }
    throw new ModelFileException(
        "coefficients.bin must hold one of "
            + Arrays.toString(values())
            + ", got "
            + Fields.shorten(name));
  }

  /** Size of one element. */
  int bytes() {
    return bytes;
  }

  abstract float next(ByteBuffer source);

  /** Decodes {@code n} elements into {@code target} from index {@code at} on. */
  void decode(ByteBuffer source, float[] target, int at, int n) {
    for (int i = at; i < at + n; i++) {
      target[i] = next(source);
    }
  }
}
