package io.dimat.protocol;

import java.io.Serializable;

/**
 * {@code seed(run, agent, time, purpose, index)}: where every random choice comes from. Never from
 * an attempt, a host, the time, or the order in which tasks happen to run.
 *
 * @param run the seed of the run
 */
public record Seeds(long run) implements Serializable {
  /** Stands for "no agent in particular": a stream that all agents agree on. */
  public static final int SHARED = -1;

  /** A seed for one agent in one round or iteration. */
  public long of(int agent, long time, Purpose purpose) {
    return of(agent, time, purpose, 0);
  }

  /**
   * A seed for one agent in one round or iteration.
   *
   * @param time the round or, of methods that count them, the iteration
   * @param index tells apart several streams of one purpose in one round, for example epochs of a
   *     round
   */
  public long of(int agent, long time, Purpose purpose, int index) {
    long h = scramble(run);
    h = scramble(h ^ agent);
    h = scramble(h ^ time);
    h = scramble(h ^ purpose.name().hashCode());
    return scramble(h ^ index);
  }

  /** SplitMix64's step and finaliser (Steele, Lea, Flood 2014): a bijection of 64-bit words. */
  private static long scramble(long x) {
    long z = x + 0x9E3779B97F4A7C15L;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
