package io.dimat.algorithm.heterogeneity;

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
 * DecentLaM: momentum on the whole displacement of a DSGD iteration, mixing included, which takes
 * momentum's part out of the bias.
 *
 * <pre>
 * h_i   =  x_i - eta g_i
 * g~_i  =  (x_i - sum_j w_ij h_j) / max(eta, 1e-8)
 * m_i   &lt;- beta m_i + g~_i
 * x_i   &lt;- x_i - eta m_i                heavy ball
 *          x_i - eta (g~_i + beta m_i)  Nesterov
 * </pre>
 *
 * It rests exactly where DSGD (adapt then combine) rests at the same eta, for any beta. Yuan et
 * al., arXiv 2104.11981. Reconstruction: the recursion is that of public implementations;
 * Nesterov's form is ours, by analogy.
 *
 * <p>Traffic: one model per neighbour and iteration. State: {@code m}. Needs a symmetric W.
 */
public record DecentLaM(String name, IterativeTraining training, Momentum momentum)
    implements IterativeProgram {
  private static final String SENT = "sent";

  @Override
  public Plan round(int round) {
    return training.iterations(
        round, Phase.sending("descend", this::descend), Phase.reading("mix", this::mix));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Sample sample = training.sample(state.model(), context);
    ParamVector sent = sample.x().plus(-training.rate(context), sample.gradient());
    return training.tell(
        context, state.with(AgentState.MODEL, sample.model()).with(SENT, sent), SENT);
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    double rate = Math.max(training.rate(context), Momentum.LEAST_RATE);
    ParamVector x = state.model().trainable();
    ParamVector mixed = context.mix(state.vector(SENT), inbox, SENT);
    ParamVector way = x.minus(mixed).times(1 / rate);
    ParamVector moved = momentum.moved(training.buffer(state, Momentum.BUFFER), way);
    ParamVector next = x.plus(-training.rate(context), momentum.direction(moved, way));
    AgentState settled = training.settle(state.without(SENT), next, inbox, context);
    return StepResult.of(settled.with(Momentum.BUFFER, moved));
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING, Requirement.SYMMETRIC_MIXING);
  }
}
