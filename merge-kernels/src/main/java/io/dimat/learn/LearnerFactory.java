package io.dimat.learn;

import io.dimat.network.Network;
import java.io.Serializable;

/**
 * Makes learners where they are needed: a learner itself never leaves its process. Learners of
 * equal factories are interchangeable, so an implementation is a record, not a lambda (which equals
 * nothing else after it was serialized).
 */
public interface LearnerFactory extends Serializable {
  Learner create(Network network);
}
