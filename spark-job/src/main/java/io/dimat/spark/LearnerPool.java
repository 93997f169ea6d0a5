package io.dimat.spark;

import io.dimat.learn.Learner;
import io.dimat.learn.LearnerFactory;
import io.dimat.network.Network;
import java.util.Map;
import java.util.Queue;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Function;

/**
 * The learners of one executor process. Building a graph costs far more than loading parameters
 * into it, so tasks borrow and give back; as many exist as tasks ran at once.
 */
final class LearnerPool {
  private static final Map<Kind, Queue<Learner>> IDLE = new ConcurrentHashMap<>();

  /** Equal factories make interchangeable learners of a network. */
  private record Kind(LearnerFactory factory, Network network) {}

  private LearnerPool() {}

  /** Runs {@code work} with a learner nobody else uses; its loaded parameters are arbitrary. */
  static <T> T use(Network network, LearnerFactory factory, Function<Learner, T> work) {
    Queue<Learner> idle =
        IDLE.computeIfAbsent(new Kind(factory, network), kind -> new ConcurrentLinkedQueue<>());
    Learner free = idle.poll();
    Learner learner = free == null ? factory.create(network) : free;
    boolean usable = false;
    try {
      T result = work.apply(learner);
      usable = true;
      return result;
    } finally {
      // A learner that threw half-way may hold anything: it is not lent again.
      if (usable) {
        idle.add(learner);
      } else {
        learner.close();
      }
    }
  }
}
