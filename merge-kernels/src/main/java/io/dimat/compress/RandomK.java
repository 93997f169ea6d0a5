package io.dimat.compress;

import io.dimat.compress.Blocks.Block;
import io.dimat.protocol.Payload;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Values of every block chosen at random, zeros elsewhere.
 *
 * <pre>
 * contracting: kept values as they are,   E |Q(v) - v|^2 = (1 - k/d) |v|^2
 * unbiased:    kept values times d/k,     E |Q(v) - v|^2 = (d/k - 1) |v|^2
 * </pre>
 *
 * The seed travels instead of indices: {@code 32 k} bits and 64, with {@code k = max(1,
 * floor(fraction d))} of every block.
 *
 * @param fraction kept, in (0, 1]
 */
public record RandomK(double fraction, Blocks blocks, Scaling scaling) implements Compressor {
  public RandomK {
    new Kept(fraction, blocks);
  }

  @Override
  public String name() {
    return "random-k";
  }

  private Kept kept() {
    return new Kept(fraction, blocks);
  }

  @Override
  public Payload encode(ParamVector vector, long seed) {
    BitWriter out = new BitWriter(Byte.SIZE * bytes(vector.layout()));
    out.put(seed, Long.SIZE);
    choose(vector.layout(), seed, (index, scale) -> out.putFloat((float) vector.at(index)));
    return out.payload();
  }

  @Override
  public ParamVector decode(Payload payload, ParamLayout layout) {
    BitReader in = new BitReader(payload, bytes(layout));
    double[] values = new double[layout.size()];
    choose(layout, in.get(Long.SIZE), (index, scale) -> values[index] = scale * in.getFloat());
    return ParamVector.of(layout, values);
  }

  private interface Chosen {
    void at(int index, double scale);
  }

  /** Selection sampling (Knuth, volume 2, algorithm S): ascending, every subset equally likely. */
  private void choose(ParamLayout layout, long seed, Chosen chosen) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    for (Block block : blocks.of(layout)) {
      int k = kept().of(block);
      double scale = scaling == Scaling.UNBIASED ? (double) block.length() / k : 1;
      int left = k;
      for (int i = 0; left > 0; i++) {
        if (random.nextDouble() * (block.length() - i) < left) {
          chosen.at(block.from() + i, scale);
          left--;
        }
      }
    }
  }

  @Override
  public long bytes(ParamLayout layout) {
    return Long.BYTES + (long) Float.BYTES * kept().of(layout);
  }

  @Override
  public boolean unbiased() {
    return scaling == Scaling.UNBIASED;
  }

  @Override
  public double contraction(ParamLayout layout) {
    double least = kept().least(layout);
    return scaling == Scaling.CONTRACTING ? least : Math.max(0, 2 - 1 / least);
  }
}
