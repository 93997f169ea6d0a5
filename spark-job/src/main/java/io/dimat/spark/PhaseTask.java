package io.dimat.spark;

import io.dimat.learn.Learner;
import io.dimat.protocol.AgentMetrics;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Envelope;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Message;
import io.dimat.protocol.Metric;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Recorder;
import io.dimat.protocol.StepResult;
import io.dimat.shard.ImageBlock;
import io.dimat.store.PhaseManifest;
import io.dimat.store.StateRef;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction2;

/** One agent's part of one phase: read states and mail, run the step, write the new state. */
final class PhaseTask
    implements FlatMapFunction2<Iterator<Order>, Iterator<ImageBlock>, TaskOutcome> {
  private static final long serialVersionUID = 1L;

  private final TaskSetup setup;
  private final int round;
  private final Phase phase;

  PhaseTask(TaskSetup setup, int round, Phase phase) {
    this.setup = setup;
    this.round = round;
    this.phase = phase;
  }

  @Override
  public Iterator<TaskOutcome> call(Iterator<Order> orders, Iterator<ImageBlock> shards) {
    Order order = orders.next();
    ImageBlock shard = shards.next();
    TaskOutcome outcome =
        LearnerPool.use(
            setup.plan().network(), setup.learners(), learner -> run(order, shard, learner));
    return List.of(outcome).iterator();
  }

  private TaskOutcome run(Order order, ImageBlock shard, Learner learner) {
    Recorder recorder = new Recorder(System::nanoTime);
    LocalContext context =
        new LocalContext(
            order.agent(),
            round,
            order.mixingRow(),
            learner,
            setup.data(order.agent(), shard),
            setup.plan().seeds(),
            setup.plan().schedule(),
            recorder);
    AgentState state = order.state() == null ? null : setup.states().read(order.state());
    StepResult result = phase.step().run(state, inbox(order), context);
    result.requireDeliverable(order.agent(), setup.plan().agents());
    StateRef written = setup.write(round, phase.name(), order.agent(), result.state());
    AgentMetrics metrics = recorder.metrics().with(Metric.BYTES_SENT, (double) bytesSent(result));
    return new TaskOutcome(
        new PhaseManifest.Entry(order.agent(), written, metrics, mail(result)), learner.backend());
  }

  private Inbox inbox(Order order) {
    TreeMap<Integer, AgentState> bySender = new TreeMap<>();
    order
        .mail()
        .forEach(
            (sender, mail) ->
                bySender.put(
                    sender,
                    new Message.Committed(mail.vectors())
                        .contents(setup.states().read(mail.state()))));
    return new Inbox(bySender);
  }

  private static long bytesSent(StepResult result) {
    return result.outbox().stream()
        .mapToLong(envelope -> envelope.message().bytes(result.state()))
        .sum();
  }

  private static List<PhaseManifest.Mail> mail(StepResult result) {
    List<PhaseManifest.Mail> mail = new ArrayList<>();
    for (Envelope envelope : result.outbox()) {
      mail.add(
          envelope
              .message()
              .accept(committed -> new PhaseManifest.Mail(envelope.to(), committed.vectors())));
    }
    return mail;
  }
}
