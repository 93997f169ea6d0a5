package io.dimat.partition;

import io.dimat.source.DataException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * The pathological division of FedAvg (McMahan et al., arXiv 1602.05629): sort N images by class,
 * cut them into s K pieces of floor(N / (s K)) images, deal s random pieces to each of K agents.
 * Most agents then see at most s classes, all see at most 2 s where no class is smaller than a
 * piece. The last N mod s K images are not used.
 *
 * @param shards pieces per agent, s, at least 1; the paper has 2
 */
public record PathologicalPartitioner(int shards) implements Partitioner {
  /** Name in configurations. */
  public static final String NAME = "pathological";

  public PathologicalPartitioner {
    if (shards < 1) {
      throw new DataException("pathological needs at least 1 shard per agent, got " + shards);
    }
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public SortedMap<String, String> parameters() {
    return Collections.unmodifiableSortedMap(
        new TreeMap<>(java.util.Map.of("shards", Integer.toString(shards))));
  }

  @Override
  public List<Cut> cuts(List<Long> classSizes, int agents, long seed) {
    long images = classSizes.stream().mapToLong(Long::longValue).sum();
    long pieces = (long) agents * shards;
    if (images < pieces) {
      throw new DataException(
          "pathological cuts the images into %d x %d pieces, there are %d; take fewer agents, fewer shards per agent or more images"
              .formatted(agents, shards, images));
    }
    int[] owners = PermutationSampler.natural(Math.toIntExact(pieces));
    PermutationSampler.shuffle(RandomSource.XO_RO_SHI_RO_128_PP.create(seed), owners);
    long length = images / pieces;
    List<Cut> cuts = new ArrayList<>();
    long start = 0;
    for (int label = 0; label < classSizes.size(); label++) {
      long end = Math.min(start + classSizes.get(label), length * pieces);
      for (long from = start; from < end; ) {
        int piece = Math.toIntExact(from / length);
        long to = Math.min(end, (piece + 1) * length);
        cuts.add(new Cut(label, owners[piece] / shards, from - start, to - start));
        from = to;
      }
      start += classSizes.get(label);
    }
    return cuts;
  }
}
