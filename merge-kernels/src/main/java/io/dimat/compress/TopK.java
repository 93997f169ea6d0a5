package io.dimat.compress;

import io.dimat.compress.Blocks.Block;
import io.dimat.protocol.Payload;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.util.Arrays;

/**
 * The values of largest magnitude of every block, zeros elsewhere; of equal magnitudes the first
 * ones.
 *
 * <pre>
 * |Q(v) - v|^2 &lt;= (1 - k/d) |v|^2,   k = max(1, floor(fraction d))
 * </pre>
 *
 * Deterministic, biased; {@code k (32 + ceil(log2 d))} bits a block.
 *
 * @param fraction kept, in (0, 1]
 */
public record TopK(double fraction, Blocks blocks) implements Compressor {
  public TopK {
    new Kept(fraction, blocks);
  }

  @Override
  public String name() {
    return "top-k";
  }

  private Kept kept() {
    return new Kept(fraction, blocks);
  }

  @Override
  public Payload encode(ParamVector vector, long seed) {
    BitWriter out = new BitWriter(bitsOf(vector.layout()));
    for (Block block : blocks.of(vector.layout())) {
      double[] magnitudes = new double[block.length()];
      Arrays.setAll(magnitudes, k -> Math.abs(vector.at(block.from() + k)));
      int left = kept().of(block);
      double threshold = threshold(magnitudes, left);
      int ties = left - above(magnitudes, threshold);
      for (int k = 0; k < magnitudes.length; k++) {
        int order = Double.compare(magnitudes[k], threshold);
        if (order > 0 || (order == 0 && ties-- > 0)) {
          out.put(k, indexBits(block));
          out.putFloat((float) vector.at(block.from() + k));
        }
      }
    }
    return out.payload();
  }

  /** The k-th largest magnitude. */
  private static double threshold(double[] magnitudes, int k) {
    double[] sorted = magnitudes.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length - k];
  }

  private static int above(double[] magnitudes, double threshold) {
    return (int)
        Arrays.stream(magnitudes).filter(value -> Double.compare(value, threshold) > 0).count();
  }

  @Override
  public ParamVector decode(Payload payload, ParamLayout layout) {
    BitReader in = new BitReader(payload, bytes(layout));
    double[] values = new double[layout.size()];
    for (Block block : blocks.of(layout)) {
      for (int left = kept().of(block); left > 0; left--) {
        int k = (int) in.get(indexBits(block));
        values[block.from() + k] = in.getFloat();
      }
    }
    return ParamVector.of(layout, values);
  }

  /** {@code ceil(log2 d)}. */
  private static int indexBits(Block block) {
    return Integer.SIZE - Integer.numberOfLeadingZeros(block.length() - 1);
  }

  @Override
  public long bytes(ParamLayout layout) {
    return BitWriter.bytesOf(bitsOf(layout));
  }

  private long bitsOf(ParamLayout layout) {
    return blocks.of(layout).stream()
        .mapToLong(block -> (long) kept().of(block) * (Float.SIZE + indexBits(block)))
        .sum();
  }

  @Override
  public boolean unbiased() {
    return false;
  }

  @Override
  public double contraction(ParamLayout layout) {
    return kept().least(layout);
  }
}
