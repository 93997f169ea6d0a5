package io.dimat.algorithm.heterogeneity;

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
 * D2, with lazy mixing also known as exact diffusion: what mixing did to a model besides its own
 * step is remembered and undone in the next, so that agents rest at the optimum of the sum.
 *
 * <pre>
 * u_i    =  -eta d_i                   d_i: g_i, or its direction with momentum
 * x_i^+  &lt;- sum_j w_ij (x_j + u_j + c_j)
 * c_i    &lt;- x_i^+ - (x_i + u_i)         c_i = 0 at the start; sum_i c_i = 0 always
 * </pre>
 *
 * Without momentum and at a constant eta these are the iterates of {@code x^+ = W (2 x - x^- - eta
 * (g - g^-))}; here eta may change from step to step. Tang et al., arXiv 1803.07068. Momentum in
 * place of the gradient is an extension of public implementations.
 *
 * <p>Traffic: one model per neighbour and iteration. State: {@code c}, and the momentum if there is
 * any. Needs one symmetric W whose eigenvalues are above -1/3, else it diverges: use (W + I)/2,
 * which is exact diffusion. Does not bear lost messages. The sum of c gathers the rounding errors
 * of every mixing, so the resting point creeps by rounding.
 *
 * @param momentum {@link Momentum#NONE} is the published method
 */
public record D2(String name, IterativeTraining training, Momentum momentum)
    implements IterativeProgram {
  static final String CORRECTION = "correction";
  private static final String OWN = "own";
  private static final String SENT = "sent";

  @Override
  public Plan round(int round) {
    return training.iterations(
        round, Phase.sending("descend", this::descend), Phase.reading("mix", this::mix));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Descent descent = training.descent(state, momentum, context);
    ParamVector own = descent.half();
    ParamVector sent = own.plus(training.buffer(state, CORRECTION));
    return training.tell(context, descent.state().with(OWN, own).with(SENT, sent), SENT);
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector mixed = context.mix(state.vector(SENT), inbox, SENT);
    ParamVector correction = mixed.minus(state.vector(OWN));
    AgentState next = state.without(SENT).without(OWN).with(CORRECTION, correction);
    return StepResult.of(training.settle(next, mixed, inbox, context));
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(
        Requirement.DOUBLY_STOCHASTIC_MIXING,
        Requirement.SYMMETRIC_MIXING,
        Requirement.CONSTANT_MIXING,
        Requirement.EIGENVALUES_ABOVE_MINUS_ONE_THIRD);
  }
}
