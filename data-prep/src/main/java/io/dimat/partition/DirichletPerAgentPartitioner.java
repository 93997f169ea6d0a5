package io.dimat.partition;

import io.dimat.source.DataException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.DirichletSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Dirichlet over classes (Hsu, Qi and Brown, arXiv 1909.06335): agent i draws its own class
 * distribution q_i ~ Dir(alpha prior), where prior is the classes' share of all images, and then
 * floor(N / K) images without replacement, the class of each from q_i restricted to the classes
 * that have images left. All shards have the same size; fewer than K images are not used. Note that
 * alpha is the total concentration: with C equal classes each has alpha / C, so one alpha means
 * more skew here than in {@code dirichlet}.
 *
 * <p>Agents draw in turn, so late agents find fewer classes left than their q_i asks for. If q_i is
 * 0 on all classes that are left, these are equally likely.
 *
 * @param alpha total concentration in [0.001, 1000000]
 */
public record DirichletPerAgentPartitioner(double alpha) implements Partitioner {
  /** Name in configurations. */
  public static final String NAME = "dirichlet-per-agent";

  public DirichletPerAgentPartitioner {
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
    int[] labels =
        IntStream.range(0, classSizes.size()).filter(c -> classSizes.get(c) > 0).toArray();
    long images = classSizes.stream().mapToLong(Long::longValue).sum();
    if (images < agents) {
      throw new DataException(
          "dirichlet-per-agent must give each of %d agents 1 image, there are %d; take fewer agents or more images"
              .formatted(agents, images));
    }
    UniformRandomProvider random = RandomSource.XO_RO_SHI_RO_128_PP.create(seed);
    Multinomial multinomial = new Multinomial(random);
    long[] left = Arrays.stream(labels).mapToLong(classSizes::get).toArray();
    double[] prior = Arrays.stream(left).mapToDouble(n -> alpha * n / images).toArray();
    List<Cut> cuts = new ArrayList<>();
    for (int agent = 0; agent < agents; agent++) {
      double[] wanted =
          labels.length == 1 ? new double[] {1} : DirichletSampler.of(random, prior).sample();
      long[] taken = take(images / agents, wanted, left, multinomial);
      for (int i = 0; i < labels.length; i++) {
        if (taken[i] > 0) {
          long from = classSizes.get(labels[i]) - left[i];
          cuts.add(new Cut(labels[i], agent, from, from + taken[i]));
          left[i] -= taken[i];
        }
      }
    }
    return cuts;
  }

  /**
   * Counts of images drawn one after the other without replacement. Draws from a class that has run
   * out are void and repeated among the others, which is what the loop does with all of them at
   * once: its law is that of single draws.
   *
   * @param left images per class, with a sum of at least {@code size}; not modified
   */
  private static long[] take(long size, double[] wanted, long[] left, Multinomial multinomial) {
    long[] taken = new long[left.length];
    long missing = size;
    while (missing > 0) {
      long[] drawn = multinomial.draw(missing, open(wanted, left, taken));
      for (int i = 0; i < taken.length; i++) {
        long fits = Math.min(drawn[i], left[i] - taken[i]);
        taken[i] += fits;
        missing -= fits;
      }
    }
    return taken;
  }

  /** Weights of the classes that have images left, 0 for the others. */
  private static double[] open(double[] wanted, long[] left, long[] taken) {
    double[] weights = new double[wanted.length];
    Arrays.setAll(weights, i -> taken[i] < left[i] ? wanted[i] : 0);
    if (Arrays.stream(weights).sum() == 0) {
      Arrays.setAll(weights, i -> taken[i] < left[i] ? 1 : 0);
    }
    return weights;
  }
}
