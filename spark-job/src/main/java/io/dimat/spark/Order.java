package io.dimat.spark;

import io.dimat.store.PhaseManifest;
import io.dimat.store.StateRef;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * What one agent's task is told: references only, as many as the agent has neighbours.
 *
 * @param state the agent's state; null in the starting phase
 * @param mail by sender
 */
record Order(int agent, StateRef state, TreeMap<Integer, PhaseManifest.Mail> mail)
    implements Serializable {
  /**
   * The orders of one superstep, one per agent, ascending.
   *
   * @param previous every agent's part of the superstep whose states and mail are read; empty in
   *     the starting phase
   */
  static List<Order> all(int agents, List<PhaseManifest.Entry> previous) {
    List<Order> orders = new ArrayList<>();
    for (int agent = 0; agent < agents; agent++) {
      StateRef state = previous.isEmpty() ? null : previous.get(agent).state();
      orders.add(new Order(agent, state, new TreeMap<>()));
    }
    for (PhaseManifest.Entry sender : previous) {
      for (PhaseManifest.Mail sent : sender.mail()) {
        orders.get(sent.to()).mail.put(sender.agent(), sent);
      }
    }
    return orders;
  }
}
