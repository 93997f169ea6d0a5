package io.dimat.compress;

import io.dimat.compress.Blocks.Block;
import io.dimat.protocol.Payload;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;

/**
 * Rounding to the nearest of 255 values between the block's largest magnitude and its negative.
 *
 * <pre>
 * Q(v)_k = (m / 127) round(127 v_k / m),   m = max_k |v_k|
 * delta  = max(1 - (d - 1) / (4 127^2), 1 / d)
 * </pre>
 *
 * because the largest value has no error, all others at most half a step and at most themselves.
 * Deterministic, biased; {@code 8 d} bits and 32 for the scale: 4 times smaller than floats.
 */
public record EightBit(Blocks blocks) implements Compressor {
  private static final int STEPS = 127;

  @Override
  public String name() {
    return "8-bit";
  }

  @Override
  public Payload encode(ParamVector vector, long seed) {
    BitWriter out = new BitWriter(Byte.SIZE * bytes(vector.layout()));
    for (Block block : blocks.of(vector.layout())) {
      float scale = (float) largest(vector, block);
      out.putFloat(scale);
      for (int i = block.from(); i < block.from() + block.length(); i++) {
        double level = scale == 0 ? 0 : vector.at(i) / scale * STEPS;
        out.put(Math.max(-STEPS, Math.min(STEPS, Math.round(level))), Byte.SIZE);
      }
    }
    return out.payload();
  }

  private static double largest(ParamVector vector, Block block) {
    double largest = 0;
    for (int i = block.from(); i < block.from() + block.length(); i++) {
      largest = Math.max(largest, Math.abs(vector.at(i)));
    }
    return largest;
  }

  @Override
  public ParamVector decode(Payload payload, ParamLayout layout) {
    BitReader in = new BitReader(payload, bytes(layout));
    double[] values = new double[layout.size()];
    for (Block block : blocks.of(layout)) {
      double scale = in.getFloat();
      for (int i = block.from(); i < block.from() + block.length(); i++) {
        values[i] = scale * (byte) in.get(Byte.SIZE) / STEPS;
      }
    }
    return ParamVector.of(layout, values);
  }

  @Override
  public long bytes(ParamLayout layout) {
    return layout.size() + (long) Float.BYTES * blocks.of(layout).size();
  }

  @Override
  public boolean unbiased() {
    return false;
  }

  @Override
  public double contraction(ParamLayout layout) {
    double length = blocks.longest(layout);
    return Math.max(1 - (length - 1) / (4.0 * STEPS * STEPS), 1 / length);
  }
}
