package io.dimat.compress;

import io.dimat.tensor.ParamLayout;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/** How a vector is cut into blocks that are compressed each for itself, one scale per block. */
public sealed interface Blocks extends Serializable {
  /** The blocks of a layout: ascending, none empty, without gaps. */
  List<Block> of(ParamLayout layout);

  /** Length of the longest block; 1 for a layout without values. */
  default int longest(ParamLayout layout) {
    return of(layout).stream().mapToInt(Block::length).max().orElse(1);
  }

  /** The elements {@code from, ..., from + length - 1}. */
  record Block(int from, int length) {}

  /** All of it at once. */
  record Whole() implements Blocks {
    @Override
    public List<Block> of(ParamLayout layout) {
      return layout.size() == 0 ? List.of() : List.of(new Block(0, layout.size()));
    }
  }

  /** Every parameter tensor. */
  record Tensors() implements Blocks {
    @Override
    public List<Block> of(ParamLayout layout) {
      return layout.slices().stream()
          .filter(slice -> slice.length() > 0)
          .map(slice -> new Block(slice.offset(), slice.length()))
          .toList();
    }
  }

  /**
   * Runs of equal length across tensors; the last may be shorter.
   *
   * @param size at least 1; 512 to 8192 are usual
   */
  record Buckets(int size) implements Blocks {
    public Buckets {
      if (size < 1) {
        throw new IllegalArgumentException("a bucket has at least 1 value, got " + size);
      }
    }

    @Override
    public List<Block> of(ParamLayout layout) {
      List<Block> blocks = new ArrayList<>();
      for (int from = 0; from < layout.size(); from += size) {
        blocks.add(new Block(from, Math.min(size, layout.size() - from)));
      }
      return blocks;
    }
  }
}
