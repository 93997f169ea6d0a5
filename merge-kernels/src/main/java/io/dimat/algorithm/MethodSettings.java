package io.dimat.algorithm;

import io.dimat.algorithm.control.GossipAcceleration;
import io.dimat.algorithm.heterogeneity.RelayFill;
import io.dimat.algorithm.merging.MergeTiming;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.Momentum;
import io.dimat.compress.Blocks;
import io.dimat.compress.Compressor;
import io.dimat.compress.EightBit;
import java.io.Serializable;

/**
 * What a configuration says about methods that exchange at every iteration. Each method reads some
 * of it; which, is said where it is registered.
 */
public record MethodSettings(
    Gossip gossip,
    Relay relay,
    Contrast contrast,
    Compression compression,
    Control control,
    Schedule schedule,
    MergeTiming timing)
    implements Serializable {
  /** What methods do where a configuration says nothing. */
  public static final MethodSettings DEFAULTS =
      new MethodSettings(
          new Gossip(
              new Momentum(0.9, Momentum.Style.NESTEROV),
              CombineOrder.COMBINE_THEN_ADAPT,
              1,
              10,
              10,
              20,
              0.5,
              0.05,
              1,
              0.5,
              0.01),
          new Relay(RelayTree.SPANNING, RelayFill.OWN_HALF_STEP, 0),
          new Contrast(0.1, 0.1),
          new Compression(new EightBit(new Blocks.Tensors()), 0.9),
          new Control(0.5, 0, 0, 8, GossipAcceleration.CHEBYSHEV),
          new Schedule(0.1, 0, 0.1, 0),
          new MergeTiming(10, 20, 10, 200, 2, 5, 0.05, 1.2, 3));

  /**
   * Gossip at every iteration.
   *
   * @param momentum of methods that have one
   * @param order whether steps are mixed
   * @param rate consensus step gamma of {@code x + gamma (mix(x) - x)}, in (0, 1]
   * @param period iterations between two exchanges, of methods that do not exchange in each
   * @param localSteps iterations of LD-SGD alone, then
   * @param gossipSteps iterations with gossip
   * @param omega share of DMSGD's momentum that is mixed, in [0, 1]
   * @param climb radius rho of sharpness-aware gradients
   * @param alpha weight of neighbours' data in NGC, in [0, 1]
   * @param margin of CGA's quadratic program
   * @param secondMoment initial second moment of AMSGrad with a tracked denominator
   */
  public record Gossip(
      Momentum momentum,
      CombineOrder order,
      double rate,
      int period,
      int localSteps,
      int gossipSteps,
      double omega,
      double climb,
      double alpha,
      double margin,
      double secondMoment)
      implements Serializable {}

  /** Which tree sums are relayed along. */
  public enum RelayTree {
    /** Shortest paths from agent 0. */
    SPANNING,
    /** A binary tree of all agents; its edges must be edges of the topology. */
    BINARY,
    /** That tree and its mirror image, half of the values on each. */
    DOUBLE_BINARY
  }

  /** RelaySum. */
  public record Relay(RelayTree tree, RelayFill fill, double dropRate) implements Serializable {}

  /** Cross-feature contrastive loss: weights of its two terms. */
  public record Contrast(double modelWeight, double dataWeight) implements Serializable {}

  /**
   * Compressed exchange.
   *
   * @param rate consensus step gamma of the compressed exchange, in (0, 1]
   */
  public record Compression(Compressor compressor, double rate) implements Serializable {}

  /**
   * Consensus control.
   *
   * @param factor how many steps apart agents may be; read if {@code distance} is 0
   * @param distance how far apart agents may be; 0 if in proportion to steps
   * @param until iterations under control, the first ones of the run; 0 if all
   * @param most gossip rounds of an iteration
   */
  public record Control(
      double factor, double distance, long until, int most, GossipAcceleration acceleration)
      implements Serializable {}

  /**
   * When to communicate.
   *
   * @param fraction of the run in which early and late schedules communicate, in [0, 1]
   * @param iterations of the whole run, for methods that must know its end; 0 if not said
   * @param strength gossip rate at the end of a run whose strength falls from 1
   * @param threshold squared distance that triggers dynamic averaging; 0 if not said
   */
  public record Schedule(double fraction, long iterations, double strength, double threshold)
      implements Serializable {}
}
