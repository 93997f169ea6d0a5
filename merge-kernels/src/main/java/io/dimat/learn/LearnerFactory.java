package io.dimat.learn;

import io.dimat.network.Network;
import java.io.Serializable;

/** Makes learners where they are needed: a learner itself never leaves its process. */
@FunctionalInterface
public interface LearnerFactory extends Serializable {
  Learner create(Network network);
}
