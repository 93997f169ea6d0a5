package io.dimat.spark;

import io.dimat.protocol.AgentMetrics;
import io.dimat.store.PhaseManifest;
import java.io.Serializable;

/**
 * What a task returns to the driver: a reference and numbers, never a model.
 *
 * @param backend what the numbers depend on, see {@link io.dimat.learn.Learner#backend()}
 */
record TaskOutcome(PhaseManifest.Entry entry, String backend) implements Serializable {
  /** The same outcome with other metrics. */
  TaskOutcome with(AgentMetrics metrics) {
    return new TaskOutcome(
        new PhaseManifest.Entry(entry.agent(), entry.state(), metrics, entry.mail()), backend);
  }
}
