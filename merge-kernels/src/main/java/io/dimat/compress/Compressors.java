package io.dimat.compress;

import java.util.Collections;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** All compressors by name. */
public final class Compressors {
  /**
   * What a compressor may read of a configuration.
   *
   * @param bits of QSGD's magnitudes, in [1, 16]
   * @param fraction kept by top-k and random-k, in (0, 1]
   * @param scaling of QSGD and random-k
   */
  public record Options(int bits, double fraction, Blocks blocks, Scaling scaling) {}

  private static final SortedMap<String, Function<Options, Compressor>> BY_NAME = new TreeMap<>();

  static {
    BY_NAME.put("8-bit", o -> new EightBit(o.blocks()));
    BY_NAME.put("identity", o -> new Identity());
    BY_NAME.put("qsgd", o -> new Qsgd(o.bits(), o.blocks(), o.scaling()));
    BY_NAME.put("random-k", o -> new RandomK(o.fraction(), o.blocks(), o.scaling()));
    BY_NAME.put("sign", o -> new ScaledSign(o.blocks()));
    BY_NAME.put("top-k", o -> new TopK(o.fraction(), o.blocks()));
  }

  private Compressors() {}

  /** All names, sorted; unmodifiable. */
  public static SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(BY_NAME.keySet()));
  }

  /**
   * The compressor of that name.
   *
   * @throws IllegalArgumentException for an unknown name, listing the known ones
   */
  public static Compressor create(String name, Options options) {
    Function<Options, Compressor> maker = BY_NAME.get(name);
    if (maker == null) {
      throw new IllegalArgumentException(
          "compressor must be one of " + BY_NAME.keySet() + ", got " + name);
    }
    return maker.apply(options);
  }
}
