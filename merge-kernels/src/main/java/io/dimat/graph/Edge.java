package io.dimat.graph;

import java.io.Serializable;
import java.util.Comparator;

/**
 * An undirected edge, written from the lower to the higher agent.
 *
 * @param from at least 0
 * @param to above {@code from}
 */
public record Edge(int from, int to) implements Serializable, Comparable<Edge> {
  private static final Comparator<Edge> ORDER =
      Comparator.comparingInt(Edge::from).thenComparingInt(Edge::to);

  public Edge {
    if (from < 0 || to <= from) {
      throw new IllegalArgumentException(
          "an edge goes from a lower to a higher agent, got " + from + "-" + to);
    }
  }

  /** The edge between two different agents, in either order. */
  public static Edge between(int a, int b) {
    return new Edge(Math.min(a, b), Math.max(a, b));
  }

  @Override
  public int compareTo(Edge other) {
    return ORDER.compare(this, other);
  }

  @Override
  public String toString() {
    return from + "-" + to;
  }
}
