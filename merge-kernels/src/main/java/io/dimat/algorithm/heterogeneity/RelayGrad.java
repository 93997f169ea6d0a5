package io.dimat.algorithm.heterogeneity;

import io.dimat.algorithm.part.Descent;
import io.dimat.algorithm.part.InitPolicy;
import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LocalTraining;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.MixingSchedule;
import io.dimat.protocol.AgentState;
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
 * RelaySum on updates (Relay/Grad): every agent takes everybody's steps, each as late as its way
 * along a tree is long. With m the sums of {@link RelayMail} on payload h,
 *
 * <pre>
 * u_i  &lt;- beta u_i + g_i ;  d_i = u_i or g_i + beta u_i (Nesterov)
 * h_i   =  -eta d_i
 * x_i  &lt;- x_i + (h_i + sum_k m_(k to i)) / n
 * </pre>
 *
 * All agents apply the same steps, yet never agree: what is under way differs from agent to agent
 * and keeps their models apart by steps of about eta, so this does not rest at the optimum. A
 * control for {@link RelaySgd}, not a rival. Needs a common start. Vogels et al., arXiv 2110.04175.
 * A lost message is a step that is lost for good: the agents beyond it never take it.
 *
 * <p>Traffic: one vector and a count, which is not used, per edge of the tree, direction and
 * iteration; with two trees, half a vector on each. State: one vector per neighbour in the tree
 * (half with two), and the momentum. Needs trees whose edges are edges of the topology. No mixing
 * matrix is used, its weights mean nothing here.
 *
 * @param momentum local, before relaying
 */
public record RelayGrad(String name, IterativeTraining training, Momentum momentum, RelayMail mail)
    implements IterativeProgram {
  private static final String STEP = "step";

  public RelayGrad {
    LocalTraining local = training.local();
    if (local.init() != InitPolicy.COMMON || local.pretrainEpochs() > 0) {
      throw new IllegalArgumentException(
          "relaying updates needs the same initial model everywhere, got init %s and %d pretraining epochs: use init common without pretraining, or relay models"
              .formatted(local.init(), local.pretrainEpochs()));
    }
  }

  @Override
  public Plan round(int round) {
    return training.iterations(
        round, Phase.sending("descend", this::descend), Phase.reading("relay", this::relay));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Descent descent = training.descent(state, momentum, context);
    ParamVector step = descent.step();
    return mail.send(descent.state().with(STEP, step), step, training, context);
  }

  private StepResult relay(AgentState state, Inbox inbox, LocalContext context) {
    Inbox arrived = mail.arrived(inbox, context);
    AgentState kept = mail.keep(state, arrived);
    ParamVector step = mail.mean(kept, state.vector(STEP), context);
    ParamVector x = state.model().trainable().plus(step);
    return StepResult.of(mail.settle(kept.without(STEP), x, arrived));
  }

  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return mail.bytesPerNeighbor(layout, training) * training.stepsPerRound();
  }

  @Override
  public double recipients(int agent, MixingSchedule mixing) {
    return mail.trees().edgesOf(agent);
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of();
  }

  @Override
  public Optional<String> refusal(MixingSchedule mixing) {
    return mail.trees().refusal(mixing.topology());
  }
}
