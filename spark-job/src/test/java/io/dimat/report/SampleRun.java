package io.dimat.report;

import io.dimat.metrics.MetricsRow;
import io.dimat.metrics.RunDescription;
import io.dimat.protocol.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/** Invented runs of any size that look like real ones. */
final class SampleRun {
  private static final List<String> FASHION =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");

  private SampleRun() {}

  static RunDescription ring(int agents, int rounds) {
    List<RunDescription.Edge> edges = new ArrayList<>();
    for (int a = 0; a < agents && agents > 1; a++) {
      edges.add(new RunDescription.Edge(a, (a + 1) % agents));
    }
    return describe("dimat", "ring", agents, rounds, edges);
  }

  static RunDescription fullyConnected(int agents, int rounds) {
    List<RunDescription.Edge> edges = new ArrayList<>();
    for (int a = 0; a < agents; a++) {
      for (int b = a + 1; b < agents; b++) {
        edges.add(new RunDescription.Edge(a, b));
      }
    }
    return describe("dimat", "fully-connected", agents, rounds, edges);
  }

  static RunDescription star(int agents, int rounds) {
    List<RunDescription.Edge> edges = new ArrayList<>();
    for (int a = 1; a < agents; a++) {
      edges.add(new RunDescription.Edge(0, a));
    }
    return describe("dimat", "star", agents, rounds, edges);
  }

  static RunDescription describe(
      String algorithm, String topology, int agents, int rounds, List<RunDescription.Edge> edges) {
    return new RunDescription(
        algorithm,
        new RunDescription.Data("Fashion-MNIST sample", FASHION, histogram(agents)),
        new RunDescription.Network("cnn", 52_138),
        new RunDescription.Topology(topology, agents, edges, metropolis(agents, edges), 0.36),
        42,
        "ND4J CPU, AVX2, 1 thread",
        rounds,
        "own: 256 images of the agent's own shard",
        "recalibrate",
        List.of(),
        "seed = 42\nagents = "
            + agents
            + "\ntopology = "
            + topology
            + "\nrounds = "
            + rounds
            + "\n",
        new RunDescription.Outcome("done", 143.2));
  }

  private static List<List<Long>> histogram(int agents) {
    SplittableRandom random = new SplittableRandom(7);
    List<List<Long>> counts = new ArrayList<>();
    for (int a = 0; a < agents; a++) {
      List<Long> row = new ArrayList<>();
      for (int c = 0; c < FASHION.size(); c++) {
        double share = random.nextDouble();
        row.add(share < 0.3 ? 0L : Math.round(300 * share * share));
      }
      counts.add(row);
    }
    return counts;
  }

  private static List<List<Double>> metropolis(int agents, List<RunDescription.Edge> edges) {
    int[] degree = new int[agents];
    edges.forEach(
        e -> {
          degree[e.from()]++;
          degree[e.to()]++;
        });
    double[][] w = new double[agents][agents];
    for (RunDescription.Edge e : edges) {
      double weight = 1.0 / (1 + Math.max(degree[e.from()], degree[e.to()]));
      w[e.from()][e.to()] = weight;
      w[e.to()][e.from()] = weight;
    }
    List<List<Double>> rows = new ArrayList<>();
    for (int a = 0; a < agents; a++) {
      double sum = 0;
      for (double v : w[a]) {
        sum += v;
      }
      w[a][a] = 1 - sum;
      List<Double> row = new ArrayList<>();
      for (double v : w[a]) {
        row.add(v);
      }
      rows.add(row);
    }
    return rows;
  }

  static List<MetricsRow> dimat(int agents, int rounds) {
    SplittableRandom random = new SplittableRandom(3);
    List<MetricsRow> rows = new ArrayList<>();
    for (int r = 0; r <= rounds; r++) {
      for (int a = 0; a < agents; a++) {
        double level = 0.84 - 0.18 * Math.exp(-r / 4.0) - 0.02 * a / agents;
        double trained = level + 0.03 * random.nextDouble() - 0.02;
        double merged = level + 0.012 * random.nextDouble() + (r == 1 ? -0.04 : 0.005);
        rows.add(trained(r, a, trained, random));
        if (r > 0) {
          rows.add(merged(r, a, merged, random));
          for (String group : List.of("conv1", "conv2", "fc1")) {
            rows.add(MetricsRow.group("dimat", r, a, group, matching(r, random)));
          }
        }
      }
      rows.add(
          MetricsRow.round(
              "dimat",
              r,
              Map.of(
                  Metric.CONSENSUS_DISTANCE,
                  20 * Math.exp(-r / 1.5) + 0.3,
                  Metric.CONSENSUS_ACCURACY,
                  0.85 - 0.35 * Math.exp(-r / 2.0))));
    }
    return rows;
  }

  /** Agents that never merge: only trained rows and seconds. */
  static List<MetricsRow> isolated(int agents, int rounds) {
    SplittableRandom random = new SplittableRandom(3);
    List<MetricsRow> rows = new ArrayList<>();
    for (int r = 0; r <= rounds; r++) {
      for (int a = 0; a < agents; a++) {
        double accuracy = 0.7 - 0.2 * Math.exp(-r / 4.0) - 0.1 * random.nextDouble();
        rows.add(trained(r, a, accuracy, random));
      }
    }
    return rows;
  }

  private static MetricsRow trained(
      int round, int agent, double accuracy, SplittableRandom random) {
    Map<String, Double> values = new TreeMap<>();
    values.put(Metric.TEST_ACCURACY, accuracy);
    values.put(Metric.TEST_LOSS, 1 - accuracy);
    values.put(Metric.SECONDS_TRAIN, 3 + random.nextDouble());
    values.put(Metric.SECONDS_EVALUATE, 0.4);
    return MetricsRow.agent("dimat", round, agent, MetricsRow.TRAINED, values)
        .withPerClassAccuracy(perClass(accuracy, random));
  }

  private static MetricsRow merged(int round, int agent, double accuracy, SplittableRandom random) {
    Map<String, Double> values = new TreeMap<>(matching(round, random));
    values.put(Metric.TEST_ACCURACY, accuracy);
    values.put(Metric.TEST_LOSS, 1 - accuracy);
    values.put(Metric.BYTES_SENT, 2 * 52_138 * 4.0);
    values.put(Metric.SECONDS_ALIGN, 0.3);
    values.put(Metric.SECONDS_MERGE, 0.1);
    return MetricsRow.agent("dimat", round, agent, MetricsRow.MERGED, values)
        .withPerClassAccuracy(perClass(accuracy, random));
  }

  private static Map<String, Double> matching(int round, SplittableRandom random) {
    return Map.of(
        Metric.MATCH_CORRELATION,
        0.95 - 0.4 * Math.exp(-round / 2.0) - 0.05 * random.nextDouble(),
        Metric.MATCH_IDENTITY_FRACTION,
        round == 1 ? 0.05 * random.nextDouble() : 1 - 0.6 / round);
  }

  private static List<Double> perClass(double mean, SplittableRandom random) {
    return random.doubles(FASHION.size(), mean - 0.15, Math.min(1, mean + 0.15)).boxed().toList();
  }
}
