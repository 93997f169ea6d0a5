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
 * RelaySGD: every agent's model becomes the plain mean of all agents' half-step models, each as old
 * as its way along a tree is long. With m and c the sums and counts of {@link RelayMail} on payload
 * h,
 *
 * <pre>
 * u_i  &lt;- beta u_i + g_i ;  d_i = u_i or g_i + beta u_i (Nesterov)
 * h_i   =  x_i - eta d_i
 * x_i  &lt;- (h_i + sum_k m_(k to i) + (n - 1 - sum_k c_(k to i)) f_i) / n
 * f_i   =  h_i             own half step
 *          x_i at start    common start
 * </pre>
 *
 * Rests at the optimum of the sum, whatever the shards; the fill f stands for models that have not
 * arrived, at the start and where messages are lost. Vogels et al., arXiv 2110.04175.
 * Reconstruction: the two fills are the two forms found in the authors' published code.
 *
 * <p>Traffic: one vector and a count per edge of the tree, direction and iteration; with two trees,
 * half a vector on each. State: one vector per neighbour in the tree (half with two), the momentum
 * and the common start if used. Needs trees whose edges are edges of the topology. No mixing matrix
 * is used, its weights mean nothing here.
 *
 * @param momentum local, before relaying; the paper's is Nesterov 0.9
 */
public record RelaySgd(
    String name, IterativeTraining training, Momentum momentum, RelayFill fill, RelayMail mail)
    implements IterativeProgram {
  private static final String HALF = "half";
  private static final String START = "common-start";

  public RelaySgd {
    LocalTraining local = training.local();
    if (fill == RelayFill.COMMON_START
        && (local.init() != InitPolicy.COMMON || local.pretrainEpochs() > 0)) {
      throw new IllegalArgumentException(
          "relaying from a common start needs the same initial model everywhere, got init %s and %d pretraining epochs: fill with the own half step, or use init common without pretraining"
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
    ParamVector half = descent.half();
    AgentState next = descent.state().with(HALF, half);
    if (fill == RelayFill.COMMON_START && !state.has(START)) {
      next = next.with(START, descent.x());
    }
    return mail.send(next, half, training, context);
  }

  private StepResult relay(AgentState state, Inbox inbox, LocalContext context) {
    Inbox arrived = mail.arrived(inbox, context);
    AgentState kept = mail.keep(state, arrived);
    ParamVector half = state.vector(HALF);
    ParamVector missing = fill == RelayFill.COMMON_START ? state.vector(START) : half;
    ParamVector x = mail.filled(kept, half, missing, context);
    return StepResult.of(mail.settle(kept.without(HALF), x, arrived));
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
