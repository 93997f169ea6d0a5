package io.dimat.spark;

import io.dimat.protocol.RunPlan;
import io.dimat.store.PhaseManifest;
import io.dimat.store.StateRef;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What one agent's task is told: references only, as many as the agent has neighbours.
 *
 * @param state the agent's committed state; null in the starting phase
 * @param mail by sender
 * @param mixingRow weight by agent, self included
 */
record Order(
    int agent, StateRef state, TreeMap<Integer, Mail> mail, TreeMap<Integer, Double> mixingRow)
    implements Serializable {

  /** Vectors of a sender's committed state. */
  record Mail(StateRef state, List<String> vectors) implements Serializable {}

  /**
   * The orders of one phase, one per agent, ascending.
   *
   * @param previous the phase whose states and mail are read; null in the starting phase
   */
  static List<Order> all(RunPlan plan, PhaseManifest previous) {
    List<Order> orders = new ArrayList<>();
    for (int agent = 0; agent < plan.agents(); agent++) {
      TreeMap<Integer, Double> row = new TreeMap<>(plan.mixing().row(agent));
      StateRef state = previous == null ? null : previous.agents().get(agent).state();
      orders.add(new Order(agent, state, new TreeMap<>(), row));
    }
    if (previous != null) {
      previous.agents().forEach(sender -> deliver(sender, orders));
    }
    return orders;
  }

  private static void deliver(PhaseManifest.Entry sender, List<Order> orders) {
    for (PhaseManifest.Mail sent : sender.mail()) {
      orders.get(sent.to()).mail.put(sender.agent(), new Mail(sender.state(), sent.vectors()));
    }
  }
}
