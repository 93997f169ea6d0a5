package io.dimat.shard;

import java.io.Serializable;

/**
 * Random changes of a training image, on raw pixels and thus before normalisation: a crop of the
 * image's own size out of the image with {@code padding} zero pixels around it, then a flip.
 *
 * @param padding in pixels, at least 0; 0 is no crop
 * @param flip what kind of flip
 */
public record Augmentation(int padding, Flip flip) implements Serializable {
  /** Mirroring. */
  public enum Flip {
    NEVER,
    /** Left and right change places in half of all draws. */
    HORIZONTAL
  }

  /** Images stay as they are. */
  public static final Augmentation NONE = new Augmentation(0, Flip.NEVER);

  public Augmentation {
    if (padding < 0) {
      throw new IllegalArgumentException("padding is at least 0 pixels, got " + padding);
    }
  }
}
