package io.dimat.algorithm.heterogeneity;

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
 * Gradient tracking, DSGT: every agent descends along {@code y_i}, its running estimate of the mean
 * gradient of all agents.
 *
 * <pre>
 * y_i    =  g_i - c_i                   c_i = 0 at the start
 * x_i^+  &lt;- sum_j w_ij (x_j - eta y_j)
 * c_i^+  &lt;- g_i - sum_j w_ij y_j
 * </pre>
 *
 * These are the iterates of {@code y^+ = W y + g^+ - g} with {@code y = g} at the start, in a form
 * that holds no old gradient and lets eta change. {@code sum_i c_i = 0}, so {@code sum_i y_i =
 * sum_i g_i}, always. Rests at the optimum of the sum. Pu and Nedic, arXiv 1805.11454; the
 * correction form is of public implementations.
 *
 * <p>Traffic: two vectors, {@code x - eta y} and {@code y}, per neighbour and iteration. State:
 * {@code c}. W is doubly stochastic; it may be directed and change.
 */
public record GradientTracking(String name, IterativeTraining training)
    implements IterativeProgram {
  static final String CORRECTION = "correction";
  private static final String GRADIENT = "gradient";
  private static final String SENT = "sent";
  private static final String TRACKER = "tracker";

  @Override
  public Plan round(int round) {
    return training.iterations(
        round, Phase.sending("descend", this::descend), Phase.reading("mix", this::mix));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Sample sample = training.sample(state.model(), context);
    ParamVector tracker = sample.gradient().minus(training.buffer(state, CORRECTION));
    ParamVector sent = sample.x().plus(-training.rate(context), tracker);
    AgentState next =
        state
            .with(AgentState.MODEL, sample.model())
            .with(GRADIENT, sample.gradient())
            .with(SENT, sent)
            .with(TRACKER, tracker);
    return training.tell(context, next, SENT, TRACKER);
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector x = context.mix(state.vector(SENT), inbox, SENT);
    ParamVector mean = context.mix(state.vector(TRACKER), inbox, TRACKER);
    AgentState next =
        state
            .with(CORRECTION, state.vector(GRADIENT).minus(mean))
            .without(GRADIENT)
            .without(SENT)
            .without(TRACKER);
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
