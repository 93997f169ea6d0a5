package io.dimat.graph;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.IntFunction;

/** The topologies a configuration can name. */
public final class Topologies {
  /** The name under which a configuration lists edges of its own. */
  public static final String EDGES = "edges";

  /** A family of graphs, which any mixing rule can weigh. */
  @FunctionalInterface
  private interface Family {
    Topology of(int agents, TopologyOptions options);
  }

  /** A family of matrices or sequences of matrices. */
  @FunctionalInterface
  private interface Weighted {
    MixingSchedule of(int agents, TopologyOptions options);
  }

  private static final SortedMap<String, Family> FAMILIES =
      sorted(
          Map.ofEntries(
              plain("ring", Topology::ring),
              plain("chain", Topology::chain),
              plain("fully-connected", Topology::fullyConnected),
              plain("star", Topology::star),
              plain("bipartite", Topology::bipartite),
              plain("torus", Lattices::torus),
              plain("grid", Lattices::grid),
              plain("hypercube", Lattices::hypercube),
              plain("binary-tree", TreeTopologies::binary),
              plain("double-binary-tree", TreeTopologies::doubleBinary),
              plain("balanced-tree", TreeTopologies::balanced),
              plain("petersen", FamousGraphs::petersen),
              plain("dyck", FamousGraphs::dyck),
              plain("davis", FamousGraphs::davis),
              plain("florentine", FamousGraphs::florentine),
              Map.entry(
                  "erdos-renyi", (n, o) -> RandomGraphs.erdosRenyi(n, o.probability(), o.seed())),
              Map.entry(EDGES, (n, o) -> Topology.ofEdges(n, o.edges()))));

  private static final SortedMap<String, Weighted> WEIGHTED =
      sorted(
          Map.of(
              "exponential", (n, o) -> Exponential.allPeers(n),
              "one-peer-exponential", (n, o) -> Exponential.onePeer(n),
              "base", (n, o) -> BaseGraph.of(n, o.peers()),
              "d-equi-static", (n, o) -> EquiTopo.directedStatic(n, o.matrices(), o.seed()),
              "u-equi-static", (n, o) -> EquiTopo.undirectedStatic(n, o.matrices(), o.seed()),
              "od-equi-dyn", (n, o) -> EquiTopo.directedDynamic(n, o.seed()),
              "ou-equi-dyn", (n, o) -> EquiTopo.undirectedDynamic(n, o.seed())));

  private Topologies() {}

  private static Map.Entry<String, Family> plain(String name, IntFunction<Topology> family) {
    return Map.entry(name, (n, o) -> family.apply(n));
  }

  private static <T> SortedMap<String, T> sorted(Map<String, T> map) {
    return Collections.unmodifiableSortedMap(new TreeMap<>(map));
  }

  /** All names, {@link #EDGES} among them. */
  public static SortedSet<String> names() {
    SortedSet<String> names = new TreeSet<>(FAMILIES.keySet());
    names.addAll(WEIGHTED.keySet());
    return names;
  }

  /** Whether a topology brings its own weights, so that it goes with {@link Mixings#OWN} only. */
  public static boolean bringsWeights(String name) {
    return WEIGHTED.containsKey(name);
  }

  /**
   * The topology of that name; of one that brings its own weights, all edges that any step may use.
   *
   * @throws IllegalArgumentException if the name is unknown, listing those that are, if the
   *     topology cannot have that many agents, or if edges are given to another than {@link #EDGES}
   */
  public static Topology named(String name, int agents, TopologyOptions options) {
    List<Edge> edges = options.edges();
    if (!names().contains(name)) {
      throw new IllegalArgumentException("topology must be one of " + names() + ", got " + name);
    }
    if (!edges.isEmpty() && !name.equals(EDGES)) {
      throw new IllegalArgumentException(
          "topology " + name + " has its own edges, got " + edges + ": name it " + EDGES);
    }
    return bringsWeights(name)
        ? weighted(name, agents, options).topology()
        : FAMILIES.get(name).of(agents, options);
  }

  /** The matrices of a topology that brings its own weights. */
  static MixingSchedule weighted(String name, int agents, TopologyOptions options) {
    return WEIGHTED.get(name).of(agents, options);
  }
}
