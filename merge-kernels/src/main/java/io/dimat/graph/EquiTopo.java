package io.dimat.graph;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.commons.rng.UniformRandomProvider;

/**
 * EquiTopo: mixing whose speed does not fall with the number of agents, of random offsets u and
 * {@code A_u = (n - 1) / n Shift_u + I / n}. Song, Li, Jin, Shi, Yan, Yin, Yuan:
 * Communication-Efficient Topologies for Decentralized Learning with O(1) Consensus Rate (arXiv
 * 2210.07881).
 */
final class EquiTopo {
  /** The share eta of A in a dynamic step; the best rate for n large. */
  static final double SHARE = 0.5;

  private static final int DRAWS = 1000;

  private EquiTopo() {}

  /**
   * D-EquiStatic: the mean of A_u over M offsets drawn with replacement; all are drawn again until
   * every agent can reach every other.
   */
  static MixingSchedule directedStatic(int agents, int matrices, long seed) {
    List<Integer> offsets = offsets("d-equi-static", agents, matrices, seed);
    return fixed("d-equi-static", agents, offsets);
  }

  /** U-EquiStatic: the mean of {@code (A_u + A_u') / 2} over M offsets, symmetric. */
  static MixingSchedule undirectedStatic(int agents, int matrices, long seed) {
    List<Integer> both = new ArrayList<>();
    for (int u : offsets("u-equi-static", agents, matrices, seed)) {
      both.add(u);
      both.add(agents - u);
    }
    return fixed("u-equi-static", agents, both);
  }

  /**
   * OD-EquiDyn: {@code W(t) = (1 - eta) I + eta A_u}, u drawn from 1 to n - 1 at every step. Mean
   * square of what remains of a difference: {@code 1 - 2 eta (1 - eta + eta / n)}.
   */
  static MixingSchedule directedDynamic(int agents, long seed) {
    return new Directed(complete("od-equi-dyn", agents), seed);
  }

  /**
   * OU-EquiDyn: {@code W(t)} pairs agents at a drawn offset u. From a drawn start, each agent i in
   * turn is paired with i + u if both are free; a pair takes {@code eta (n - 1) / n} from each
   * other.
   */
  static MixingSchedule undirectedDynamic(int agents, long seed) {
    return new Undirected(complete("ou-equi-dyn", agents), seed);
  }

  private static Topology complete(String name, int agents) {
    Topology.requireAtLeast(name, 2, agents);
    return Topology.of(name, agents, Topology.fullyConnected(agents).edges());
  }

  private static MixingSchedule fixed(String name, int agents, List<Integer> offsets) {
    Topology support = Circulant.support(name, agents, new TreeSet<>(offsets));
    double weight = (agents - 1.0) / agents / offsets.size();
    return Circulant.mixing(support, 1.0 / agents, weight, offsets);
  }

  private static List<Integer> offsets(String name, int agents, int matrices, long seed) {
    Topology.requireAtLeast(name, 2, agents);
    if (matrices < 1) {
      throw new IllegalArgumentException(
          "topology " + name + " needs topology.matrices of at least 1, got " + matrices);
    }
    for (int draw = 0; draw < DRAWS; draw++) {
      UniformRandomProvider random = StepStream.of(seed, draw);
      List<Integer> offsets = new ArrayList<>();
      for (int m = 0; m < matrices; m++) {
        offsets.add(1 + random.nextInt(agents - 1));
      }
      if (offsets.stream().reduce(agents, EquiTopo::gcd) == 1) {
        return offsets;
      }
    }
    throw new IllegalArgumentException(
        "%s drew no connected offsets of %d agents in %d draws, got topology.matrices = %d: take more"
            .formatted(name, agents, DRAWS, matrices));
  }

  private static int gcd(int a, int b) {
    return b == 0 ? a : gcd(b, a % b);
  }

  private record Directed(Topology topology, long seed) implements MixingSchedule {
    @Override
    public MixingMatrix at(long step) {
      int n = topology.agents();
      int offset = 1 + StepStream.of(seed, step).nextInt(n - 1);
      double weight = SHARE * (n - 1) / n;
      return Circulant.mixing(topology, 1 - weight, weight, List.of(offset));
    }

    @Override
    public int period() {
      return 0;
    }
  }

  private record Undirected(Topology topology, long seed) implements MixingSchedule {
    @Override
    public MixingMatrix at(long step) {
      int n = topology.agents();
      UniformRandomProvider random = StepStream.of(seed, step);
      int offset = 1 + random.nextInt(n - 1);
      int start = random.nextInt(n);
      Set<Integer> taken = new HashSet<>();
      List<Link> links = new ArrayList<>();
      for (int k = 0; k < n; k++) {
        int i = (start + k) % n;
        int j = (i + offset) % n;
        if (!taken.contains(i) && !taken.contains(j)) {
          taken.add(i);
          taken.add(j);
          links.add(Link.between(i, j, SHARE * (n - 1) / n));
        }
      }
      return Link.mixing(topology, links);
    }

    @Override
    public int period() {
      return 0;
    }
  }
}
