package io.dimat.spark;

import io.dimat.learn.Learner;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Envelope;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Message;
import io.dimat.protocol.Metric;
import io.dimat.protocol.Recorder;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.StepResult;
import io.dimat.protocol.Superstep;
import io.dimat.shard.ImageBlock;
import io.dimat.store.PhaseManifest;
import io.dimat.store.StateRef;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.Iterator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.api.java.function.FlatMapFunction2;
import org.apache.spark.broadcast.Broadcast;

/** One agent's part of one superstep: read states and mail, run the phases, write the new state. */
final class PhaseTask
    implements FlatMapFunction2<Iterator<Order>, Iterator<ImageBlock>, TaskOutcome> {
  private static final long serialVersionUID = 1L;

  private final Broadcast<TaskSetup> shared;
  private final int round;
  private final String folder;
  private final Superstep superstep;

  /**
   * A task.
   *
   * @param folder of its files: the committed phase's name, or {@link PassingStates#PHASE}
   */
  PhaseTask(Broadcast<TaskSetup> shared, int round, String folder, Superstep superstep) {
    this.shared = shared;
    this.round = round;
    this.folder = folder;
    this.superstep = superstep;
  }

  @Override
  public Iterator<TaskOutcome> call(Iterator<Order> orders, Iterator<ImageBlock> shards) {
    TaskSetup setup = shared.value();
    Order order = orders.next();
    ImageBlock shard = shards.next();
    TaskOutcome outcome =
        LearnerPool.use(
            setup.plan().network(), setup.learners(), learner -> run(setup, order, shard, learner));
    return List.of(outcome).iterator();
  }

  private TaskOutcome run(TaskSetup setup, Order order, ImageBlock shard, Learner learner) {
    LocalContext context =
        new LocalContext(
            order.agent(),
            round,
            RunPlan.iteration(round),
            setup.plan().mixing(),
            learner,
            setup.data(order.agent(), shard),
            setup.plan().seeds(),
            setup.plan().schedule(),
            new Recorder(System::nanoTime));
    AgentState state =
        order.state() == null ? null : PassingStates.read(setup.states(), order.state());
    Superstep.Taken taken =
        superstep.run(state, inbox(setup, order), context, () -> new Recorder(System::nanoTime));
    StepResult result = taken.result();
    result.requireDeliverable(order.agent(), setup.plan().agents());
    StateRef written = setup.write(round, folder, order.agent(), result.state());
    remember(setup, written, result.state());
    return new TaskOutcome(
        new PhaseManifest.Entry(
            order.agent(),
            written,
            taken.metrics().with(Metric.BYTES_SENT, result.bytesSent()),
            mail(setup, order.agent(), result, written)),
        learner.backend());
  }

  private static Inbox inbox(TaskSetup setup, Order order) {
    TreeMap<Integer, AgentState> bySender = new TreeMap<>();
    order
        .mail()
        .forEach(
            (sender, mail) -> {
              AgentState file = PassingStates.read(setup.states(), mail.file());
              bySender.put(
                  sender,
                  mail.vectors().isEmpty()
                      ? file
                      : new Message.Committed(mail.vectors()).contents(file));
            });
    return new Inbox(bySender);
  }

  private List<PhaseManifest.Mail> mail(
      TaskSetup setup, int agent, StepResult result, StateRef state) {
    List<PhaseManifest.Mail> mail = new ArrayList<>();
    IdentityHashMap<Message, StateRef> written = new IdentityHashMap<>();
    for (Envelope envelope : result.outbox()) {
      mail.add(
          envelope
              .message()
              .accept(
                  new Message.Reader<PhaseManifest.Mail>() {
                    @Override
                    public PhaseManifest.Mail committed(Message.Committed message) {
                      return new PhaseManifest.Mail(envelope.to(), state, message.vectors());
                    }

                    @Override
                    public PhaseManifest.Mail carried(Message.Carried message) {
                      StateRef file =
                          written.computeIfAbsent(
                              message, m -> carry(setup, agent, written.size(), message));
                      return new PhaseManifest.Mail(envelope.to(), file, List.of());
                    }
                  }));
    }
    return mail;
  }

  private StateRef carry(TaskSetup setup, int agent, int index, Message.Carried message) {
    StateRef file = setup.writeMail(round, folder, agent, index, message.contents());
    remember(setup, file, message.contents());
    return file;
  }

  /** Committed states are always read from storage: what is there is what counts. */
  private void remember(TaskSetup setup, StateRef file, AgentState contents) {
    if (folder.equals(PassingStates.PHASE)) {
      PassingStates.remember(setup.states(), file, contents);
    }
  }
}
