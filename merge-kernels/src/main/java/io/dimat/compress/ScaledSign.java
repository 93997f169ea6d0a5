package io.dimat.compress;

import io.dimat.compress.Blocks.Block;
import io.dimat.protocol.Payload;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;

/**
 * Signs and the mean magnitude of every block (EF-signSGD, Karimireddy et al., arXiv 1901.09847).
 *
 * <pre>
 * Q(v) = (|v|_1 / d) sign(v),   |Q(v) - v|^2 = (1 - delta(v)) |v|_2^2
 * delta(v) = |v|_1^2 / (d |v|_2^2) &gt;= 1 / d
 * </pre>
 *
 * A zero has the sign +, which changes no error. Deterministic, biased; {@code d} bits and 32 for
 * the scale: 32 times smaller than floats.
 */
public record ScaledSign(Blocks blocks) implements Compressor {
  @Override
  public String name() {
    return "sign";
  }

  @Override
  public Payload encode(ParamVector vector, long seed) {
    BitWriter out = new BitWriter(bitsOf(vector.layout()));
    for (Block block : blocks.of(vector.layout())) {
      double sum = 0;
      for (int i = block.from(); i < block.from() + block.length(); i++) {
        sum += Math.abs(vector.at(i));
      }
      out.putFloat((float) (sum / block.length()));
      for (int i = block.from(); i < block.from() + block.length(); i++) {
        out.put(vector.at(i) < 0 ? 1 : 0, 1);
      }
    }
    return out.payload();
  }

  @Override
  public ParamVector decode(Payload payload, ParamLayout layout) {
    BitReader in = new BitReader(payload, bytes(layout));
    double[] values = new double[layout.size()];
    for (Block block : blocks.of(layout)) {
      double scale = in.getFloat();
      for (int i = block.from(); i < block.from() + block.length(); i++) {
        values[i] = in.get(1) == 1 ? -scale : scale;
      }
    }
    return ParamVector.of(layout, values);
  }

  @Override
  public long bytes(ParamLayout layout) {
    return BitWriter.bytesOf(bitsOf(layout));
  }

  private long bitsOf(ParamLayout layout) {
    return layout.size() + (long) Float.SIZE * blocks.of(layout).size();
  }

  @Override
  public boolean unbiased() {
    return false;
  }

  @Override
  public double contraction(ParamLayout layout) {
    return 1.0 / blocks.longest(layout);
  }
}
