package io.dimat.algorithm.gossip;

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
 * DMSGD: the momentum is partly the agent's own displacement and partly its neighbourhood's (Balu
 * et al., arXiv 2010.11166).
 *
 * <pre>
 * d_i  = x_i - x_i'                                  x_i' is the model one iteration before
 * x_i &lt;- sum_j w_ij x_j - eta g_i(x_i) + beta ((1 - omega) d_i + omega sum_j w_ij d_j)
 *      = sum_j w_ij (x_j + beta omega d_j) - eta g_i(x_i) + beta (1 - omega) d_i
 * </pre>
 *
 * The second line is what is computed: models and displacements are mixed by the same weights, so
 * that their sum travels instead of both. At rest the displacement is 0, so the bias is that of
 * CDSGD with the same eta. Reconstruction: the recursion was written down without the paper's text
 * at hand.
 *
 * <p>Traffic: one vector per neighbour and iteration. State: one displacement.
 *
 * @param beta momentum, in [0, 1)
 * @param omega part of the momentum that is the neighbourhood's, in [0, 1]
 */
public record MixedMomentumSgd(String name, IterativeTraining training, double beta, double omega)
    implements IterativeProgram {
  private static final String DISPLACEMENT = "displacement";
  private static final String SENT = "sent";
  private static final String STEP = "step";

  public MixedMomentumSgd {
    if (!(beta >= 0 && beta < 1) || !(omega >= 0 && omega <= 1)) {
      throw new IllegalArgumentException(
          "mixed momentum needs momentum in [0, 1) and omega in [0, 1], got %s and %s"
              .formatted(beta, omega));
    }
  }

  @Override
  public Plan round(int round) {
    return training.iterations(
        round, Phase.sending("descend", this::descend), Phase.reading("mix", this::mix));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Sample sample = training.sample(state.model(), context);
    ParamVector displacement = training.buffer(state, DISPLACEMENT);
    ParamVector step =
        displacement.times(beta * (1 - omega)).plus(-training.rate(context), sample.gradient());
    AgentState next =
        state
            .with(AgentState.MODEL, sample.model())
            .with(SENT, sample.x().plus(beta * omega, displacement))
            .with(STEP, step);
    return training.tell(context, next, SENT);
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector x = context.mix(state.vector(SENT), inbox, SENT).plus(state.vector(STEP));
    AgentState next =
        state.without(SENT).without(STEP).with(DISPLACEMENT, x.minus(state.model().trainable()));
    return StepResult.of(training.settle(next, x, inbox, context));
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING);
  }
}
