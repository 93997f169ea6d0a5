package io.dimat.dl4j;

import io.dimat.learn.OptimizerSpec;
import org.deeplearning4j.nn.conf.NeuralNetConfiguration;
import org.nd4j.linalg.learning.config.IUpdater;
import org.nd4j.linalg.learning.config.Sgd;

/** Our optimizers as DL4J's updaters. */
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

  private static IUpdater updater(OptimizerSpec spec) {
    return switch (spec.kind()) {
      case SGD -> new Sgd(spec.learningRate());
      case MOMENTUM, ADAM -> new HostUpdater(withoutDecay(spec));
    };
  }

  private static OptimizerSpec withoutDecay(OptimizerSpec spec) {
    return new OptimizerSpec(
        spec.kind(),
        spec.learningRate(),
        spec.momentum(),
        spec.beta1(),
        spec.beta2(),
        spec.epsilon(),
        0);
  }
}
