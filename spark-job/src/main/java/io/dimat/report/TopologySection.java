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
    String weights =
        topology.mixing().isEmpty()
            ? "A line joins two agents that may exchange models."
            : "The number on a line is the weight that a merge gives to the neighbour's model (two "
                + "numbers where the directions differ, the smaller agent's first), the number at "
                + "an agent is the weight of its own; a thicker line weighs more.";
    String gap =
        topology.spectralGap() > 0
            ? " The spectral gap is "
                + Numbers.plain(topology.spectralGap())
                + ": the nearer to 1, the faster the agents agree."
            : "";
    return Page.section(
        "Topology",
        Page.figure(
            topology.name().isEmpty()
                ? "Who talks to whom"
                : "Who talks to whom: " + topology.name(),
            new TopologyDrawing(topology).draw(),
            weights + gap));
  }
}
