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
 * Quasi-global momentum: the buffer follows the way the mixed model went, not the agent's own
 * gradients, so that it points where all agents go even if their shards differ.
 *
 * <pre>
 * m       &lt;- beta m^_i + g_i
 * y_i     =  x_i - eta m                heavy ball, QG-DSGDm
 *            x_i - eta (g_i + beta m)   Nesterov, QG-DSGDm-N
 * x_i^+   &lt;- sum_j w_ij y_j
 * m^_i    &lt;- mu m^_i + (1 - mu) (x_i - x_i^+) / max(eta, 1e-8)
 * </pre>
 *
 * {@code m} is discarded after the step. It rests where DSGD (adapt then combine) rests: at the
 * same eta with the heavy ball, at {@code eta (1 + beta)} with Nesterov; momentum does not amplify
 * the bias. Lin et al., arXiv 2102.04761. Reconstruction: order of the lines, the tied {@code mu =
 * beta} and the bound on eta follow public implementations, not the paper's text.
 *
 * <p>Traffic: one model per neighbour and iteration. State: {@code m^}.
 *
 * @param momentum beta and the style
 * @param mu how much of the buffer is kept, in [0, 1]; usually beta
 */
public record QuasiGlobalMomentum(
    String name, IterativeTraining training, Momentum momentum, double mu)
    implements IterativeProgram {
  private static final String SENT = "sent";

  public QuasiGlobalMomentum {
    if (!(mu >= 0 && mu <= 1)) {
      throw new IllegalArgumentException("quasi-global momentum keeps mu in [0, 1], got " + mu);
    }
  }

  @Override
  public Plan round(int round) {
    return training.iterations(
        round, Phase.sending("descend", this::descend), Phase.reading("mix", this::mix));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Sample sample = training.sample(state.model(), context);
    ParamVector gradient = sample.gradient();
    ParamVector moved = momentum.moved(training.buffer(state, Momentum.BUFFER), gradient);
    ParamVector direction = momentum.direction(moved, gradient);
    ParamVector sent = sample.x().plus(-training.rate(context), direction);
    return training.tell(
        context, state.with(AgentState.MODEL, sample.model()).with(SENT, sent), SENT);
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector mixed = context.mix(state.vector(SENT), inbox, SENT);
    ParamVector buffer =
        Momentum.followed(
            training.buffer(state, Momentum.BUFFER),
            state.model().trainable().minus(mixed),
            mu,
            training.rate(context));
    AgentState next = state.without(SENT).with(Momentum.BUFFER, buffer);
    return StepResult.of(training.settle(next, mixed, inbox, context));
  }

  @Override
  public double gradientsPerStep(double neighbors) {
    return training.oracle().passes();
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING);
  }
}
