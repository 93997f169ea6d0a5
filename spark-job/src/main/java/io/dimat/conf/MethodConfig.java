package io.dimat.conf;

import io.dimat.algorithm.MethodSettings;
import io.dimat.algorithm.merging.MergeTiming;
import io.dimat.algorithm.part.GossipStatistics;
import io.dimat.algorithm.part.Momentum;
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
        values.get(GossipKeys.STATISTICS),
        new MethodSettings.Relay(
            values.get(ExchangeKeys.RELAY_TREE),
            values.get(ExchangeKeys.RELAY_FILL),
            values.get(ExchangeKeys.RELAY_LOSS)),
        new MethodSettings.Contrast(
            values.get(ExchangeKeys.CONTRAST_MODEL), values.get(ExchangeKeys.CONTRAST_DATA)),
        new Compress(
            values.get(ExchangeKeys.COMPRESSOR),
            values.get(ExchangeKeys.COMPRESS_BITS),
            values.get(ExchangeKeys.COMPRESS_FRACTION),
            values.get(ExchangeKeys.COMPRESS_RATE)),
        new MethodSettings.Control(
            values.get(ControlKeys.CONTROL_FACTOR),
            values.get(ControlKeys.CONTROL_DISTANCE),
            values.get(ControlKeys.CONTROL_UNTIL),
            values.get(ControlKeys.CONTROL_MOST),
            values.get(ControlKeys.CONTROL_ACCELERATION)),
        new MethodSettings.Schedule(
            values.get(ControlKeys.SCHEDULE_FRACTION),
            values.get(ControlKeys.SCHEDULE_ITERATIONS),
            values.get(ControlKeys.SCHEDULE_STRENGTH),
            values.get(ControlKeys.SCHEDULE_THRESHOLD)),
        timing(values));
  }

  private static MethodSettings.Gossip gossip(ConfigValues values) {
    return new MethodSettings.Gossip(
        new Momentum(values.get(GossipKeys.MOMENTUM), values.get(GossipKeys.MOMENTUM_STYLE)),
        values.get(GossipKeys.ORDER),
        values.get(GossipKeys.RATE),
        values.get(GossipKeys.PERIOD),
        values.get(GossipKeys.LOCAL_STEPS),
        values.get(GossipKeys.GOSSIP_STEPS),
        values.get(GossipKeys.OMEGA),
        values.get(GossipKeys.CLIMB),
        values.get(GossipKeys.ALPHA),
        values.get(GossipKeys.MARGIN),
        values.get(GossipKeys.SECOND_MOMENT));
  }

  private static MergeTiming timing(ConfigValues values) {
    return new MergeTiming(
        values.get(ControlKeys.TIMING_CHECK),
        values.get(ControlKeys.TIMING_FIRST),
        values.get(ControlKeys.TIMING_SHORTEST),
        values.get(ControlKeys.TIMING_LONGEST),
        values.get(ControlKeys.TIMING_STEP),
        WINDOW,
        TOLERANCE,
        values.get(ControlKeys.TIMING_PATIENCE),
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
