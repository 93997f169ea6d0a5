package io.dimat.spark;

import io.dimat.feed.FeedSettings;
import io.dimat.feed.ShardData;
import io.dimat.learn.LearnerFactory;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.RunPlan;
import io.dimat.shard.ImageBlock;
import io.dimat.store.StateRef;
import io.dimat.store.StateStore;
import java.io.Serializable;
import org.apache.spark.TaskContext;

/**
 * What every task of a run needs, whatever it does.
 *
 * @param leaseId of the driver's lease: tells this driver's attempts from an earlier one's
 */
public record TaskSetup(
    RunPlan plan,
    StateStore states,
    LearnerFactory learners,
    SharedImages images,
    FeedSettings feed,
    String leaseId)
    implements Serializable {

  /** What the agent may look at. */
  ShardData data(int agent, ImageBlock shard) {
    return new ShardData(agent, shard, images.test(), images.union(), feed);
  }

  /**
   * Writes a state under a name that no other attempt has.
   *
   * @throws org.apache.spark.TaskKilledException if the job has failed elsewhere: nobody wants it
   *     any more
   */
  StateRef write(int round, String phase, int agent, AgentState state) {
    WatchedJob.requireWanted();
    return states.write(round, phase, agent, attempt(), state);
  }

  /**
   * Writes a message under a name that no other attempt has.
   *
   * @throws org.apache.spark.TaskKilledException if the job has failed elsewhere: nobody wants it
   *     any more
   */
  StateRef writeMail(int round, String phase, int agent, int index, AgentState contents) {
    WatchedJob.requireWanted();
    return states.writeMail(round, phase, agent, index, attempt(), contents);
  }

  private String attempt() {
    return leaseId + "." + TaskContext.get().taskAttemptId();
  }
}
