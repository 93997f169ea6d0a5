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
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.util.Set;

/**
 * Momentum Tracking: agents track the mean of their momenta, so that momentum does not bring back
 * the bias that differing shards cause.
 *
 * <pre>
 * u_i    &lt;- beta u_i + g_i               u_i = 0 at the start
 * y_i    =  u_i - c_i                   c_i = 0 at the start
 * x_i^+  &lt;- sum_j w_ij x_j - eta y_i
 * c_i^+  &lt;- u_i - sum_j w_ij y_j
 * </pre>
 *
 * {@code sum_i c_i = 0} always; rests at the optimum of the sum for every beta. Takezawa et al.,
 * arXiv 2209.15505. Reconstruction: the paper starts u and c at {@code (g_i - mean g) / (1 -
 * beta)}, which takes an all-reduce; started at 0, as here, it rests at the same point.
 *
 * <p>Traffic: two vectors, {@code x} and {@code y}, per neighbour and iteration. State: {@code u}
 * and {@code c}. W is doubly stochastic.
 *
 * @param beta in [0, 1); 0 is gradient tracking with the models combined before they are adapted
 */
public record MomentumTracking(String name, IterativeTraining training, double beta)
    implements IterativeProgram {
  static final String CORRECTION = "correction";
  private static final String SENT = "sent";
  private static final String TRACKER = "tracker";

  public MomentumTracking {
    if (!(beta >= 0 && beta < 1)) {
      throw new IllegalArgumentException("momentum is in [0, 1), got " + beta);
    }
  }

  @Override
  public Plan round(int round) {
    return training.iterations(
        round, Phase.sending("descend", this::descend), Phase.reading("mix", this::mix));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Sample sample = training.sample(state.model(), context);
    ParamVector moved = sample.gradient().plus(beta, training.buffer(state, Momentum.BUFFER));
    ParamVector tracker = moved.minus(training.buffer(state, CORRECTION));
    AgentState next =
        state
            .with(AgentState.MODEL, sample.model())
            .with(Momentum.BUFFER, moved)
            .with(SENT, sample.x())
            .with(TRACKER, tracker);
    return training.tell(context, next, SENT, TRACKER);
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector tracker = state.vector(TRACKER);
    ParamVector x =
        context.mix(state.vector(SENT), inbox, SENT).plus(-training.rate(context), tracker);
    ParamVector correction =
        state.vector(Momentum.BUFFER).minus(context.mix(tracker, inbox, TRACKER));
    AgentState next = state.without(SENT).without(TRACKER).with(CORRECTION, correction);
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
