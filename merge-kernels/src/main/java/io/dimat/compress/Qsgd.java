package io.dimat.compress;

import io.dimat.compress.Blocks.Block;
import io.dimat.protocol.Payload;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Stochastic rounding of magnitudes to {@code s = 2^b - 1} steps of the block's norm (QSGD,
 * Alistarh et al., arXiv 1610.02132).
 *
 * <pre>
 * Q(v)_k = |v|_2 sign(v_k) xi_k / s
 * xi_k   = floor(u) + Bernoulli(u - floor(u)),   u = s |v_k| / |v|_2
 * E |Q(v) - v|^2 &lt;= omega |v|^2,                 omega = min(d / s^2, sqrt(d) / s)
 * contracting: Q(v) / tau, tau = 1 + omega,      delta = 1 / tau
 * </pre>
 *
 * d is the length of a block: for few bits and long blocks omega is above 1, so cut into buckets.
 * Size: {@code d (b + 1)} bits and 32 for the norm, which is rounded up to a float so that the
 * result stays unbiased.
 *
 * @param bits b of a magnitude, in [1, 16]; the sign is one more
 */
public record Qsgd(int bits, Blocks blocks, Scaling scaling) implements Compressor {
  public Qsgd {
    if (bits < 1 || bits > 16) {
      throw new IllegalArgumentException("QSGD has 1 to 16 bits a magnitude, got " + bits);
    }
  }

  @Override
  public String name() {
    return "qsgd";
  }

  @Override
  public Payload encode(ParamVector vector, long seed) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    BitWriter out = new BitWriter(bitsOf(vector.layout()));
    for (Block block : blocks.of(vector.layout())) {
      float norm = norm(vector, block);
      out.putFloat(norm);
      for (int i = block.from(); i < block.from() + block.length(); i++) {
        double value = vector.at(i);
        double level = norm == 0 ? 0 : Math.abs(value) / norm * steps();
        long floor = (long) level;
        out.put(value < 0 ? 1 : 0, 1);
        out.put(floor + (random.nextDouble() < level - floor ? 1 : 0), bits);
      }
    }
    return out.payload();
  }

  private static float norm(ParamVector vector, Block block) {
    double sum = 0;
    for (int i = block.from(); i < block.from() + block.length(); i++) {
      sum += vector.at(i) * vector.at(i);
    }
    double norm = Math.sqrt(sum);
    float rounded = (float) norm;
    return rounded < norm ? Math.nextUp(rounded) : rounded;
  }

  @Override
  public ParamVector decode(Payload payload, ParamLayout layout) {
    BitReader in = new BitReader(payload, bytes(layout));
    double[] values = new double[layout.size()];
    for (Block block : blocks.of(layout)) {
      double step = in.getFloat() / (steps() * shrink(block.length()));
      for (int i = block.from(); i < block.from() + block.length(); i++) {
        double sign = in.get(1) == 1 ? -1 : 1;
        values[i] = sign * step * in.get(bits);
      }
    }
    return ParamVector.of(layout, values);
  }

  private double steps() {
    return (1L << bits) - 1;
  }

  private double shrink(int length) {
    return scaling == Scaling.CONTRACTING ? 1 + variance(length) : 1;
  }

  /** {@code omega = min(d / s^2, sqrt(d) / s)} of the unbiased form for a block of length d. */
  public double variance(int length) {
    return Math.min(length / (steps() * steps()), Math.sqrt(length) / steps());
  }

  @Override
  public long bytes(ParamLayout layout) {
    return BitWriter.bytesOf(bitsOf(layout));
  }

  private long bitsOf(ParamLayout layout) {
    return (long) layout.size() * (bits + 1) + (long) Float.SIZE * blocks.of(layout).size();
  }

  @Override
  public boolean unbiased() {
    return scaling == Scaling.UNBIASED;
  }

  @Override
  public double contraction(ParamLayout layout) {
    double variance = variance(blocks.longest(layout));
    return scaling == Scaling.CONTRACTING ? 1 / (1 + variance) : Math.max(0, 1 - variance);
  }
}
