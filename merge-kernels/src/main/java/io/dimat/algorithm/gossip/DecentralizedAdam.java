package io.dimat.algorithm.gossip;

import io.dimat.algorithm.part.Aliasing;
import io.dimat.algorithm.part.CommunicationSchedule;
import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Sample;
import io.dimat.graph.MixingSchedule;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.EvaluationPoint;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.Requirement;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;

/**
 * DAdam: an adaptive step of one's own, models averaged at every iteration (Nazari et al., arXiv
 * 1901.09109); with a longer period CDAdam, Adam and periodic gossip.
 *
 * <pre>
 * m_i &lt;- beta1 m_i + (1 - beta1) g_i
 * v_i &lt;- beta2 v_i + (1 - beta2) g_i^2
 * w_i &lt;- beta3 w_i + (1 - beta3) max(w_i, v_i)             beta3 = 0: AMSGrad
 * x_i &lt;- sum_j w_ij x_j - eta m_i / sqrt(w_i + epsilon)    if k mod T = 0, k = 1, 2, ...
 * x_i &lt;- x_i - eta m_i / sqrt(w_i + epsilon)               otherwise
 * </pre>
 *
 * Agents divide by different vectors, so where shards differ this can rest at a point that is not
 * stationary, however small eta gets; {@link DecentralizedAmsgrad} cannot. Reconstruction: written
 * down without the paper's text at hand.
 *
 * <p>Traffic: one model per neighbour and T iterations. State: m, v and w, never sent.
 *
 * @param period T, iterations from one exchange to the next, counted over the run, at least 1
 */
public record DecentralizedAdam(
    String name, IterativeTraining training, Decay decay, double epsilon, int period)
    implements IterativeProgram {
  private static final String FIRST = "first-moment";
  private static final String SECOND = "second-moment";
  private static final String LARGEST = "largest-moment";
  private static final String SENT = "sent";
  private static final String STEP = "step";

  /** How fast moments forget, each in [0, 1). */
  public record Decay(double beta1, double beta2, double beta3) implements Serializable {
    public Decay {
      if (!inRange(beta1) || !inRange(beta2) || !inRange(beta3)) {
        throw new IllegalArgumentException(
            "DAdam needs betas in [0, 1), got %s, %s, %s".formatted(beta1, beta2, beta3));
      }
    }

    private static boolean inRange(double beta) {
      return beta >= 0 && beta < 1;
    }
  }

  public DecentralizedAdam {
    if (!(epsilon > 0) || period < 1) {
      throw new IllegalArgumentException(
          "DAdam needs epsilon above 0 and a period >= 1, got %s and %d"
              .formatted(epsilon, period));
    }
  }

  @Override
  public Plan round(int round) {
    Plan alone = Plan.of(Phase.alone("step", EvaluationPoint.TRAINED, this::step));
    Plan gossip = Plan.of(Phase.sending("descend", this::descend), Phase.reading("mix", this::mix));
    return training.iterations(round, k -> (k + 1) % period == 0 ? gossip : alone);
  }

  private StepResult step(AgentState state, Inbox none, LocalContext context) {
    AgentState next = adapted(state, context);
    ParamVector x = next.vector(SENT).plus(next.vector(STEP));
    return StepResult.of(training.settle(next.without(SENT).without(STEP), x, none, context));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    return training.tell(context, adapted(state, context), SENT);
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector x = context.mix(state.vector(SENT), inbox, SENT).plus(state.vector(STEP));
    return StepResult.of(training.settle(state.without(SENT).without(STEP), x, inbox, context));
  }

  /** The state with its moments moved and the step to take. */
  private AgentState adapted(AgentState state, LocalContext context) {
    Sample sample = training.sample(state.model(), context);
    double rate = training.rate(context);
    ParamVector first =
        training
            .buffer(state, FIRST)
            .times(decay.beta1())
            .plus(1 - decay.beta1(), sample.gradient());
    ParamVector second =
        training
            .buffer(state, SECOND)
            .zip(sample.gradient(), (v, g) -> decay.beta2() * v + (1 - decay.beta2()) * g * g);
    ParamVector largest =
        training
            .buffer(state, LARGEST)
            .zip(second, (w, v) -> decay.beta3() * w + (1 - decay.beta3()) * Math.max(w, v));
    return state
        .with(AgentState.MODEL, sample.model())
        .with(FIRST, first)
        .with(SECOND, second)
        .with(LARGEST, largest)
        .with(SENT, sample.x())
        .with(STEP, first.zip(largest, (m, w) -> -rate * m / Math.sqrt(w + epsilon)));
  }

  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return training.bytesTold(layout, 1)
        * CommunicationSchedule.uniform(period).most(training.stepsPerRound());
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING);
  }

  @Override
  public Optional<String> refusal(MixingSchedule mixing) {
    return Aliasing.refusal(mixing, "gossip.period", k -> (k + 1) % period == 0);
  }
}
