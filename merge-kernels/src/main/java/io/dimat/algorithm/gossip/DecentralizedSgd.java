package io.dimat.algorithm.gossip;

import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Sample;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.Requirement;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamVector;
import java.util.Set;

/**
 * Decentralized SGD: neighbours average their models at every iteration.
 *
 * <pre>
 * adapt then combine   x_i &lt;- sum_j w_ij (x_j - eta g_j)      DSGD
 * combine then adapt   x_i &lt;- sum_j w_ij x_j - eta g_i         CDSGD, D-PSGD
 * </pre>
 *
 * The gradient is taken at the agent's own model before mixing. Both have a bias that grows with
 * eta and with how much shards differ; it is not the same. D-PSGD: Lian et al., arXiv 1705.09056;
 * CDSGD: Jiang et al., arXiv 1706.07880.
 *
 * <p>Traffic: one model per neighbour and iteration. State: none besides the model.
 */
public record DecentralizedSgd(String name, IterativeTraining training, CombineOrder order)
    implements IterativeProgram {
  private static final String SENT = "sent";
  private static final String STEP = "step";

  @Override
  public Plan round(int round) {
    return training.iterations(
        round, Phase.sending("descend", this::descend), Phase.reading("mix", this::mix));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Sample sample = training.sample(state.model(), context);
    ParamVector step = sample.gradient().times(-training.rate(context));
    AgentState next = state.with(AgentState.MODEL, sample.model());
    return switch (order) {
      case ADAPT_THEN_COMBINE ->
          training.tell(context, next.with(SENT, sample.x().plus(step)), SENT);
      case COMBINE_THEN_ADAPT ->
          training.tell(context, next.with(SENT, sample.x()).with(STEP, step), SENT);
    };
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector mixed = context.mix(state.vector(SENT), inbox, SENT);
    ParamVector x = state.has(STEP) ? mixed.plus(state.vector(STEP)) : mixed;
    return StepResult.of(training.settle(state.without(SENT).without(STEP), x, inbox, context));
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING);
  }
}
