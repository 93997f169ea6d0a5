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
import io.dimat.tensor.ParamVector;
import java.util.Set;

/**
 * QG-Adam: Adam whose moments follow where the agents went together (Lin et al., arXiv 2102.04761).
 *
 * <pre>
 * a_i  = (beta1 m_i + g_i) / (1 - beta1^k)                         k = 1, 2, ... over the whole run
 * b_i  = (beta2 v_i + (1 - beta2) g_i^2) / (1 - beta2^k)
 * y_i  = x_i - eta a_i / (sqrt(b_i) + epsilon)
 * x_i' = sum_j w_ij y_j
 * d_i  = (x_i - x_i') / (||x_i - x_i'|| + 1e-8)
 * m_i &lt;- beta1 m_i + (1 - beta1) d_i
 * v_i &lt;- beta2 v_i + (1 - beta2) d_i^2
 * x_i &lt;- x_i'
 * </pre>
 *
 * The moments a step uses are forgotten; those that stay know the displacement after mixing alone,
 * scaled to length 1 over the whole model. Reconstruction after a port of the method, which adds
 * g_i to the first moment unscaled.
 *
 * <p>Traffic: one model per neighbour and iteration. State: m and v, never sent.
 *
 * @param beta1 in [0, 1)
 * @param beta2 in [0, 1)
 * @param epsilon above 0
 */
public record QuasiGlobalAdam(
    String name, IterativeTraining training, double beta1, double beta2, double epsilon)
    implements IterativeProgram {
  private static final double LEAST_DISTANCE = 1e-8;
  private static final String FIRST = "first-moment";
  private static final String SECOND = "second-moment";
  private static final String SENT = "sent";

  public QuasiGlobalAdam {
    if (!(beta1 >= 0 && beta1 < 1) || !(beta2 >= 0 && beta2 < 1) || !(epsilon > 0)) {
      throw new IllegalArgumentException(
          "QG-Adam needs betas in [0, 1) and epsilon above 0, got %s, %s and %s"
              .formatted(beta1, beta2, epsilon));
    }
  }

  @Override
  public Plan round(int round) {
    return training.iterations(
        round, Phase.sending("descend", this::descend), Phase.reading("mix", this::mix));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Sample sample = training.sample(state.model(), context);
    double steps = context.iteration() + 1.0;
    double scale1 = 1 / (1 - Math.pow(beta1, steps));
    double scale2 = 1 / (1 - Math.pow(beta2, steps));
    ParamVector first = sample.gradient().plus(beta1, training.buffer(state, FIRST));
    ParamVector second =
        training
            .buffer(state, SECOND)
            .zip(sample.gradient(), (v, g) -> beta2 * v + (1 - beta2) * g * g);
    ParamVector direction =
        first.zip(second, (a, b) -> scale1 * a / (Math.sqrt(scale2 * b) + epsilon));
    AgentState next =
        state
            .with(AgentState.MODEL, sample.model())
            .with(SENT, sample.x().plus(-training.rate(context), direction));
    return training.tell(context, next, SENT);
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector x = context.mix(state.vector(SENT), inbox, SENT);
    ParamVector gone = state.model().trainable().minus(x);
    ParamVector unit = gone.times(1 / (gone.norm() + LEAST_DISTANCE));
    ParamVector first = training.buffer(state, FIRST).times(beta1).plus(1 - beta1, unit);
    ParamVector second =
        training.buffer(state, SECOND).zip(unit, (v, d) -> beta2 * v + (1 - beta2) * d * d);
    AgentState next = state.without(SENT).with(FIRST, first).with(SECOND, second);
    return StepResult.of(training.settle(next, x, inbox, context));
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING);
  }
}
