package io.dimat.algorithm.merging;

import io.dimat.algorithm.gossip.DecentralizedAmsgrad;
import io.dimat.algorithm.part.Aliasing;
import io.dimat.algorithm.part.Amsgrad;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Sample;
import io.dimat.align.PermutationSpec;
import io.dimat.graph.MixingSchedule;
import io.dimat.merge.Merged;
import io.dimat.network.Network;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.ConsensusRule;
import io.dimat.protocol.Envelope;
import io.dimat.protocol.EvaluationPoint;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Message;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.Requirement;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * DIMAT, algorithm 3 (arXiv 2404.08079): {@link DecentralizedAmsgrad} whose models are merged,
 * every T iterations.
 *
 * <pre>
 * m_i, v_i, w_i moved by g_i                                 see {@link Amsgrad}
 * h_i, u_i = sum_j w_ij P_ij x_j, sum_j w_ij P_ij a_j        if k mod T = 0, k = 1, 2, ...
 *          = x_i, a_i                                        otherwise
 * x_i &lt;- h_i - eta m_i / sqrt(max(u_i, floor))               combine then adapt
 * a_i &lt;- u_i + w_i - w_i'                                    w_i' is w_i one iteration before
 * </pre>
 *
 * What brings j's units into i's order for the models does so for the auxiliary variable. i's own
 * moments are in i's order already. Adapt then combine takes the whole iteration alone, with {@code
 * u_i = a_i + w_i - w_i'}, and then merges x_i and a_i. Reconstruction: the paper names the
 * framework (Chen et al., arXiv 2109.03194) and the extra variable; the lines are rebuilt from
 * that.
 *
 * <p>Traffic: one full model and one vector of its trainable parameters per neighbour and merge,
 * none between merges. State: m, v, w and a.
 */
public record DimatAmsgrad(
    String name,
    IterativeTraining training,
    Amsgrad amsgrad,
    PeriodicMerge merging,
    CombineOrder order)
    implements IterativeProgram {
  private static final String GROWTH = "growth";

  public DimatAmsgrad {
    if (merging.operator().mixesUnits()) {
      throw new IllegalArgumentException(
          "the auxiliary variable of DIMAT-AMSGrad needs a merge that permutes units, %s mixes them: use dimat, wm or wa"
              .formatted(merging.operator().name()));
    }
  }

  @Override
  public Plan round(int round) {
    Plan alone = Plan.of(Phase.alone("step", EvaluationPoint.TRAINED, this::step));
    Plan merge =
        Plan.of(Phase.sending("descend", this::descend), Phase.reading("merge", this::merge));
    return training.iterations(round, k -> merging.isDue(k) ? merge : alone);
  }

  private StepResult step(AgentState state, Inbox none, LocalContext context) {
    AgentState moved = moved(state, context);
    return StepResult.of(
        switch (order) {
          case COMBINE_THEN_ADAPT -> tracked(stepped(moved, context));
          case ADAPT_THEN_COMBINE -> stepped(tracked(moved), context);
        });
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    AgentState moved = moved(state, context);
    AgentState sent =
        switch (order) {
          case COMBINE_THEN_ADAPT -> moved;
          case ADAPT_THEN_COMBINE -> stepped(tracked(moved), context);
        };
    Message mail = new Message.Committed(List.of(AgentState.MODEL, Amsgrad.AUXILIARY));
    return new StepResult(sent, Envelope.toAll(context.recipients(), mail));
  }

  private StepResult merge(AgentState state, Inbox inbox, LocalContext context) {
    MergeStep.Outcome outcome = merging.merge(state, inbox, context);
    AgentState next =
        state
            .with(AgentState.MODEL, outcome.model())
            .with(Amsgrad.AUXILIARY, mixed(state, inbox, outcome.merged(), context));
    return StepResult.of(next.has(GROWTH) ? tracked(stepped(next, context)) : next);
  }

  private AgentState moved(AgentState state, LocalContext context) {
    Sample sample = training.sample(state.model(), context);
    AgentState moved = amsgrad.moved(state, sample.gradient());
    return moved
        .with(AgentState.MODEL, sample.model())
        .with(GROWTH, amsgrad.largest(moved).minus(amsgrad.largest(state)))
        .with(Amsgrad.AUXILIARY, amsgrad.auxiliary(state));
  }

  private AgentState stepped(AgentState state, LocalContext context) {
    ParamVector direction = amsgrad.direction(state, amsgrad.auxiliary(state));
    ParamVector x = state.model().trainable().plus(-training.rate(context), direction);
    return state.with(AgentState.MODEL, state.model().withTrainable(x));
  }

  private AgentState tracked(AgentState state) {
    ParamVector auxiliary = amsgrad.auxiliary(state).plus(state.vector(GROWTH));
    return state.with(Amsgrad.AUXILIARY, auxiliary).without(GROWTH);
  }

  /** All auxiliary variables in this agent's units, averaged by the weights of the models. */
  private static ParamVector mixed(
      AgentState state, Inbox inbox, Merged merged, LocalContext context) {
    SortedMap<Integer, ParamVector> aligned = new TreeMap<>();
    aligned.put(context.agent(), state.vector(Amsgrad.AUXILIARY));
    inbox.bySender().forEach((sender, mail) -> aligned.put(sender, mail.vector(Amsgrad.AUXILIARY)));
    if (!merged.alignments().isEmpty()) {
      PermutationSpec spec = PermutationSpec.of(context.learner().network());
      merged
          .alignments()
          .forEach((agent, change) -> aligned.compute(agent, (k, u) -> change.applyTo(spec, u)));
    }
    double[] weights =
        context.mixingRow().values().stream().mapToDouble(Double::doubleValue).toArray();
    return ParamVector.weightedSum(weights, List.copyOf(aligned.values()));
  }

  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    int steps = training.stepsPerRound();
    return merging.bytes(layout, steps) + merging.bytes(layout.trainable(), steps);
  }

  @Override
  public Set<Requirement> requires() {
    Set<Requirement> rules = EnumSet.copyOf(merging.requires());
    rules.add(Requirement.DOUBLY_STOCHASTIC_MIXING);
    return rules;
  }

  @Override
  public Optional<String> refusal(Network network) {
    return merging.operator().refusal(network);
  }

  @Override
  public Optional<String> refusal(MixingSchedule mixing) {
    return Aliasing.refusal(mixing, "gossip.period", merging::isDue);
  }

  @Override
  public ConsensusRule consensus() {
    return merging.operator().aligns() ? ConsensusRule.ALIGNED_MEAN : ConsensusRule.PLAIN_MEAN;
  }
}
