package io.dimat.algorithm;

import io.dimat.graph.MixingSchedule;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.ConsensusRule;
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
 * LD-SGD: some iterations alone, then some iterations of decentralized SGD, over and over (Li et
 * al., arXiv 1910.09126).
 *
 * <pre>
 * k mod (I1 + I2) &lt; I1    x_i &lt;- x_i - eta d_i
 * otherwise                x_i &lt;- sum_j w_ij (x_j - eta d_j)
 *
 * d_i = g_i, or the direction of a momentum of the agent's own
 * </pre>
 *
 * The cycle is counted over the whole run, whatever a round is. The paper has no momentum; DIMAT's
 * port of this method has.
 *
 * <p>Traffic: one model per neighbour and gossip iteration, nothing in local ones. State: one
 * momentum if there is any.
 *
 * @param localSteps I1, at least 0
 * @param gossipSteps I2, at least 1
 */
public record LocalDecentralizedSgd(
    String name, IterativeTraining training, Momentum momentum, int localSteps, int gossipSteps)
    implements AgentProgram {
  private static final String SENT = "sent";

  public LocalDecentralizedSgd {
    if (localSteps < 0 || gossipSteps < 1) {
      throw new IllegalArgumentException(
          "LD-SGD needs local steps >= 0 and gossip steps >= 1, got %d and %d"
              .formatted(localSteps, gossipSteps));
    }
  }

  @Override
  public Phase start() {
    return training.start();
  }

  @Override
  public Plan round(int round) {
    Plan alone = Plan.of(Phase.alone("step", EvaluationPoint.TRAINED, this::step));
    Plan gossip = Plan.of(Phase.sending("descend", this::descend), Phase.reading("mix", this::mix));
    return training.iterations(round, k -> gossips(k) ? gossip : alone);
  }

  private boolean gossips(long iteration) {
    return iteration % (localSteps + gossipSteps) >= localSteps;
  }

  private StepResult step(AgentState state, Inbox none, LocalContext context) {
    AgentState stepped = stepped(state, context);
    ParamVector x = stepped.vector(SENT);
    return StepResult.of(training.settle(stepped.without(SENT), x, none, context));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    return training.tell(context, stepped(state, context), SENT);
  }

  private AgentState stepped(AgentState state, LocalContext context) {
    Descent descent = training.descent(state, momentum, context);
    return descent.state().with(SENT, descent.half());
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector x = context.mix(state.vector(SENT), inbox, SENT);
    return StepResult.of(training.settle(state.without(SENT), x, inbox, context));
  }

  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return training.told(layout, 1)
        * training.stepsPerRound()
        * gossipSteps
        / (localSteps + gossipSteps);
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING);
  }

  @Override
  public Optional<String> refusal(MixingSchedule mixing) {
    return Aliasing.refusal(mixing, k -> k % (localSteps + gossipSteps) >= localSteps);
  }

  @Override
  public ConsensusRule consensus() {
    return ConsensusRule.PLAIN_MEAN;
  }
}
