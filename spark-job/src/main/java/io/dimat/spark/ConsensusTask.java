package io.dimat.spark;

import io.dimat.feed.ShardData;
import io.dimat.learn.Evaluation;
import io.dimat.learn.Learner;
import io.dimat.merge.ConsensusModel;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Metric;
import io.dimat.protocol.Recorder;
import io.dimat.shard.ImageBlock;
import io.dimat.store.ConsensusPhase;
import io.dimat.store.PhaseManifest;
import io.dimat.store.StateRef;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.Function2;
import org.apache.spark.broadcast.Broadcast;

/**
 * Measures the round as a whole, consensus model and consensus distance: in partition 0, beside
 * agent 0's shard, streaming over all agents' committed states; nothing is done in the others.
 */
final class ConsensusTask
    implements Function2<Integer, Iterator<ImageBlock>, Iterator<TaskOutcome>> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<TaskSetup> shared;
  private final int round;
  private final ArrayList<StateRef> refs;

  ConsensusTask(Broadcast<TaskSetup> shared, int round, List<StateRef> refs) {
    this.shared = shared;
    this.round = round;
    this.refs = new ArrayList<>(refs);
  }

  @Override
  public Iterator<TaskOutcome> call(Integer partition, Iterator<ImageBlock> shards) {
    if (partition != 0) {
      return Collections.emptyIterator();
    }
    TaskSetup setup = shared.value();
    ShardData data = setup.data(0, shards.next());
    TaskOutcome outcome =
        LearnerPool.use(
            setup.plan().network(), setup.learners(), learner -> measure(setup, learner, data));
    return List.of(outcome).iterator();
  }

  private TaskOutcome measure(TaskSetup setup, Learner learner, ShardData data) {
    Recorder recorder = new Recorder(System::nanoTime);
    ConsensusModel consensus =
        ConsensusModel.of(
            setup.plan().program().consensus(),
            setup.plan().agents(),
            agent -> setup.states().read(refs.get(agent)).model(),
            learner,
            data.probe(round));
    recorder.put(Metric.CONSENSUS_DISTANCE, consensus.distance());
    consensus.alignedDistance().ifPresent(d -> recorder.put(Metric.CONSENSUS_DISTANCE_ALIGNED, d));
    learner.load(consensus.model());
    Evaluation evaluation = learner.evaluate(data.test());
    recorder.put(Metric.CONSENSUS_ACCURACY, evaluation.accuracy());
    StateRef written =
        setup.write(
            round,
            ConsensusPhase.NAME,
            ConsensusPhase.AGENT,
            AgentState.ofModel(consensus.model()));
    return new TaskOutcome(
        new PhaseManifest.Entry(ConsensusPhase.AGENT, written, recorder.metrics(), List.of()),
        learner.backend());
  }
}
