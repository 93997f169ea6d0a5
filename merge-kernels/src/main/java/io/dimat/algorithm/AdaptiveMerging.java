package io.dimat.algorithm;

import io.dimat.graph.MixingSchedule;
import io.dimat.merge.Finish;
import io.dimat.merge.LocalProbe;
import io.dimat.merge.MergeInput;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.Merged;
import io.dimat.network.Network;
import io.dimat.protocol.AgentMetrics;
import io.dimat.protocol.AgentProgram;
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
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

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
 * all merge. Momentum starts anew after a merge, whose result may be in another basis. The probe is
 * the one the merge uses. Reconstruction: the paper merges task models of one learner; peers, the
 * neighbourhood and the momentum are ours.
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
    implements AgentProgram {
  /** Round whose probe batch losses are measured on until the next merge: one for all of them. */
  private static final String PROBED = "probe-round";

  private static final String MERGED = "merged";
  private static final String INTERVAL = "interval";
  private static final String SINCE = "since-merge";
  private static final String LOSSES = "probe-loss-sum";
  private static final String CALM = "probe-losses";
  private static final String SIGNAL = "signal-";
  private static final String DUE = "due";
  private static final String MERGING = "merging";

  public AdaptiveMerging {
    finish
        .refusal(operator)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
  }

  @Override
  public Phase start() {
    Phase start = training.start();
    return Phase.alone(
        start.name(),
        start.point(),
        (none, inbox, context) -> {
          AgentState state = start.step().run(none, inbox, context).state();
          return StepResult.of(state.with(MERGED, state.model().trainable()));
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
    return StepResult.of(next.with(SINCE, state.scalar(SINCE, 0) + 1));
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
    double sum = state.scalar(LOSSES, 0);
    int calm = (int) state.scalar(CALM, 0);
    boolean late = state.scalar(SINCE, 0) >= state.scalar(INTERVAL, timing.first());
    boolean due = late || timing.forgets(loss, sum, calm);
    context.recorder().add(Metric.VIOLATIONS, due ? 1 : 0);
    context.recorder().add(Metric.CONTROL_BYTES, Double.BYTES);
    AgentState next =
        calm < timing.calm() ? state.with(LOSSES, sum + loss).with(CALM, calm + 1.0) : state;
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
    SortedMap<Integer, ParamVector> models = new TreeMap<>();
    models.put(context.agent(), state.model());
    inbox.bySender().forEach((sender, mail) -> models.put(sender, mail.model()));
    MergeInput input =
        new MergeInput(
            reference.of(context),
            models,
            context.mixingRow(),
            new LocalProbe(context.learner(), context.data().probe(context.round())),
            context.recorder());
    Merged merged = operator.merge(input);
    ParamVector model =
        context.recorder().timed(Metric.SECONDS_MERGE, () -> finish.of(input, merged));
    TrainThenMerge.record(merged, context);
    context.recorder().add(Metric.MERGES, 1);
    return StepResult.of(
        retimed(next)
            .without(Momentum.BUFFER)
            .with(AgentState.MODEL, model)
            .with(MERGED, model.trainable())
            .with(PROBED, (double) context.round()));
  }

  /** The state with the next interval, from how far the model went since the last merge. */
  private AgentState retimed(AgentState state) {
    double since = state.scalar(SINCE, 0);
    List<Double> signals = new ArrayList<>();
    for (int k = 0; state.scalars().containsKey(SIGNAL + k); k++) {
      signals.add(state.scalars().get(SIGNAL + k));
    }
    signals.add(length(state.model().trainable().minus(state.vector(MERGED))) / since);
    if (signals.size() > timing.window()) {
      signals.remove(0);
    }
    int interval = timing.next((int) state.scalar(INTERVAL, timing.first()), signals);
    AgentState next = state.with(INTERVAL, (double) interval);
    for (int k = 0; k < signals.size(); k++) {
      next = next.with(SIGNAL + k, signals.get(k));
    }
    return next.without(SINCE).without(LOSSES).without(CALM);
  }

  /** {@code |v|_1}. */
  private static double length(ParamVector vector) {
    double sum = 0;
    for (int i = 0; i < vector.size(); i++) {
      sum += Math.abs(vector.at(i));
    }
    return sum;
  }

  /** As if everybody merged at every check: what a round costs at most. */
  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    long checks = (training.stepsPerRound() + timing.check() - 1L) / timing.check();
    return ((long) layout.precision().bytes() * layout.size() + 2L * Double.BYTES) * checks;
  }

  @Override
  public Optional<String> refusal(MixingSchedule mixing) {
    return Aliasing.refusal(mixing, k -> (k + 1) % timing.check() == 0);
  }

  @Override
  public Set<Requirement> requires() {
    return TrainThenMerge.rules(operator, reference);
  }

  @Override
  public Optional<String> refusal(Network network) {
    return operator.refusal(network);
  }

  @Override
  public ConsensusRule consensus() {
    return operator.aligns() ? ConsensusRule.ALIGNED_MEAN : ConsensusRule.PLAIN_MEAN;
  }
}
