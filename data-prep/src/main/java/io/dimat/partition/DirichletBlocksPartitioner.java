package io.dimat.partition;

import io.dimat.source.DataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Dirichlet label skew with capacities, as the codes of RelaySGD (arXiv 2110.04175) and
 * Quasi-Global Momentum (arXiv 2102.04761) draw it. Agents form blocks of at most {@value #BLOCK},
 * in their order; of every class a block gets its share by agents (16 agents: 10/16 and 6/16).
 * Inside a block of k agents and m images, for each class draw p ~ Dir(alpha 1_k), set p to 0 for
 * agents that already hold m / k images or more, divide p by its sum and cut the class's images at
 * the cumulative sums. If all of p fell on full agents, the open ones share alike. A block is drawn
 * again until each of its agents holds at least half of m / k. Every image is used.
 *
 * <p>Differs from those codes in two points: blocks get equal shares of every class instead of a
 * random choice of all images, and shards are not joined and cut again into equal sizes, which
 * would mix the classes at every border.
 *
 * @param alpha concentration in [0.001, 1000000]
 */
public record DirichletBlocksPartitioner(double alpha) implements Partitioner {
  /** Name in configurations. */
  public static final String NAME = "dirichlet-blocks";

  private static final int BLOCK = 10;
  private static final int TRIES = 10_000;

  public DirichletBlocksPartitioner {
    Concentration.require(NAME, "alpha", alpha);
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SortedMap<String, String> parameters() {
    return Collections.unmodifiableSortedMap(
        new TreeMap<>(java.util.Map.of("alpha", Double.toString(alpha))));
  }

  @Override
  public List<Cut> cuts(List<Long> classSizes, int agents, long seed) {
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    List<Cut> cuts = new ArrayList<>();
    for (int first = 0; first < agents; first += BLOCK) {
      int end = Math.min(agents, first + BLOCK);
      cuts.addAll(accepted(Block.of(classSizes, first, end, agents), random));
    }
    return cuts;
  }

  private List<Cut> accepted(Block block, UniformRandomProvider random) {
    for (int attempt = 0; attempt < TRIES; attempt++) {
      List<Cut> cuts = new ArrayList<>();
      long smallest = draw(block, random, cuts);
      if (2 * smallest * block.agents() >= block.images()) {
        return cuts;
      }
    }
    throw new DataException(
        "dirichlet-blocks with alpha %s gave some of agents %d to %d less than half of their mean of %d images in each of %d draws; raise alpha, change the number of agents, or choose dirichlet"
            .formatted(
                alpha,
                block.firstAgent(),
                block.firstAgent() + block.agents() - 1,
                block.images() / block.agents(),
                TRIES));
  }

  /** Adds one draw to {@code cuts}; the result is the size of its smallest shard. */
  private long draw(Block block, UniformRandomProvider random, List<Cut> cuts) {
    long[] held = new long[block.agents()];
    for (ShareCuts piece : block.pieces()) {
      if (piece.size() == 0) {
        continue;
      }
      double[] shares = Concentration.symmetric(random, block.agents(), alpha);
      close(shares, held, block.images());
      int before = cuts.size();
      piece.add(shares, block.firstAgent(), cuts);
      for (Cut cut : cuts.subList(before, cuts.size())) {
        held[cut.owner() - block.firstAgent()] += cut.size();
      }
    }
    return java.util.Arrays.stream(held).min().orElse(0);
  }

  /**
   * Takes full agents' shares away. At least one agent is open as long as images are left, since
   * not all can hold the mean before all images are dealt.
   */
  private static void close(double[] shares, long[] held, long images) {
    double open = 0;
    int openAgents = 0;
    for (int i = 0; i < shares.length; i++) {
      if (full(held[i], shares.length, images)) {
        shares[i] = 0;
      } else {
        open += shares[i];
        openAgents++;
      }
    }
    for (int i = 0; i < shares.length; i++) {
      if (open > 0) {
        shares[i] /= open;
      } else {
        shares[i] = full(held[i], shares.length, images) ? 0 : 1.0 / openAgents;
      }
    }
  }

  private static boolean full(long held, int agents, long images) {
    return held * agents >= images;
  }

  /**
   * Agents that share images of their own.
   *
   * @param pieces of class c at position c
   */
  private record Block(int firstAgent, int agents, List<ShareCuts> pieces) {
    static Block of(List<Long> classSizes, int first, int end, int agents) {
      List<ShareCuts> pieces = new ArrayList<>();
      for (int label = 0; label < classSizes.size(); label++) {
        long from = classSizes.get(label) * first / agents;
        pieces.add(new ShareCuts(label, from, classSizes.get(label) * end / agents - from));
      }
      return new Block(first, end - first, List.copyOf(pieces));
    }

    long images() {
      return pieces.stream().mapToLong(ShareCuts::size).sum();
    }
  }
}
