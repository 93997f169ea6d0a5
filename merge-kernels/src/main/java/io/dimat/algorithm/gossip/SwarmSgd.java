package io.dimat.algorithm.gossip;

import io.dimat.algorithm.part.Aliasing;
import io.dimat.algorithm.part.CommunicationSchedule;
import io.dimat.algorithm.part.Descent;
import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
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
import java.util.Optional;
import java.util.Set;

/**
 * SwarmSGD in its blocking form: agents train alone, and now and then two of them meet and average
 * (Nadiradze et al., arXiv 1910.12308).
 *
 * <pre>
 * x_i &lt;- x_i - eta d_i                       d_i = g_i, or the direction of a momentum of its own
 * x_i, x_j &lt;- (x_i + x_j) / 2                if k mod H = 0, k = 1, 2, ..., and W(k) pairs i and j
 * </pre>
 *
 * Who meets whom is the mixing schedule's: a random edge, or a random maximal matching. An agent
 * that W(k) leaves alone trains on. Reconstruction: the paper's clock is asynchronous; here all
 * agents have taken H steps between two drawings, and with one random edge per drawing the steps
 * between two meetings of an agent are H times a geometric number.
 *
 * <p>Traffic: one model per meeting and agent. State: one momentum if there is any.
 *
 * @param localSteps H, at least 1
 */
public record SwarmSgd(String name, IterativeTraining training, Momentum momentum, int localSteps)
    implements IterativeProgram {
  private static final String SENT = "sent";

  public SwarmSgd {
    if (localSteps < 1) {
      throw new IllegalArgumentException("SwarmSGD needs local steps >= 1, got " + localSteps);
    }
  }

  @Override
  public Plan round(int round) {
    Plan alone = Plan.of(Phase.alone("step", EvaluationPoint.TRAINED, this::step));
    Plan meeting =
        Plan.of(Phase.sending("descend", this::descend), Phase.reading("meet", this::meet));
    return training.iterations(round, k -> (k + 1) % localSteps == 0 ? meeting : alone);
  }

  private StepResult step(AgentState state, Inbox none, LocalContext context) {
    Descent descent = training.descent(state, momentum, context);
    return StepResult.of(training.settle(descent.state(), descent.half(), none, context));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Descent descent = training.descent(state, momentum, context);
    return training.tell(context, descent.state().with(SENT, descent.half()), SENT);
  }

  private StepResult meet(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector x = context.mix(state.vector(SENT), inbox, SENT);
    return StepResult.of(training.settle(state.without(SENT), x, inbox, context));
  }

  /** The most: every edge met in every drawing. */
  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return training.bytesTold(layout, 1)
        * CommunicationSchedule.uniform(localSteps).most(training.stepsPerRound());
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.PAIRWISE_MIXING);
  }

  @Override
  public Optional<String> refusal(MixingSchedule mixing) {
    return Aliasing.refusal(mixing, "gossip.period", k -> (k + 1) % localSteps == 0);
  }
}
