package io.dimat.bench;

import io.dimat.dl4j.Dl4jLearner;
import io.dimat.learn.Batches;
import io.dimat.learn.Learner;
import io.dimat.learn.LocalOptimizer;
import io.dimat.learn.OptimizerSpec;
import io.dimat.learn.RandomParams;
import io.dimat.learn.SyntheticImages;
import io.dimat.merge.ActivationAligner;
import io.dimat.merge.AlignedMerge;
import io.dimat.merge.BatchNormPolicy;
import io.dimat.merge.Folding;
import io.dimat.merge.LocalProbe;
import io.dimat.merge.MergeInput;
import io.dimat.merge.Merged;
import io.dimat.merge.Probe;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.protocol.Metric;
import io.dimat.protocol.Recorder;
import io.dimat.tensor.ParamVector;
import java.util.Arrays;
import java.util.Locale;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What merging costs beside training: {@code MergeBench NETWORK REPETITIONS}. One agent of a ring
 * (two neighbours, 256 probe images) matches, merges and recalibrates, in alternation with two
 * epochs over 2000 images at batch 100; prints medians and the ratio.
 */
public final class MergeBench {
  private static final int TRAINING_IMAGES = 2000;
  private static final int EPOCHS = 2;

  private MergeBench() {}

  public static void main(String[] args) {
    Shape input = args[0].equals("cnn") ? new Shape(1, 28, 28) : new Shape(3, 32, 32);
    Network network = Zoo.create(args[0], new ZooOptions(input, 10, 1, Shortcut.CONV3X3));
    SyntheticImages world = new SyntheticImages(input, 10, 0.5, 7);
    Batches training = world.batches(TRAINING_IMAGES / 100, 100, 1);
    Batches probeImages = world.batches(2, 128, 2);
    SortedMap<Integer, ParamVector> models = new TreeMap<>();
    SortedMap<Integer, Double> weights = new TreeMap<>();
    for (int agent = 0; agent < 3; agent++) {
      models.put(agent, RandomParams.of(network, agent));
      weights.put(agent, 1.0 / 3);
    }
    int repetitions = Integer.parseInt(args[1]);
    double[] train = new double[repetitions];
    double[] merge = new double[repetitions];
    double[] align = new double[repetitions];
    try (Learner learner = new Dl4jLearner(network)) {
      Probe probe = new LocalProbe(learner, probeImages);
      for (int r = 0; r < repetitions; r++) {
        learner.load(models.get(0));
        LocalOptimizer sgd = OptimizerSpec.momentum(1e-4, 0.9).create();
        train[r] =
            seconds(
                () -> {
                  for (int epoch = 0; epoch < EPOCHS; epoch++) {
                    learner.train(sgd, training);
                  }
                });
        Recorder recorder = new Recorder(System::nanoTime);
        merge[r] =
            seconds(
                () -> {
                  Merged merged =
                      new AlignedMerge(new ActivationAligner(), Folding.JOINT)
                          .merge(new MergeInput(0, models, weights, probe, recorder));
                  BatchNormPolicy.RECALIBRATE.apply(merged.model(), models.get(0), probe);
                });
        align[r] = recorder.metrics().values().get(Metric.SECONDS_ALIGN);
      }
    }
    System.out.printf(
        Locale.ROOT,
        "train=%.3f s merge=%.3f s (align %.3f s) ratio=%.3f%n",
        median(train),
        median(merge),
        median(align),
        median(merge) / median(train));
  }

  private static double seconds(Runnable work) {
    long start = System.nanoTime();
    work.run();
    return (System.nanoTime() - start) * 1e-9;
  }

  private static double median(double[] values) {
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[sorted.length / 2];
  }
}
