package io.dimat.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Colours edges so that no two of one colour meet: each colour is a matching. An edge takes the
 * lowest colour free at both ends if the largest degree suffices; otherwise a fan of one end is
 * rotated, which never needs more than one colour above the largest degree. Misra, Gries: A
 * Constructive Proof of Vizing's Theorem (1992).
 */
final class EdgeColoring {
  private static final int NONE = -1;

  private final Topology topology;

  /** [agent][color]: the neighbour at the other end of that colour, or NONE. */
  private final int[][] mate;

  private EdgeColoring(Topology topology) {
    this.topology = topology;
    this.mate = new int[topology.agents()][topology.maxDegree() + 1];
    for (int[] row : mate) {
      Arrays.fill(row, NONE);
    }
    topology.edges().forEach(edge -> color(edge.from(), edge.to()));
  }

  /** The matchings, none empty, together all edges: at most the largest degree plus one. */
  static List<List<Edge>> matchings(Topology topology) {
    int[][] mate = new EdgeColoring(topology).mate;
    SortedMap<Integer, List<Edge>> byColor = new TreeMap<>();
    for (int agent = 0; agent < mate.length; agent++) {
      for (int color = 0; color < mate[agent].length; color++) {
        if (mate[agent][color] > agent) {
          byColor
              .computeIfAbsent(color, c -> new ArrayList<>())
              .add(new Edge(agent, mate[agent][color]));
        }
      }
    }
    return List.copyOf(byColor.values());
  }

  private void color(int u, int v) {
    for (int color = 0; color < topology.maxDegree(); color++) {
      if (isFree(u, color) && isFree(v, color)) {
        set(u, v, color);
        return;
      }
    }
    List<Integer> fan = fan(u, v);
    int d = freeColor(fan.get(fan.size() - 1));
    invert(u, freeColor(u), d);
    rotate(u, fan, d);
  }

  /** A maximal fan: the colour of u's edge to each member is free at the member before it. */
  private List<Integer> fan(int u, int v) {
    List<Integer> fan = new ArrayList<>(List.of(v));
    for (boolean grown = true; grown; ) {
      grown = false;
      int last = fan.get(fan.size() - 1);
      for (int color = 0; color < mate[u].length && !grown; color++) {
        int next = mate[u][color];
        if (next != NONE && isFree(last, color) && !fan.contains(next)) {
          fan.add(next);
          grown = true;
        }
      }
    }
    return fan;
  }

  /** Swaps c and d along the path from u, where c is free, so that d becomes free at u. */
  private void invert(int u, int c, int d) {
    List<Integer> path = new ArrayList<>(List.of(u));
    for (int at = u, color = d; mate[at][color] != NONE; color = color == d ? c : d) {
      at = mate[at][color];
      path.add(at);
    }
    for (int k = 1; k < path.size(); k++) {
      clear(path.get(k - 1), path.get(k), k % 2 == 1 ? d : c);
    }
    for (int k = 1; k < path.size(); k++) {
      set(path.get(k - 1), path.get(k), k % 2 == 1 ? c : d);
    }
  }

  /** Moves every colour one member down, up to the first member where d is free, which takes d. */
  private void rotate(int u, List<Integer> fan, int d) {
    int end = 0;
    while (!isFree(fan.get(end), d)) {
      end++;
    }
    for (int k = 0; k < end; k++) {
      int color = colorOf(u, fan.get(k + 1));
      clear(u, fan.get(k + 1), color);
      set(u, fan.get(k), color);
    }
    set(u, fan.get(end), d);
  }

  private boolean isFree(int agent, int color) {
    return mate[agent][color] == NONE;
  }

  private int freeColor(int agent) {
    int color = 0;
    while (!isFree(agent, color)) {
      color++;
    }
    return color;
  }

  private int colorOf(int u, int v) {
    int color = 0;
    while (mate[u][color] != v) {
      color++;
    }
    return color;
  }

  private void set(int u, int v, int color) {
    mate[u][color] = v;
    mate[v][color] = u;
  }

  private void clear(int u, int v, int color) {
    mate[u][color] = NONE;
    mate[v][color] = NONE;
  }
}
