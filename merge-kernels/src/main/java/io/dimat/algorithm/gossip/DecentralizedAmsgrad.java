package io.dimat.algorithm.gossip;

import io.dimat.algorithm.part.Amsgrad;
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
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.util.Set;

/**
 * D-AMSGrad: AMSGrad whose denominator is tracked by gossip (Chen et al., arXiv 2109.03194).
 *
 * <pre>
 * m_i, v_i, w_i moved by g_i                         see {@link Amsgrad}
 * u_i  = sum_j w_ij a_j
 * x_i &lt;- sum_j w_ij x_j - eta m_i / sqrt(max(u_i, floor))
 * a_i &lt;- u_i + w_i - w_i'                            w_i' is w_i one iteration before
 * </pre>
 *
 * All agents come to divide by the same vector, so that with a falling eta they reach a stationary
 * point of the mean objective, which gossip with a denominator of one's own need not. The sum of
 * all a_i is the sum of all w_i. Reconstruction: written down without the paper's text at hand.
 *
 * <p>Traffic: two vectors per neighbour and iteration. State: m, v, w and a.
 */
public record DecentralizedAmsgrad(String name, IterativeTraining training, Amsgrad amsgrad)
    implements IterativeProgram {
  private static final String SENT = "sent";
  private static final String GROWTH = "growth";

  @Override
  public Plan round(int round) {
    return training.iterations(
        round, Phase.sending("descend", this::descend), Phase.reading("mix", this::mix));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Sample sample = training.sample(state.model(), context);
    AgentState moved = amsgrad.moved(state, sample.gradient());
    AgentState next =
        moved
            .with(AgentState.MODEL, sample.model())
            .with(SENT, sample.x())
            .with(GROWTH, amsgrad.largest(moved).minus(amsgrad.largest(state)))
            .with(Amsgrad.AUXILIARY, amsgrad.auxiliary(state));
    return training.tell(context, next, SENT, Amsgrad.AUXILIARY);
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector mixed = context.mix(state.vector(SENT), inbox, SENT);
    ParamVector auxiliary = context.mix(amsgrad.auxiliary(state), inbox, Amsgrad.AUXILIARY);
    ParamVector x = mixed.plus(-training.rate(context), amsgrad.direction(state, auxiliary));
    AgentState next =
        state
            .with(Amsgrad.AUXILIARY, auxiliary.plus(state.vector(GROWTH)))
            .without(SENT)
            .without(GROWTH);
    return StepResult.of(training.settle(next, x, inbox, context));
  }

  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return training.bytesTold(layout, 2) * training.stepsPerRound();
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING);
  }
}
