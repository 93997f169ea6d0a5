package io.dimat.algorithm.part;

import java.io.Serializable;

/** When agents communicate, and how. Schedules are values, so that equal programs are equal. */
public interface CommunicationSchedule extends Serializable {
  /** What an iteration ends in. */
  enum Communication {
    /** Nothing is sent. */
    LOCAL,
    /** Neighbours average. */
    GOSSIP,
    /** All agents take the mean of all models. */
    GLOBAL
  }

  /**
   * What happens in an iteration.
   *
   * @param iteration counted over the whole run from 0
   */
  Communication at(long iteration);

  /** The most iterations with communication among so many in a row. */
  long most(long iterations);

  /** Never. */
  static CommunicationSchedule never() {
    return new Between(0, 0);
  }

  /**
   * Gossip in every k-th iteration: {@code k - 1, 2k - 1, ...}.
   *
   * @param every k, at least 1
   */
  static CommunicationSchedule uniform(long every) {
    if (every < 1) {
      throw new IllegalArgumentException("gossip is every 1 or more iterations, got " + every);
    }
    return new Cycle(every - 1, 1);
  }

  /**
   * {@code local} iterations alone, then {@code gossiping} ones with gossip, and again: LD-SGD.
   *
   * @param local at least 0
   * @param gossiping at least 1
   */
  static CommunicationSchedule cycle(long local, long gossiping) {
    if (local < 0 || gossiping < 1) {
      throw new IllegalArgumentException(
          "a cycle has 0 or more local and 1 or more gossiping iterations, got %d and %d"
              .formatted(local, gossiping));
    }
    return new Cycle(local, gossiping);
  }

  /**
   * Gossip in the first part of the run only.
   *
   * @param fraction of all iterations, in [0, 1]
   * @param total iterations of the run
   */
  static CommunicationSchedule early(double fraction, long total) {
    return new Between(0, share(fraction, total));
  }

  /**
   * Gossip in the last part of the run only.
   *
   * @param fraction of all iterations, in [0, 1]
   * @param total iterations of the run
   */
  static CommunicationSchedule late(double fraction, long total) {
    return new Between(total - share(fraction, total), total);
  }

  /**
   * This schedule with a global average instead of whatever the last iteration would do.
   *
   * @param total iterations of the run
   */
  default CommunicationSchedule finallyGlobal(long total) {
    return new Ending(this, total);
  }

  /** Some iterations alone, then some with gossip, and again. */
  record Cycle(long local, long gossiping) implements CommunicationSchedule {
    @Override
    public Communication at(long iteration) {
      boolean alone = iteration % (local + gossiping) < local;
      return alone ? Communication.LOCAL : Communication.GOSSIP;
    }

    @Override
    public long most(long iterations) {
      long rest = iterations % (local + gossiping);
      return iterations / (local + gossiping) * gossiping + Math.min(rest, gossiping);
    }
  }

  /** Gossip from one iteration to before another. */
  record Between(long first, long end) implements CommunicationSchedule {
    @Override
    public Communication at(long iteration) {
      boolean inside = first <= iteration && iteration < end;
      return inside ? Communication.GOSSIP : Communication.LOCAL;
    }

    @Override
    public long most(long iterations) {
      return Math.min(iterations, end - first);
    }
  }

  /** A global average in the last iteration. */
  record Ending(CommunicationSchedule before, long total) implements CommunicationSchedule {
    @Override
    public Communication at(long iteration) {
      return iteration == total - 1 ? Communication.GLOBAL : before.at(iteration);
    }

    @Override
    public long most(long iterations) {
      return Math.min(iterations, before.most(iterations) + 1);
    }
  }

  private static long share(double fraction, long total) {
    if (!(fraction >= 0 && fraction <= 1)) {
      throw new IllegalArgumentException("a fraction of the run is in [0, 1], got " + fraction);
    }
    return Math.round(fraction * total);
  }
}
