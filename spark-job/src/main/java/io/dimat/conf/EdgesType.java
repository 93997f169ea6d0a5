package io.dimat.conf;

import com.typesafe.config.ConfigList;
import com.typesafe.config.ConfigValue;
import io.dimat.graph.Edge;
import java.util.List;
import java.util.stream.Collectors;

/** A list of undirected edges, {@code [[0, 1], [1, 2]]}. */
record EdgesType() implements ValueType<List<Edge>> {
  private static final IntegerType<Integer> AGENT = IntegerType.from(0);

  @Override
  public String name() {
    return "list of edges";
  }

  @Override
  public String allowed() {
    return "a list of pairs of different agents, such as [[0, 1], [1, 2]]";
  }

  @Override
  public List<Edge> read(ConfigValue value) {
    if (!(value instanceof ConfigList list)) {
      throw refuse(value);
    }
    return list.stream().map(this::edge).toList();
  }

  private Edge edge(ConfigValue value) {
    if (!(value instanceof ConfigList pair) || pair.size() != 2) {
      throw refuse(value);
    }
    try {
      return Edge.between(AGENT.read(pair.get(0)), AGENT.read(pair.get(1)));
    } catch (IllegalArgumentException e) {
      throw refuse(value);
    }
  }

  @Override
  public String render(List<Edge> edges) {
    return edges.stream()
        .map(edge -> "[" + edge.from() + ", " + edge.to() + "]")
        .collect(Collectors.joining(", ", "[", "]"));
  }
}
