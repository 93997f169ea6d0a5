package io.dimat.graph;

import java.util.List;
import java.util.stream.IntStream;

/**
 * Directed exponential mixing: agent i sends to {@code i + 2^k (mod n)}, k from 0 to {@code h - 1},
 * {@code h = ceil(log2 n)}. Ying, Yuan, Chen, Hu, Pan, Yin: Exponential Graph is Provably Efficient
 * for Decentralized Deep Training (arXiv 2110.13363).
 */
final class Exponential {
  private Exponential() {}

  /** All hops at once, weights {@code 1 / (1 + h)}: doubly stochastic, the same at every step. */
  static MixingSchedule allPeers(int agents) {
    Topology.requireAtLeast("exponential", 2, agents);
    List<Integer> hops = hops(agents);
    double weight = 1.0 / (1 + hops.size());
    return Circulant.mixing(Circulant.support("exponential", agents, hops), weight, weight, hops);
  }

  /**
   * One hop a step, {@code 2^(t mod h)}, weights 1/2 and 1/2. The product of h steps is exactly the
   * mean of all agents if and only if n is a power of two.
   */
  static MixingSchedule onePeer(int agents) {
    Topology.requireAtLeast("one-peer-exponential", 2, agents);
    return new OnePeer(Circulant.support("one-peer-exponential", agents, hops(agents)));
  }

  private static List<Integer> hops(int agents) {
    return IntStream.iterate(1, hop -> hop < agents, hop -> 2 * hop).boxed().toList();
  }

  private record OnePeer(Topology topology) implements MixingSchedule {
    @Override
    public MixingMatrix at(long step) {
      int hop = 1 << Math.floorMod(step, period());
      return Circulant.mixing(topology, 0.5, 0.5, List.of(hop));
    }

    @Override
    public int period() {
      return hops(topology.agents()).size();
    }
  }
}
