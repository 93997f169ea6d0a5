package io.dimat.report;

import io.dimat.metrics.RunDescription;

/** The topology as a graph. */
final class TopologySection implements Section {
  @Override
  public String render(RunDescription run, RunSeries series) {
    RunDescription.Topology topology = run.topology();
    if (topology.edges().isEmpty()) {
      return "";
    }
    TopologyDrawing drawing = new TopologyDrawing(topology);
    String gap =
        topology.spectralGap() > 0
            ? " The spectral gap is "
                + Numbers.weight(topology.spectralGap())
                + ": the nearer to 1, the faster the agents agree."
            : "";
    return Page.section(
        "Topology",
        Page.figure(
            topology.name().isEmpty()
                ? "Who talks to whom"
                : "Who talks to whom: " + topology.name(),
            drawing.draw(),
            weights(topology, drawing) + gap));
  }

  private static String weights(RunDescription.Topology topology, TopologyDrawing drawing) {
    if (topology.mixing().isEmpty()) {
      return "A line joins two agents that may exchange models.";
    }
    String where =
        drawing.hasEdgeLabels()
            ? "The number on a line"
            : "What appears when the pointer rests on a line";
    String own = drawing.hasSelfLabels() ? "the number at" : "what appears on";
    return where
        + " is the weight that a merge gives to the neighbour's model (two numbers where the "
        + "directions differ, the smaller agent's first), "
        + own
        + " an agent is the weight of its own; a thicker line weighs more.";
  }
}
