package io.dimat.algorithm.gossip;

import io.dimat.algorithm.part.Descent;
import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
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
 * DSGDm and DSGDm-N: every agent keeps its own momentum, takes a step with it, and the stepped
 * models are averaged.
 *
 * <pre>
 * m_i &lt;- beta m_i + g_i
 * d_i  = m_i                     heavy ball
 * d_i  = g_i + beta m_i          Nesterov (-N)
 * x_i &lt;- sum_j w_ij (x_j - eta d_j)
 * </pre>
 *
 * The bias is that of decentralized SGD with the step {@code eta / (1 - beta)}: momentum amplifies
 * what differs between shards (Yuan et al., arXiv 2104.11981; baseline of Lin et al., arXiv
 * 2102.04761).
 *
 * <p>Traffic: one model per neighbour and iteration. State: one momentum, never sent.
 */
public record DecentralizedMomentumSgd(String name, IterativeTraining training, Momentum momentum)
    implements IterativeProgram {
  private static final String SENT = "sent";

  @Override
  public Plan round(int round) {
    return training.iterations(
        round, Phase.sending("descend", this::descend), Phase.reading("mix", this::mix));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Descent descent = training.descent(state, momentum, context);
    return training.tell(context, descent.state().with(SENT, descent.half()), SENT);
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector x = context.mix(state.vector(SENT), inbox, SENT);
    return StepResult.of(training.settle(state.without(SENT), x, inbox, context));
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING);
  }
}
