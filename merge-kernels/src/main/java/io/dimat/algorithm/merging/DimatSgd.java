package io.dimat.algorithm.merging;

import io.dimat.algorithm.part.Aliasing;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.Descent;
import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.MixingSchedule;
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
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * DIMAT, algorithms 1 and 2 (arXiv 2404.08079): stochastic gradient descent, with or without
 * momentum, and a merge with the neighbours every T iterations.
 *
 * <pre>
 * m_i &lt;- beta m_i + g_i                              beta = 0: DIMAT-SGD, above: DIMAT-MSGD
 * v_i  = sum_j w_ij P_ij x_j   if k mod T = 0        k = 1, 2, ... over the whole run
 *      = x_i                   otherwise
 * x_i &lt;- v_i - eta m_i                               combine then adapt
 *
 * x_i &lt;- x_i - eta m_i, then merged if k mod T = 0   adapt then combine
 * </pre>
 *
 * P_ij brings j's units into i's order; i's own momentum therefore needs no permutation. The merged
 * model gets its running statistics as the {@link io.dimat.merge.Finish} says, before the step that
 * combine-then-adapt adds. Reconstruction: the formulas are rebuilt from the paper's prose and from
 * its proof; which of the two orders it means is not known.
 *
 * <p>Traffic: one full model per neighbour and merge, none between merges. State: one momentum if
 * there is any.
 */
public record DimatSgd(
    String name,
    IterativeTraining training,
    Momentum momentum,
    PeriodicMerge merging,
    CombineOrder order)
    implements IterativeProgram {
  private static final String STEP = "step";

  public DimatSgd {
    if (momentum.beta() > 0 && merging.operator().changesReference()) {
      throw new IllegalArgumentException(
          "momentum across merges needs a merge that keeps the reference's units, %s mixes them: use momentum 0 or another merge"
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
    return StepResult.of(stepped(accelerated(state, context)));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    AgentState next = accelerated(state, context);
    AgentState sent =
        switch (order) {
          case COMBINE_THEN_ADAPT -> next;
          case ADAPT_THEN_COMBINE -> stepped(next);
        };
    Message model = new Message.Committed(List.of(AgentState.MODEL));
    return new StepResult(sent, Envelope.toAll(context.recipients(), model));
  }

  private StepResult merge(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector merged = merging.merge(state, inbox, context).model();
    AgentState next = state.with(AgentState.MODEL, merged);
    return StepResult.of(next.has(STEP) ? stepped(next) : next);
  }

  /** The state with its momentum moved and the step to take. */
  private AgentState accelerated(AgentState state, LocalContext context) {
    Descent descent = training.descent(state, momentum, context);
    return descent.state().with(STEP, descent.step());
  }

  private static AgentState stepped(AgentState state) {
    ParamVector x = state.model().trainable().plus(state.vector(STEP));
    return state.with(AgentState.MODEL, state.model().withTrainable(x)).without(STEP);
  }

  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return merging.bytes(layout, training.stepsPerRound());
  }

  @Override
  public Set<Requirement> requires() {
    return merging.requires();
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
