package io.dimat.compress;

import io.dimat.protocol.Payload;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Precision;

/**
 * No compression: every value as it is stored, bit for bit. 32 or 64 bits a value, {@code delta =
 * 1}.
 */
public record Identity() implements Compressor {
  @Override
  public String name() {
    return "identity";
  }

  @Override
  public Payload encode(ParamVector vector, long seed) {
    BitWriter out = new BitWriter(Byte.SIZE * bytes(vector.layout()));
    for (int i = 0; i < vector.size(); i++) {
      if (vector.layout().precision() == Precision.SINGLE) {
        out.putFloat((float) vector.at(i));
      } else {
        out.put(Double.doubleToRawLongBits(vector.at(i)), Double.SIZE);
      }
    }
    return out.payload();
  }

  @Override
  public ParamVector decode(Payload payload, ParamLayout layout) {
    BitReader in = new BitReader(payload, bytes(layout));
    double[] values = new double[layout.size()];
    for (int i = 0; i < values.length; i++) {
      values[i] =
          layout.precision() == Precision.SINGLE
              ? in.getFloat()
              : Double.longBitsToDouble(in.get(Double.SIZE));
    }
    return ParamVector.of(layout, values);
  }

  @Override
  public long bytes(ParamLayout layout) {
    return (long) layout.size() * layout.precision().bytes();
  }

  @Override
  public boolean unbiased() {
    return true;
  }

  @Override
  public double contraction(ParamLayout layout) {
    return 1;
  }
}
