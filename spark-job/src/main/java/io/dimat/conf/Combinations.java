package io.dimat.conf;

import io.dimat.graph.Edge;
import io.dimat.graph.Mixings;
import io.dimat.graph.Topologies;
import io.dimat.partition.PartitionSettings.Setting;
import io.dimat.partition.Partitioners;
import io.dimat.shard.FeatureSkew;
import io.dimat.source.Sources;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;

/** Values that are fine alone and impossible together. */
final class Combinations {
  private static final String RING = "ring";

  /**
   * One rule.
   *
   * @param keys what it reads; it is skipped where one of them could not be read
   * @param problem the message if the rule is broken
   */
  record Rule(List<ConfigKey<?>> keys, Function<RunConfig, Optional<String>> problem) {}

  static final List<Rule> ALL =
      List.of(
          rule(Combinations::path, DataKeys.SOURCE, DataKeys.PATH),
          rule(partitioned(Setting.ALPHA), DataKeys.PARTITIONER, DataKeys.ALPHA),
          rule(partitioned(Setting.BETA), DataKeys.PARTITIONER, DataKeys.BETA),
          rule(
              partitioned(Setting.SHARDS_PER_AGENT),
              DataKeys.PARTITIONER,
              DataKeys.SHARDS_PER_AGENT),
          rule(
              partitioned(Setting.CLASSES_PER_AGENT),
              DataKeys.PARTITIONER,
              DataKeys.CLASSES_PER_AGENT),
          rule(Combinations::featureSkew, DataKeys.FEATURE_SKEW, DataKeys.FEATURE_SKEW_STRENGTH),
          rule(Combinations::limit, DataKeys.LIMIT, RunKeys.AGENTS, DataKeys.MIN_IMAGES),
          rule(Combinations::padding, DataKeys.AUGMENT, DataKeys.PADDING),
          rule(Combinations::ring, GraphKeys.TOPOLOGY_NAME, RunKeys.AGENTS),
          rule(
              Combinations::edges,
              GraphKeys.TOPOLOGY_NAME,
              GraphKeys.TOPOLOGY_EDGES,
              RunKeys.AGENTS),
          rule(
              Combinations::matrix, GraphKeys.MIXING_NAME, GraphKeys.MIXING_MATRIX, RunKeys.AGENTS),
          rule(Combinations::validation, OutputKeys.EVALUATE_ON, DataKeys.VALIDATION),
          rule(Combinations::out, OutputKeys.OUT));

  private Combinations() {}

  private static Rule rule(Function<RunConfig, Optional<String>> problem, ConfigKey<?>... keys) {
    return new Rule(List.of(keys), problem);
  }

  private static Optional<String> path(RunConfig config) {
    DataConfig data = config.data();
    boolean embedded = data.source().equals(Sources.SAMPLE);
    return broken(
        !embedded && data.path().isBlank(),
        "data.source = " + data.source() + " needs data.path, the folder with its official files");
  }

  /** A setting that the partitioner reads must be set, one that it does not read must not. */
  private static Function<RunConfig, Optional<String>> partitioned(Setting setting) {
    return config -> {
      String partitioner = config.data().partitioner();
      Number value = config.data().partition().value(setting);
      String key = "data." + Spelling.of(setting);
      if (Partitioners.reads(partitioner).equals(Optional.of(setting))) {
        return broken(
            value.doubleValue() == 0,
            "data.partitioner = " + partitioner + " needs " + key + ", " + setting.allowed());
      }
      return broken(
          value.doubleValue() > 0,
          key
              + " = "
              + value
              + " is read only by data.partitioner = "
              + String.join(" or ", Partitioners.readers(setting))
              + ", got "
              + partitioner
              + "; set "
              + key
              + " = 0");
    };
  }

  private static Optional<String> featureSkew(RunConfig config) {
    DataConfig.Skew skew = config.data().featureSkew();
    if (skew.kind() == FeatureSkew.Kind.NONE) {
      return broken(
          skew.strength() > 0,
          "data.feature-skew-strength = "
              + skew.strength()
              + " is read only with data.feature-skew, got none; set data.feature-skew-strength = 0");
    }
    return broken(
        skew.strength() == 0,
        "data.feature-skew = "
            + Spelling.of(skew.kind())
            + " needs data.feature-skew-strength, a number above 0");
  }

  private static Optional<String> limit(RunConfig config) {
    DataConfig data = config.data();
    long needed = (long) config.agents() * data.partition().minimum();
    return broken(
        data.limit() > 0 && data.limit() < needed,
        config.agents()
            + " agents with data.min-images = "
            + data.partition().minimum()
            + " need data.limit = "
            + needed
            + " or more, got "
            + data.limit());
  }

  private static Optional<String> padding(RunConfig config) {
    DataConfig data = config.data();
    return broken(
        data.augment().crops() && data.padding() == 0,
        "data.augment = "
            + Spelling.of(data.augment())
            + " needs data.padding of at least 1, got 0");
  }

  private static Optional<String> ring(RunConfig config) {
    return broken(
        config.topology().name().equals(RING) && config.agents() < 3,
        "ring needs at least 3 agents, got "
            + config.agents()
            + (config.agents() == 1
                ? "; take topology.name = edges, or more agents"
                : "; take topology.name = chain or more agents"));
  }

  private static Optional<String> edges(RunConfig config) {
    List<Edge> edges = config.topology().edges();
    if (!config.topology().name().equals(Topologies.EDGES)) {
      return broken(
          !edges.isEmpty(),
          "topology.edges is read only by topology.name = edges, got " + config.topology().name());
    }
    if (edges.isEmpty()) {
      return config.agents() == 1
          ? Optional.empty()
          : Optional.of("topology.name = edges needs topology.edges, a list of pairs of agents");
    }
    Set<Edge> seen = new HashSet<>();
    return edges.stream()
        .filter(edge -> edge.to() >= config.agents() || !seen.add(edge))
        .findFirst()
        .map(
            edge ->
                "topology.edges joins agents from 0 to "
                    + (config.agents() - 1)
                    + " and names every pair once, got "
                    + edge);
  }

  private static Optional<String> matrix(RunConfig config) {
    List<List<Double>> rows = config.mixing().matrix();
    int agents = config.agents();
    if (!config.mixing().name().equals(Mixings.MATRIX)) {
      return broken(
          !rows.isEmpty(),
          "mixing.matrix is read only by mixing.name = matrix, got " + config.mixing().name());
    }
    boolean square = rows.size() == agents && rows.stream().allMatch(row -> row.size() == agents);
    return broken(
        !square,
        "mixing.matrix needs "
            + agents
            + " rows of "
            + agents
            + " numbers, one row for each agent, got rows of "
            + rows.stream().map(List::size).toList());
  }

  private static Optional<String> validation(RunConfig config) {
    return broken(
        config.evaluate().on() == EvaluateConfig.On.VALIDATION && config.data().validation() == 0,
        "evaluate.on = validation needs data.validation above 0, got 0.0");
  }

  private static Optional<String> out(RunConfig config) {
    return broken(config.run().out().isBlank(), "run.out must be a folder, got nothing");
  }

  private static Optional<String> broken(boolean rule, String message) {
    return rule ? Optional.of(message) : Optional.empty();
  }
}
