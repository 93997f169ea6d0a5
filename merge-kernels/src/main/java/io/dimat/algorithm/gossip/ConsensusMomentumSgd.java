package io.dimat.algorithm.gossip;

import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
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
 * CDMSGD: neighbours average their models at every iteration, the step stays the agent's own and
 * has momentum (Jiang et al., arXiv 1706.07880).
 *
 * <pre>
 * as coded       m_i &lt;- mu m_i + g_i(x_i)
 *                x_i &lt;- sum_j w_ij x_j - eta (g_i + mu m_i)      Nesterov; heavy ball: - eta m_i
 *
 * as published   v_i &lt;- sum_j w_ij x_j - x_i + mu v_i - eta g_i(x_i + mu v_i)
 *                x_i &lt;- x_i + v_i                                heavy ball: g_i(x_i)
 * </pre>
 *
 * As coded (in the repositories of DIMAT and CGA) the momentum knows gradients alone, and the bias
 * is that of CDSGD with the step {@code eta / (1 - mu)}. As published the velocity includes what
 * the neighbours did, and the bias is that of CDSGD with eta itself. Reconstruction: the published
 * form was written down without the paper's text at hand.
 *
 * <p>Traffic: one model per neighbour and iteration. State: one momentum, never sent.
 */
public record ConsensusMomentumSgd(
    String name, IterativeTraining training, Momentum momentum, Form form)
    implements IterativeProgram {
  private static final String SENT = "sent";
  private static final String STEP = "step";

  /** Which of the two recursions. */
  public enum Form {
    AS_CODED,
    AS_PUBLISHED
  }

  @Override
  public Plan round(int round) {
    return training.iterations(
        round, Phase.sending("descend", this::descend), Phase.reading("mix", this::mix));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    ParamVector x = state.model().trainable();
    ParamVector buffer = training.buffer(state, Momentum.BUFFER);
    Sample sample = training.sample(state.model().withTrainable(probed(x, buffer)), context);
    AgentState next = state.with(AgentState.MODEL, sample.model().withTrainable(x)).with(SENT, x);
    double rate = training.rate(context);
    return switch (form) {
      case AS_CODED -> {
        ParamVector moved = momentum.moved(buffer, sample.gradient());
        ParamVector step = momentum.direction(moved, sample.gradient()).times(-rate);
        yield training.tell(context, next.with(Momentum.BUFFER, moved).with(STEP, step), SENT);
      }
      case AS_PUBLISHED -> {
        ParamVector step = buffer.times(momentum.beta()).plus(-rate, sample.gradient());
        yield training.tell(context, next.with(STEP, step), SENT);
      }
    };
  }

  /** Where the gradient is taken. */
  private ParamVector probed(ParamVector x, ParamVector velocity) {
    boolean ahead = form == Form.AS_PUBLISHED && momentum.style() == Momentum.Style.NESTEROV;
    return ahead ? x.plus(momentum.beta(), velocity) : x;
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector before = state.vector(SENT);
    ParamVector x = context.mix(before, inbox, SENT).plus(state.vector(STEP));
    AgentState kept = state.without(SENT).without(STEP);
    AgentState next =
        form == Form.AS_PUBLISHED ? kept.with(Momentum.BUFFER, x.minus(before)) : kept;
    return StepResult.of(training.settle(next, x, inbox, context));
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING);
  }
}
