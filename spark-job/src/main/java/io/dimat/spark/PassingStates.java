package io.dimat.spark;

import io.dimat.protocol.AgentState;
import io.dimat.store.StateRef;
import io.dimat.store.StateStore;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The states and messages that supersteps between two commits hand on: written like every other
 * state, so that a retried task finds them, and remembered by the process that wrote them, so that
 * it need not read them. Bounded by bytes; what was used longest ago is forgotten first.
 */
final class PassingStates {
  /** Name of their folder within a round's. */
  static final String PHASE = "passing";

  /** Of the heap, so that models in use and activations keep the rest. */
  private static final long MOST_BYTES = Runtime.getRuntime().maxMemory() / 8;

  private static final Map<String, Remembered> RECENT = new LinkedHashMap<>(64, 0.75f, true);
  private static long bytes;

  private record Remembered(AgentState state, long bytes) {}

  private PassingStates() {}

  /** Remembers what was written. */
  static void remember(StateStore store, StateRef ref, AgentState state) {
    synchronized (RECENT) {
      Remembered old = RECENT.put(store.location(ref), new Remembered(state, ref.bytes()));
      bytes += ref.bytes() - (old == null ? 0 : old.bytes());
      while (bytes > MOST_BYTES && !RECENT.isEmpty()) {
        String eldest = RECENT.keySet().iterator().next();
        bytes -= RECENT.remove(eldest).bytes();
      }
    }
  }

  /** What was written: from memory if it is there, from storage otherwise. */
  static AgentState read(StateStore store, StateRef ref) {
    synchronized (RECENT) {
      Remembered known = RECENT.get(store.location(ref));
      if (known != null) {
        return known.state();
      }
    }
    return store.read(ref);
  }
}
