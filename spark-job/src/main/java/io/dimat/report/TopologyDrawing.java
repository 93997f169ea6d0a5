package io.dimat.report;

import io.dimat.metrics.RunDescription;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * Agents on a circle (the hub of a star in its middle), joined by their edges; mixing weights stand
 * on the lines and at the agents as long as there is room for them.
 */
final class TopologyDrawing {
  private static final int MANY_EDGES = 16;
  private static final int MANY_AGENTS = 24;

  private final RunDescription.Topology topology;
  private final int agents;
  private final SortedSet<Long> pairs = new TreeSet<>();
  private final int hub;
  private final double radius;
  private final double node;
  private final double center;

  TopologyDrawing(RunDescription.Topology topology) {
    this.topology = topology;
    this.agents = topology.agents();
    for (RunDescription.Edge edge : topology.edges()) {
      if (edge.from() != edge.to()) {
        int low = Math.min(edge.from(), edge.to());
        pairs.add((long) low * agents + Math.max(edge.from(), edge.to()));
      }
    }
    this.hub = hub();
    this.radius = agents <= 3 ? 95 : agents <= 12 ? 135 : 190;
    this.node = agents <= 12 ? 17 : agents <= 24 ? 14 : 11;
    this.center = radius + 64;
  }

  String draw() {
    int size = (int) (2 * center);
    Markup svg = new Markup();
    Frame.open(svg, size, size, "topology " + topology.name());
    pairs.forEach(pair -> edge(svg, first(pair), second(pair)));
    if (hasEdgeLabels()) {
      pairs.forEach(pair -> edgeLabel(svg, first(pair), second(pair)));
    }
    for (int agent = 0; agent < agents; agent++) {
      agent(svg, agent);
    }
    return svg.close("svg").toString();
  }

  /** Whether the weights stand on the lines: they are mixed, and there is room. */
  boolean hasEdgeLabels() {
    return pairs.size() <= MANY_EDGES && !topology.mixing().isEmpty();
  }

  /** Whether every agent's weight for its own model stands beside it. */
  boolean hasSelfLabels() {
    return agents <= MANY_AGENTS && !topology.mixing().isEmpty();
  }

  private void edge(Markup svg, int a, int b) {
    double weight = Math.max(weight(a, b), weight(b, a));
    double width = topology.mixing().isEmpty() ? 1.5 : 0.8 + 5 * weight;
    svg.open("g", "class", pairs.size() <= 4 * MANY_EDGES ? "edge" : "edge many");
    svg.open(
        "line",
        "x1",
        Markup.at(x(a)),
        "y1",
        Markup.at(y(a)),
        "x2",
        Markup.at(x(b)),
        "y2",
        Markup.at(y(b)),
        "stroke-width",
        Markup.at(width));
    String hint = topology.mixing().isEmpty() ? "" : ": weight " + label(a, b);
    svg.leaf("title", "agents " + a + " and " + b + hint).close("line").close("g");
  }

  private void edgeLabel(Markup svg, int a, int b) {
    // Off the middle where lines cross there: all diagonals of an even circle meet in one point.
    double crossing = pairs.size() > agents ? 0.36 : 0.5;
    double part = a == hub ? 0.64 : b == hub ? 0.36 : crossing;
    double labelX = x(a) + part * (x(b) - x(a));
    double labelY = y(a) + part * (y(b) - y(a));
    Frame.text(svg, labelX, labelY + 4, "weight middle", label(a, b));
  }

  private void agent(Markup svg, int agent) {
    svg.open(
        "circle",
        "class",
        "agent",
        "cx",
        Markup.at(x(agent)),
        "cy",
        Markup.at(y(agent)),
        "r",
        Markup.at(node));
    boolean weighted = !topology.mixing().isEmpty();
    String own = weighted ? Numbers.weight(weight(agent, agent)) : "";
    svg.leaf("title", "agent " + agent + (weighted ? ": own weight " + own : "")).close("circle");
    String name = Integer.toString(agent);
    Frame.text(svg, x(agent), y(agent) + 4, "agent-name middle", name);
    if (hasSelfLabels()) {
      double[] at = selfLabel(agent);
      Frame.text(svg, at[0], at[1] + 4, "self middle", own);
    }
  }

  /** Outside the circle, or between the hub's first two edges. */
  private double[] selfLabel(int agent) {
    if (agent == hub) {
      double angle = Math.PI / Math.max(1, agents - 1);
      double away = node + 26;
      return new double[] {center + away * Math.sin(angle), center - away * Math.cos(angle)};
    }
    double away = (radius + node + 20) / radius;
    return new double[] {center + away * (x(agent) - center), center + away * (y(agent) - center)};
  }

  private String label(int a, int b) {
    String forth = Numbers.weight(weight(a, b));
    String back = Numbers.weight(weight(b, a));
    return forth.equals(back) ? forth : forth + " / " + back;
  }

  private double weight(int row, int column) {
    return topology.mixing().isEmpty() ? 0 : topology.mixing().get(row).get(column);
  }

  private double x(int agent) {
    return agent == hub ? center : center + radius * Math.sin(angle(agent));
  }

  private double y(int agent) {
    return agent == hub ? center : center - radius * Math.cos(angle(agent));
  }

  private double angle(int agent) {
    int places = hub < 0 ? agents : agents - 1;
    int place = hub >= 0 && agent > hub ? agent - 1 : agent;
    return 2 * Math.PI * place / Math.max(1, places);
  }

  /** The agent that every edge touches, if there are at least three edges; -1 otherwise. */
  private int hub() {
    List<Integer> candidates = new ArrayList<>();
    for (int agent = 0; agent < agents && pairs.size() >= 3; agent++) {
      int one = agent;
      if (pairs.stream().allMatch(pair -> first(pair) == one || second(pair) == one)) {
        candidates.add(agent);
      }
    }
    return candidates.isEmpty() ? -1 : candidates.get(0);
  }

  private int first(long pair) {
    return (int) (pair / agents);
  }

  private int second(long pair) {
    return (int) (pair % agents);
  }
}
