package io.dimat.bench;

import io.dimat.align.ActivationMatching;
import io.dimat.align.CrossMoments;
import io.dimat.align.Matching;
import io.dimat.align.PermutationSpec;
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.learn.Batches;
import io.dimat.learn.Learner;
import io.dimat.learn.RandomParams;
import io.dimat.learn.SyntheticImages;
import io.dimat.merge.LocalProbe;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.tensor.ParamVector;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * What merging two models costs on one thread, part by part: forward passes with the products of
 * their activations, assignment, permuting and averaging, batch-norm recalibration. Arguments:
 * network of the zoo, probe images (a multiple of 128), repetitions.
 */
public final class MergeCostBench {
  private static final int BATCH = 128;
  private static final List<String> PARTS =
      List.of("forward passes and products", "assignment", "permute and average", "recalibrate");

  private MergeCostBench() {}

  public static void main(String[] args) {
    Shape input = new Shape(3, 32, 32);
    Network network = Zoo.create(args[0], new ZooOptions(input, 10, 1, Shortcut.CONV3X3));
    int images = Integer.parseInt(args[1]);
    int repetitions = Integer.parseInt(args[2]);
    Batches batches = new SyntheticImages(input, 10, 0.5, 7).batches(images / BATCH, BATCH, 2);
    double[][] seconds = new double[PARTS.size()][repetitions];
    try (Learner learner = new Dl4jLearner(network)) {
      for (int r = -1; r < repetitions; r++) { // one round to warm up
        measure(learner, batches, seconds, r);
      }
    }
    double total = 0;
    for (double[] part : seconds) {
      total += median(part);
    }
    for (int p = 0; p < PARTS.size(); p++) {
      double median = median(seconds[p]);
      System.out.printf(
          Locale.ROOT, "%-28s %7.3f s  %5.1f %%%n", PARTS.get(p), median, 100 * median / total);
    }
    System.out.printf(Locale.ROOT, "%-28s %7.3f s%n", "total", total);
  }

  private static void measure(
      Learner learner, Batches batches, double[][] seconds, int repetition) {
    Network network = learner.network();
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector a = RandomParams.of(network, 1);
    ParamVector b = RandomParams.of(network, 2);
    long[] times = new long[PARTS.size() + 1];
    times[0] = System.nanoTime();
    List<CrossMoments> moments =
        learner.crossMoments(a, List.of(b), batches, spec.matchPoints()).get(0);
    times[1] = System.nanoTime();
    Matching matching = ActivationMatching.match(spec, moments);
    times[2] = System.nanoTime();
    ParamVector merged =
        ParamVector.weightedSum(
            new double[] {0.5, 0.5}, List.of(a, spec.apply(matching.alignment(), b)));
    times[3] = System.nanoTime();
    if (network.hasBatchNorm()) {
      new LocalProbe(learner, batches).recalibrated(network, merged);
    }
    times[4] = System.nanoTime();
    for (int p = 0; p < PARTS.size() && repetition >= 0; p++) {
      seconds[p][repetition] = (times[p + 1] - times[p]) * 1e-9;
    }
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
