package io.dimat.algorithm.merging;

import io.dimat.algorithm.part.Aliasing;
import io.dimat.algorithm.part.Descent;
import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.MixingSchedule;
import io.dimat.merge.Finish;
import io.dimat.merge.MergeOperator;
import io.dimat.network.Network;
import io.dimat.protocol.AgentMetrics;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.ConsensusRule;
import io.dimat.protocol.Envelope;
import io.dimat.protocol.EvaluationPoint;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Message;
import io.dimat.protocol.Metric;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.Requirement;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Local SGD whose agents merge when their training says so: AIMMerging (arXiv 2509.17348) among
 * peers.
 *
 * <pre>
 * m &lt;- beta m + g;   x &lt;- x - eta d(m, g)                     every iteration
 * due_i      S_i iterations since the last merge, or the probe loss says that i forgets
 * merging_i  due_i, or due_j of a neighbour j
 * if merging_i:  x_i &lt;- finish(sum_j w_ij align_i(x_j));  S_i adapted by {@link MergeTiming}
 * </pre>
 *
 * So an agent merges when the shortest time left in its neighbourhood is up, and takes the current
 * models of all its neighbours, also of those that do not merge now: agents' mean is kept only when
 * all merge. Momentum starts anew after a merge, whose result may be in another basis. Losses are
 * measured on the probe of the last merge's round, so that they can be compared. Reconstruction:
 * the paper merges task models of one learner; peers, the neighbourhood and the momentum are ours.
 *
 * <p>Traffic: one full model per neighbour that merges; at a check at which anybody is due two
 * scalars per neighbour, and at every check one scalar that says whether anybody is ({@link
 * Metric#CONTROL_BYTES}). State: the model at the last merge, momentum if beta is above 0, scalars.
 */
public record AdaptiveMerging(
    String name,
    IterativeTraining training,
    Momentum momentum,
    MergeOperator operator,
    Finish finish,
    ReferenceBasis reference,
    MergeTiming timing)
    implements IterativeProgram {
  /** Round whose probe batch losses are measured on until the next merge: one for all of them. */
  private static final String PROBED = "probe-round";

  private static final String DUE = "due";
  private static final String MERGING = "merging";

  public AdaptiveMerging {
    new MergeStep(operator, finish, reference); // refuses what does not go together
  }

  private MergeStep step() {
    return new MergeStep(operator, finish, reference);
  }

  private MergeSignals signals() {
    return new MergeSignals(timing);
  }

  @Override
  public Phase start() {
    Phase start = training.start();
    return Phase.alone(
        start.name(),
        start.point(),
        (none, inbox, context) -> {
          AgentState state = start.step().run(none, inbox, context).state();
          return StepResult.of(state.with(MergeSignals.MERGED, state.model().trainable()));
        });
  }

  @Override
  public Plan round(int round) {
    Plan descend = Plan.of(Phase.alone("descend", EvaluationPoint.TRAINED, this::descend));
    Plan check = Plan.of(Phase.alone("check", EvaluationPoint.TRAINED, this::check));
    Plan merge =
        Plan.of(
            Phase.sending("ask", this::ask),
            Phase.relaying("agree", this::agree),
            Phase.relaying("send", this::send),
            Phase.reading("merge", this::merge));
    Plan checked =
        Plan.inOrder(descend, check, new Plan.RepeatUntil(merge, AdaptiveMerging::nobodyIsDue, 1));
    return training.iterations(round, t -> (t + 1) % timing.check() == 0 ? checked : descend);
  }

  private static boolean nobodyIsDue(SortedMap<Integer, AgentMetrics> measured) {
    return measured.values().stream()
        .allMatch(metrics -> metrics.values().get(Metric.VIOLATIONS) == 0);
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Descent descent = training.descent(state, momentum, context);
    AgentState next = training.settle(descent.state(), descent.half(), none, context);
    return StepResult.of(signals().iterated(next));
  }

  private StepResult check(AgentState state, Inbox none, LocalContext context) {
    double loss =
        context
            .recorder()
            .timed(
                Metric.SECONDS_EVALUATE,
                () -> {
                  context.learner().load(state.model());
                  return context
                      .learner()
                      .evaluate(context.data().probe((int) state.scalar(PROBED, 0)))
                      .loss();
                });
    boolean due = signals().isDue(state, loss);
    context.recorder().add(Metric.VIOLATIONS, due ? 1 : 0);
    context.recorder().add(Metric.CONTROL_BYTES, Double.BYTES);
    AgentState next = signals().heard(state, loss);
    return StepResult.of(due ? next.with(DUE, 1.0) : next);
  }

  private StepResult ask(AgentState state, Inbox none, LocalContext context) {
    AgentState question = AgentState.empty().with(DUE, state.scalar(DUE, 0));
    return new StepResult(
        state, Envelope.toAll(context.recipients(), new Message.Carried(question)));
  }

  private StepResult agree(AgentState state, Inbox inbox, LocalContext context) {
    double merging = state.scalar(DUE, 0);
    for (AgentState question : inbox.bySender().values()) {
      merging = Math.max(merging, question.scalar(DUE, 0));
    }
    AgentState answer = AgentState.empty().with(MERGING, merging);
    return new StepResult(
        state.without(DUE).with(MERGING, merging),
        Envelope.toAll(context.recipients(), new Message.Carried(answer)));
  }

  private StepResult send(AgentState state, Inbox inbox, LocalContext context) {
    Message model = new Message.Committed(List.of(AgentState.MODEL));
    List<Envelope> models =
        inbox.bySender().entrySet().stream()
            .filter(answer -> answer.getValue().scalar(MERGING, 0) > 0)
            .map(answer -> new Envelope(answer.getKey(), model))
            .toList();
    return new StepResult(state, models);
  }

  private StepResult merge(AgentState state, Inbox inbox, LocalContext context) {
    AgentState next = state.without(MERGING);
    if (state.scalar(MERGING, 0) == 0) {
      return StepResult.of(next);
    }
    ParamVector model = step().of(state.model(), inbox, context).model();
    context.recorder().add(Metric.MERGES, 1);
    return StepResult.of(
        signals()
            .retimed(next)
            .without(Momentum.BUFFER)
            .with(AgentState.MODEL, model)
            .with(MergeSignals.MERGED, model.trainable())
            .with(PROBED, (double) context.round()));
  }

  /** As if everybody merged at every check: what a round costs at most. */
  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    long checks = (training.stepsPerRound() + timing.check() - 1L) / timing.check();
    return ((long) layout.precision().bytes() * layout.size() + 2L * Double.BYTES) * checks;
  }

  @Override
  public Optional<String> refusal(MixingSchedule mixing) {
    return Aliasing.refusal(mixing, "timing.check", k -> (k + 1) % timing.check() == 0);
  }

  @Override
  public Set<Requirement> requires() {
    return step().requires();
  }

  @Override
  public Optional<String> refusal(Network network) {
    return operator.refusal(network);
  }

  @Override
  public ConsensusRule consensus() {
    return step().consensus();
  }
}
