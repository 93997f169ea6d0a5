package io.dimat.dl4j;

import io.dimat.learn.OptimizerSpec;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.learning.config.Adam;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** Our optimizers in DL4J's terms. */
final class StockUpdaters {
  private StockUpdaters() {}

  /** Defaults of all layers: the update rule, and weight decay as L2 on weights and biases. */
  static NeuralNetConfiguration.Builder configure(OptimizerSpec spec) {
    NeuralNetConfiguration.Builder defaults =
        new NeuralNetConfiguration.Builder().updater(updater(spec));
    return spec.weightDecay() == 0
        ? defaults
        : defaults.l2(spec.weightDecay()).l2Bias(spec.weightDecay());
  }

  /** DL4J's Adam adds epsilon before it corrects the bias of the second moment, ours after. */
  private static IUpdater updater(OptimizerSpec spec) {
    return switch (spec.kind()) {
      case SGD -> new Sgd(spec.learningRate());
      case MOMENTUM -> new HeavyBall(spec.learningRate(), spec.momentum());
      case ADAM -> new Adam(spec.learningRate(), spec.beta1(), spec.beta2(), spec.epsilon());
    };
  }
}
