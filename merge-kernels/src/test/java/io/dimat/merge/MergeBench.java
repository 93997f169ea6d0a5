package io.dimat.merge;

import io.dimat.align.Alignment;
import io.dimat.align.PermutationSpec;
import io.dimat.learn.Batches;
import io.dimat.learn.RandomParams;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Network;
import io.dimat.protocol.Recorder;
import io.dimat.tensor.ParamVector;
import java.util.SortedMap;
import java.util.TreeMap;

/** Random models of one network, a probe, and merges of them. The reference is the first model. */
record MergeBench(ReferenceLearner learner, Batches images) {
  /** Agents are not numbered from 0. */
  private static final int FIRST = 3;

  static MergeBench of(Network network) {
    Batches images =
        new SyntheticImages(network.inputShape(), network.classes(), 2.0, 7).batches(2, 32, 1);
    return new MergeBench(new ReferenceLearner(network), images);
  }

  /** Where what batches do to estimates is not the question. */
  static MergeBench inOneBatch(Network network, int size) {
    SyntheticImages world = new SyntheticImages(network.inputShape(), network.classes(), 2.0, 7);
    return new MergeBench(new ReferenceLearner(network), world.batches(1, size, 1));
  }

  Probe probe() {
    return new LocalProbe(learner, images);
  }

  PermutationSpec spec() {
    return PermutationSpec.of(learner.network());
  }

  /** A random model whose running statistics are those of the probe. */
  ParamVector random(long seed) {
    return probe().recalibrated(learner.network(), RandomParams.of(learner.network(), seed));
  }

  /** One random model, then the same with its units in other orders. */
  ParamVector[] permutedCopies(int copies) {
    ParamVector[] models = new ParamVector[copies];
    models[0] = random(1);
    for (int k = 1; k < copies; k++) {
      models[k] = spec().apply(Alignment.random(spec(), 4 + k), models[0]);
    }
    return models;
  }

  MergeInput input(double[] weights, ParamVector... models) {
    SortedMap<Integer, ParamVector> byAgent = new TreeMap<>();
    SortedMap<Integer, Double> shares = new TreeMap<>();
    for (int k = 0; k < models.length; k++) {
      byAgent.put(FIRST + k, models[k]);
      shares.put(FIRST + k, weights[k]);
    }
    return new MergeInput(FIRST, byAgent, shares, probe(), new Recorder(() -> 0));
  }

  Merged merge(MergeOperator operator, double[] weights, ParamVector... models) {
    return operator.merge(input(weights, models));
  }

  /**
   * Largest difference of logits, relative to the largest logit. On the probe, because only there
   * dead units have been seen to be dead.
   */
  double difference(ParamVector expected, ParamVector got) {
    float[] x = logits(expected);
    float[] y = logits(got);
    double largest = 0;
    double scale = 0;
    for (int i = 0; i < x.length; i++) {
      largest = Math.max(largest, Math.abs(x[i] - y[i]));
      scale = Math.max(scale, Math.abs(x[i]));
    }
    return largest / scale;
  }

  float[] logits(ParamVector model) {
    learner.load(model);
    return learner.logits(images.list().get(0));
  }
}
