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
 * into it, so tasks borrow and give back; as many exist as tasks ran at once. They stay until they
 * are dropped or the process ends.
 */
final class LearnerPool {
  private static final Map<Kind, Queue<Learner>> IDLE = new ConcurrentHashMap<>();

  /** Equal factories make interchangeable learners of a network. */
  private record Kind(LearnerFactory factory, Network network) {}

  private LearnerPool() {}

  /** Runs {@code work} with a learner nobody else uses; its loaded parameters are arbitrary. */
  static <T> T use(Network network, LearnerFactory factory, Function<Learner, T> work) {
    Kind kind = new Kind(factory, network);
    Queue<Learner> idle = IDLE.get(kind);
    Learner free = idle == null ? null : idle.poll();
    Learner learner = free == null ? factory.create(network) : free;
    boolean usable = false;
    try {
      T result = work.apply(learner);
      usable = true;
      return result;
    } finally {
      // A learner that threw half-way may hold anything: it is not lent again.
      if (usable) {
        giveBack(kind, learner);
      } else {
        learner.close();
      }
    }
  }

  private static void giveBack(Kind kind, Learner learner) {
    IDLE.compute(
        kind,
        (same, idle) -> {
          Queue<Learner> all = idle == null ? new ConcurrentLinkedQueue<>() : idle;
          all.add(learner);
          return all;
        });
  }

  /** Closes the idle learners of a network, in this process; those lent stay usable. */
  static void drop(Network network, LearnerFactory factory) {
    Queue<Learner> idle = IDLE.remove(new Kind(factory, network));
    if (idle != null) {
      for (Learner next = idle.poll(); next != null; next = idle.poll()) {
        next.close();
      }
    }
  }
}
