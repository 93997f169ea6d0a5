package io.dimat.graph;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The ways to weigh neighbours that a configuration can name. */
public final class Mixings {
  /** The weights that the topology brings itself. */
  public static final String OWN = "own";

  /** The name under which a configuration gives a matrix of its own. */
  public static final String MATRIX = "matrix";

  @FunctionalInterface
  private interface Rule {
    MixingSchedule of(Topology topology, TopologyOptions options);
  }

  private static final SortedMap<String, Rule> RULES =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              Map.ofEntries(
                  constant("metropolis-hastings", MixingMatrix::metropolisHastings),
                  constant("uniform", MixingMatrix::uniform),
                  constant("lazy", WeightRules::lazy),
                  constant("max-degree", WeightRules::maxDegree),
                  constant("best-constant", WeightRules::bestConstant),
                  constant("uniform-out", WeightRules::uniformOut),
                  Map.entry("matcha", (t, o) -> Matcha.of(t, o.budget(), o.seed())),
                  Map.entry("random-edge", (t, o) -> RandomPairings.oneEdge(t, o.seed())),
                  Map.entry(
                      "random-matching", (t, o) -> RandomPairings.maximalMatching(t, o.seed())),
                  Map.entry(MATRIX, (t, o) -> given(t, o.matrix())))));

  private Mixings() {}

  private static Map.Entry<String, Rule> constant(
      String name, Function<Topology, MixingMatrix> rule) {
    return Map.entry(name, (t, o) -> rule.apply(t));
  }

  private static MixingSchedule given(Topology topology, List<List<Double>> rows) {
    return MixingMatrix.of(
        topology,
        rows.stream()
            .map(row -> row.stream().mapToDouble(Double::doubleValue).toArray())
            .toArray(double[][]::new));
  }

  /** All names, {@link #OWN} and {@link #MATRIX} among them. */
  public static SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(RULES.keySet());
    names.add(OWN);
    return names;
  }

  /**
   * Who takes how much from whom, on the topology of that name.
   *
   * @param mixing one of {@link #names()}
   * @param topology one of {@link Topologies#names()}
   * @throws IllegalArgumentException if a name is unknown, if the topology or the rule cannot be
   *     built for that many agents, or if the two do not go together: topologies that bring weights
   *     go with {@link #OWN}, all others with all others
   */
  public static MixingSchedule named(
      String mixing, String topology, int agents, TopologyOptions options) {
    if (!names().contains(mixing)) {
      throw new IllegalArgumentException("mixing must be one of " + names() + ", got " + mixing);
    }
    if (Topologies.bringsWeights(topology) && !mixing.equals(OWN)) {
      throw new IllegalArgumentException(
          "topology %s brings its own weights, got mixing.name = %s: set mixing.name = %s"
              .formatted(topology, mixing, OWN));
    }
    Topology graph = Topologies.named(topology, agents, options);
    if (Topologies.bringsWeights(topology)) {
      return Topologies.weighted(topology, agents, options);
    }
    if (mixing.equals(OWN)) {
      throw new IllegalArgumentException(
          "topology %s brings no weights, got mixing.name = %s: set mixing.name = metropolis-hastings"
              .formatted(graph.name(), OWN));
    }
    return RULES.get(mixing).of(graph, options);
  }
}
