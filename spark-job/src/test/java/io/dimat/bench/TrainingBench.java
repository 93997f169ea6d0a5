package io.dimat.bench;

import io.dimat.align.MatchPoint;
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.learn.Batches;
import io.dimat.learn.Learner;
import io.dimat.learn.LocalOptimizer;
import io.dimat.learn.OptimizerSpec;
import io.dimat.learn.RandomParams;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.tensor.ParamVector;
import java.util.List;
import java.util.Locale;

/**
 * Images per second of one learner: {@code TrainingBench NETWORK BATCH SECONDS}, the network one of
 * the zoo's: {@code cnn} on 1x28x28, the others on 3x32x32. Prints one line of {@code name=value}
 * pairs; {@code training_bench.py} does the same in PyTorch.
 */
public final class TrainingBench {
  private TrainingBench() {}

  public static void main(String[] args) {
    Shape input = args[0].equals("cnn") ? new Shape(1, 28, 28) : new Shape(3, 32, 32);
    Network network = Zoo.create(args[0], new ZooOptions(input, 10, 1, Shortcut.CONV1X1));
    int batch = Integer.parseInt(args[1]);
    double seconds = Double.parseDouble(args[2]);
    Batches batches = new SyntheticImages(input, 10, 0.5, 7).batches(4, batch, 1);
    ParamVector params = RandomParams.of(network, 1);
    List<MatchPoint> points =
        network.layers().stream()
            .filter(Layer.Activation.class::isInstance)
            .map(layer -> new MatchPoint(0, layer.name()))
            .toList();
    try (Learner learner = new Dl4jLearner(network)) {
      learner.load(params);
      LocalOptimizer sgd = OptimizerSpec.momentum(1e-4, 0.9).create();
      double train = rate(() -> learner.train(sgd, batches), batches, seconds);
      double evaluate = rate(() -> learner.evaluate(batches), batches, seconds);
      double moments =
          rate(
              () -> learner.crossMoments(params, List.of(learner.store()), batches, points),
              batches,
              seconds);
      System.out.printf(
          Locale.ROOT, "train=%.0f evaluate=%.0f moments=%.0f%n", train, evaluate, moments);
    }
  }

  /** Images per second after as long a warm-up. */
  private static double rate(Runnable pass, Batches batches, double seconds) {
    double rate = 0;
    for (int round = 0; round < 2; round++) {
      long start = System.nanoTime();
      long images = 0;
      while (System.nanoTime() - start < seconds * 1e9) {
        pass.run();
        images += batches.images();
      }
      rate = images / ((System.nanoTime() - start) / 1e9);
    }
    return rate;
  }
}
