package io.dimat.dl4j;

import io.dimat.learn.Learner;
import io.dimat.learn.LearnerContractTest;
import io.dimat.network.Network;

final class Dl4jLearnerTest extends LearnerContractTest {
  @Override
  protected Learner create(Network network) {
    return new Dl4jLearner(network);
  }

  @Override
  protected double tolerance() {
    return 2e-5;
  }

  @Override
  protected double differenceStep() {
    return 1e-2;
  }

  @Override
  protected double differenceTolerance() {
    return 1e-3;
  }
}
