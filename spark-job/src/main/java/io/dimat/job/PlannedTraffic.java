package io.dimat.job;

import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.RunPlan;

/**
 * What agents will send each other: at most, for methods that exchange on an occasion count as if
 * every occasion came; on average, where mixing weights change.
 *
 * @param largest bytes of one agent in one round
 * @param total bytes of all agents in all rounds
 */
record PlannedTraffic(double largest, double total) {
  static PlannedTraffic of(RunPlan run) {
    AgentProgram program = run.program();
    double largest = 0;
    double total = 0;
    for (int agent = 0; agent < run.agents(); agent++) {
      double recipients = program.recipients(agent, run.mixing());
      for (int round = 1; round <= run.rounds(); round++) {
        double sent = program.bytesSent(round, run.network(), recipients, run.agents());
        largest = Math.max(largest, sent);
        total += sent;
      }
    }
    return new PlannedTraffic(largest, total);
  }
}
