package io.dimat.shard;

import io.dimat.source.DataException;
import io.dimat.source.ImageShape;
import java.io.Serializable;
import org.apache.commons.rng.sampling.distribution.NormalizedGaussianSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Agents that see the same world through different cameras: a fixed change of all images of an
 * agent's shard, more for later agents. With t_i = i / (K - 1) of agent i of K, in [0, 1]:
 *
 * <ul>
 *   <li>rotation: about the centre by {@code strength} t_i degrees, clockwise, bilinear, with zero
 *       pixels from outside the image;
 *   <li>noise: plus a Gaussian of standard deviation {@code strength} t_i on pixels in [0, 1]
 *       (NIID-Bench, arXiv 2102.02079, has i / K);
 *   <li>contrast: each pixel p becomes m + (1 - {@code strength} t_i) (p - m), m the mean of the
 *       image's channel.
 * </ul>
 *
 * <p>Agent 0's images stay as they are, and so do test images: the question is what merging makes
 * of models of different domains on the common, unchanged one. An image's noise is drawn once, from
 * (seed, dataset index). Pixels are rounded to bytes and clamped to [0, 255].
 *
 * @param strength in degrees, up to 360; as a standard deviation, up to 1; as the share of contrast
 *     lost, below 1; above 0, or 0 for {@link Kind#NONE}
 * @param seed of the noise
 */
public record FeatureSkew(Kind kind, double strength, long seed) implements Serializable {
  /** What changes from agent to agent. */
  public enum Kind {
    NONE,
    ROTATION,
    NOISE,
    CONTRAST
  }

  /** All agents' images stay as they are. */
  public static final FeatureSkew NONE = new FeatureSkew(Kind.NONE, 0, 0);

  public FeatureSkew {
    String range =
        switch (kind) {
          case NONE -> strength == 0 ? "" : "strength 0";
          case ROTATION -> strength > 0 && strength <= 360 ? "" : "degrees in (0, 360]";
          case NOISE -> strength > 0 && strength <= 1 ? "" : "a standard deviation in (0, 1]";
          case CONTRAST -> strength > 0 && strength < 1 ? "" : "a lost share in (0, 1)";
        };
    if (!range.isEmpty()) {
      throw new DataException(
          "feature skew %s needs %s, got %s"
              .formatted(kind.name().toLowerCase(java.util.Locale.ROOT), range, strength));
    }
  }

  /**
   * An agent's images as it sees them; indices and labels as before.
   *
   * @param block not modified
   * @param agent in [0, agents)
   */
  public ImageBlock apply(ImageBlock block, int agent, int agents) {
    double amount = agents == 1 ? 0 : strength * agent / (agents - 1);
    if (amount == 0) {
      return block;
    }
    int size = block.shape().size();
    long[] indices = new long[block.size()];
    int[] labels = new int[block.size()];
    byte[] pixels = new byte[Math.multiplyExact(block.size(), size)];
    for (int i = 0; i < block.size(); i++) {
      indices[i] = block.index(i);
      labels[i] = block.label(i);
      byte[] seen = change(block.image(i), block.shape(), amount, block.index(i));
      System.arraycopy(seen, 0, pixels, i * size, size);
    }
    return ImageBlock.owning(block.shape(), indices, labels, pixels);
  }

  private byte[] change(byte[] image, ImageShape shape, double amount, long index) {
    return switch (kind) {
      case NONE -> image;
      case ROTATION -> new Rotation(shape, Math.toRadians(amount)).apply(image);
      case NOISE -> noise(image, amount, index);
      case CONTRAST -> contrast(image, shape, amount);
    };
  }

  private byte[] noise(byte[] image, double deviation, long index) {
    NormalizedGaussianSampler gaussian =
        ZigguratSampler.NormalizedGaussian.of(
            RandomSource.XO_RO_SHI_RO_128_PP.create(Minibatches.stream(seed, index)));
    byte[] noisy = new byte[image.length];
    for (int p = 0; p < image.length; p++) {
      noisy[p] = Rotation.pixel((image[p] & 0xff) + 255 * deviation * gaussian.sample());
    }
    return noisy;
  }

  private static byte[] contrast(byte[] image, ImageShape shape, double lost) {
    int plane = shape.height() * shape.width();
    byte[] flat = new byte[image.length];
    for (int start = 0; start < image.length; start += plane) {
      double mean = 0;
      for (int p = start; p < start + plane; p++) {
        mean += (double) (image[p] & 0xff) / plane;
      }
      for (int p = start; p < start + plane; p++) {
        flat[p] = Rotation.pixel(mean + (1 - lost) * ((image[p] & 0xff) - mean));
      }
    }
    return flat;
  }
}
