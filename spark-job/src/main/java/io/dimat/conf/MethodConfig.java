package io.dimat.conf;

import io.dimat.algorithm.GossipStatistics;
import io.dimat.algorithm.MergeTiming;
import io.dimat.algorithm.MethodSettings;
import io.dimat.algorithm.Momentum;
import io.dimat.compress.Blocks;
import io.dimat.compress.Compressors;
import io.dimat.compress.Scaling;
import java.io.Serializable;

/**
 * What methods that exchange at iterations are told.
 *
 * @param statistics what gossip does to running statistics
 * @param compress what compresses models or gradients
 */
public record MethodConfig(
    MethodSettings.Gossip gossip,
    GossipStatistics statistics,
    MethodSettings.Relay relay,
    MethodSettings.Contrast contrast,
    Compress compress,
    MethodSettings.Control control,
    MethodSettings.Schedule schedule,
    MergeTiming timing)
    implements Serializable {
  private static final int WINDOW = 5;
  private static final double TOLERANCE = 0.05;
  private static final int CALM = 3;

  /**
   * A compressor by name.
   *
   * @param name one of {@link Compressors#names()}
   */
  public record Compress(String name, int bits, double fraction, double rate)
      implements Serializable {}

  static MethodConfig of(ConfigValues values) {
    return new MethodConfig(
        gossip(values),
        values.get(MethodKeys.STATISTICS),
        new MethodSettings.Relay(
            values.get(MethodKeys.RELAY_TREE),
            values.get(MethodKeys.RELAY_FILL),
            values.get(MethodKeys.RELAY_LOSS)),
        new MethodSettings.Contrast(
            values.get(MethodKeys.CONTRAST_MODEL), values.get(MethodKeys.CONTRAST_DATA)),
        new Compress(
            values.get(MethodKeys.COMPRESSOR),
            values.get(MethodKeys.COMPRESS_BITS),
            values.get(MethodKeys.COMPRESS_FRACTION),
            values.get(MethodKeys.COMPRESS_RATE)),
        new MethodSettings.Control(
            values.get(MethodKeys.CONTROL_FACTOR),
            values.get(MethodKeys.CONTROL_DISTANCE),
            values.get(MethodKeys.CONTROL_UNTIL),
            values.get(MethodKeys.CONTROL_MOST),
            values.get(MethodKeys.CONTROL_ACCELERATION)),
        new MethodSettings.Schedule(
            values.get(MethodKeys.SCHEDULE_FRACTION),
            values.get(MethodKeys.SCHEDULE_ITERATIONS),
            values.get(MethodKeys.SCHEDULE_STRENGTH),
            values.get(MethodKeys.SCHEDULE_THRESHOLD)),
        timing(values));
  }

  private static MethodSettings.Gossip gossip(ConfigValues values) {
    return new MethodSettings.Gossip(
        new Momentum(values.get(MethodKeys.MOMENTUM), values.get(MethodKeys.MOMENTUM_STYLE)),
        values.get(MethodKeys.ORDER),
        values.get(MethodKeys.RATE),
        values.get(MethodKeys.PERIOD),
        values.get(MethodKeys.LOCAL_STEPS),
        values.get(MethodKeys.GOSSIP_STEPS),
        values.get(MethodKeys.OMEGA),
        values.get(MethodKeys.CLIMB),
        values.get(MethodKeys.ALPHA),
        values.get(MethodKeys.MARGIN),
        values.get(MethodKeys.SECOND_MOMENT));
  }

  private static MergeTiming timing(ConfigValues values) {
    return new MergeTiming(
        values.get(MethodKeys.TIMING_CHECK),
        values.get(MethodKeys.TIMING_FIRST),
        values.get(MethodKeys.TIMING_SHORTEST),
        values.get(MethodKeys.TIMING_LONGEST),
        values.get(MethodKeys.TIMING_STEP),
        WINDOW,
        TOLERANCE,
        values.get(MethodKeys.TIMING_PATIENCE),
        CALM);
  }

  /** The same as algorithms take it; one scale for every tensor. */
  public MethodSettings settings() {
    Compressors.Options options =
        new Compressors.Options(
            compress.bits(), compress.fraction(), new Blocks.Tensors(), Scaling.CONTRACTING);
    return new MethodSettings(
        gossip,
        relay,
        contrast,
        new MethodSettings.Compression(
            Compressors.create(compress.name(), options), compress.rate()),
        control,
        schedule,
        timing);
  }
}
