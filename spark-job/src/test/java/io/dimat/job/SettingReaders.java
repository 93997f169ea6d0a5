package io.dimat.job;

import io.dimat.algorithm.Algorithms;
import io.dimat.conf.ConfigLoader;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/** Which algorithm reads which setting, found out by planning every algorithm with and without. */
public final class SettingReaders {
  private static final String RUN =
      """
      agents = 4
      init = common
      pretrain.epochs = 0
      rounds = 2
      network.name = mlp
      topology.name = fully-connected
      train.steps-per-round = 3
      gossip {
        momentum = 0.5, momentum-style = heavy-ball, statistics = local, order = adapt-then-combine
        rate = 0.5, period = 2, local-steps = 2, gossip-steps = 3, omega = 0.25, climb = 0.1
        alpha = 0.5, margin = 0.25, second-moment = 0.1
      }
      relay { tree = binary, fill = common-start, loss = 0.1 }
      contrast { model = 0.2, data = 0.2 }
      compress { fraction = 0.2, rate = 0.5, bits = 8 }
      control { until = 3, most = 4, acceleration = plain }
      schedule { fraction = 0.5, iterations = 6, strength = 0.2, threshold = 1 }
      timing { check = 5, first = 15, shortest = 5, longest = 100, step = 3, patience = 2 }
      """;

  /** What is read only instead of each other. */
  private static final List<String> VARIANTS =
      List.of(
          "compress.name = qsgd\ncontrol.factor = 0.3",
          "compress.name = top-k\ncontrol.distance = 2");

  private SettingReaders() {}

  /** Names of algorithms by key; a key that nothing reads is not there. */
  public static SortedMap<String, SortedSet<String>> table() {
    SortedMap<String, SortedSet<String>> readers = new TreeMap<>();
    for (String algorithm : Algorithms.names()) {
      for (String variant : VARIANTS) {
        JobPlan plan = JobPlan.of(ConfigLoader.parse(text(algorithm, variant), "readers"));
        plan.config().chosenForMethods().keySet().stream()
            .filter(plan::reads)
            .forEach(key -> readers.computeIfAbsent(key, k -> new TreeSet<>()).add(algorithm));
      }
    }
    return readers;
  }

  private static String text(String algorithm, String variant) {
    String mixing = algorithm.equals("swarm-sgd") ? "random-matching" : "metropolis-hastings";
    return RUN + variant + "\nalgorithm = " + algorithm + "\nmixing.name = " + mixing + "\n";
  }
}
