package io.dimat.algorithm.gossip;

import io.dimat.algorithm.part.Descent;
import io.dimat.algorithm.part.GossipStatistics;
import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.ConnectedDominatingSet;
import io.dimat.graph.MixingSchedule;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Envelope;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.Requirement;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * DSMA: only the edges that touch a connected dominating set D carry mail (Neural Networks 171,
 * 2024).
 *
 * <pre>
 * m_i &lt;- mu m_i + g_i                                 g_i taken before mixing
 * i in D      y_i = mean of x_i and its neighbours' x_j, j not in D
 *             z_i = (1 - sum_j w_ij) y_i + sum_j w_ij x_j      sums over neighbours j in D
 * i not in D  z_i = mean of x_i and its neighbours' x_j, j in D
 * x_i &lt;- z_i - eta (g_i + mu m_i)                     Nesterov; heavy ball: - eta m_i
 * </pre>
 *
 * Reconstruction after a port of the method: whether the agents in D mix their raw models, as here,
 * or the means y_j is not known, nor is their weight; here it is that of the mixing matrix with
 * what is missing left on the diagonal. The agents' mean is not kept.
 *
 * <p>Traffic: one model per iteration over edges that touch D, in both directions, none over
 * others. State: one momentum if there is any.
 *
 * @param dominating D, of the run's topology
 */
public record DominatingSetSgd(
    String name, IterativeTraining training, Momentum momentum, ConnectedDominatingSet dominating)
    implements IterativeProgram {
  private static final String SENT = "sent";
  private static final String STEP = "step";

  @Override
  public Plan round(int round) {
    return training.iterations(
        round, Phase.sending("descend", this::descend), Phase.reading("mix", this::mix));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Descent descent = training.descent(state, momentum, context);
    AgentState next = descent.state().with(SENT, descent.x()).with(STEP, descent.step());
    StepResult told = training.tell(context, next, SENT);
    boolean member = dominating.contains(context.agent());
    List<Envelope> outbox =
        told.outbox().stream()
            .filter(envelope -> member || dominating.contains(envelope.to()))
            .toList();
    return new StepResult(told.state(), outbox);
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector x = mixed(state.vector(SENT), SENT, inbox, context).plus(state.vector(STEP));
    return StepResult.of(
        training.settle(
            state.without(SENT).without(STEP),
            x,
            own -> mixed(own, GossipStatistics.STATISTICS, inbox, context)));
  }

  /** z_i of one's own vector and those of that name in the mail. */
  private ParamVector mixed(ParamVector own, String vector, Inbox inbox, LocalContext context) {
    boolean member = dominating.contains(context.agent());
    ParamVector mean = mean(own, vector, inbox, !member);
    return member ? withMembers(mean, vector, inbox, context) : mean;
  }

  /** The mean of one's own vector and those of neighbours in D, or of those that are not. */
  private ParamVector mean(ParamVector own, String vector, Inbox inbox, boolean ofMembers) {
    List<ParamVector> vectors = new ArrayList<>(List.of(own));
    inbox
        .bySender()
        .forEach(
            (sender, mail) -> {
              if (dominating.contains(sender) == ofMembers) {
                vectors.add(mail.vector(vector));
              }
            });
    double[] weights = new double[vectors.size()];
    Arrays.fill(weights, 1.0 / weights.length);
    return ParamVector.weightedSum(weights, vectors);
  }

  private ParamVector withMembers(
      ParamVector mean, String vector, Inbox inbox, LocalContext context) {
    SortedMap<Integer, Double> row = context.mixingRow();
    List<Integer> members =
        inbox.bySender().keySet().stream().filter(j -> dominating.contains(j)).toList();
    double[] weights = new double[members.size() + 1];
    List<ParamVector> vectors = new ArrayList<>(List.of(mean));
    weights[0] = 1;
    for (int k = 0; k < members.size(); k++) {
      weights[k + 1] = row.get(members.get(k));
      weights[0] -= weights[k + 1];
      vectors.add(inbox.bySender().get(members.get(k)).vector(vector));
    }
    return ParamVector.weightedSum(weights, vectors);
  }

  /** The most: an edge that touches the dominating set. */
  @Override
  public Set<Requirement> requires() {
    return Set.of(
        Requirement.ROW_STOCHASTIC_MIXING, Requirement.MUTUAL_MIXING, Requirement.CONSTANT_MIXING);
  }

  @Override
  public Optional<String> refusal(MixingSchedule mixing) {
    return dominating.topology().equals(mixing.topology())
        ? Optional.empty()
        : Optional.of(
            "the dominating set must be one of the run's topology %s, got one of %s"
                .formatted(mixing.topology(), dominating.topology()));
  }
}
