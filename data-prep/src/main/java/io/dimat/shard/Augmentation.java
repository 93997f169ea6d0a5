package io.dimat.shard;

import io.dimat.source.DataException;
import java.io.Serializable;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

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

  private static final SortedMap<String, Augmentation> NAMED =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.of(
                  "none", NONE,
                  "flip", new Augmentation(0, Flip.HORIZONTAL),
                  "crop", new Augmentation(4, Flip.NEVER),
                  "crop-flip", new Augmentation(4, Flip.HORIZONTAL))));

  public Augmentation {
    if (padding < 0) {
      throw new IllegalArgumentException("padding is at least 0 pixels, got " + padding);
    }
  }

  /** Names that {@link #named} knows, sorted. */
  public static SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(NAMED.keySet()));
  }

  /**
   * A usual augmentation; crops pad 4 pixels.
   *
   * @throws DataException if there is none of that name
   */
  public static Augmentation named(String name) {
    Augmentation found = NAMED.get(name);
    if (found == null) {
      throw new DataException(
          "there is no augmentation %s; choose one of %s"
              .formatted(name, List.copyOf(NAMED.keySet())));
    }
    return found;
  }
}
