package io.dimat.algorithm.gossip;

import io.dimat.algorithm.part.Descent;
import io.dimat.algorithm.part.GossipStatistics;
import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Envelope;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Message;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.Requirement;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * SGP, stochastic gradient push (Assran et al., arXiv 1811.10792): gossip over directed edges that
 * may change at every iteration, with push-sum weights that undo its bias.
 *
 * <pre>
 * x_i &lt;- x_i - eta d_i                       g_i taken at z_i, d_i the direction of a momentum
 * x_i &lt;- sum_j p_ij x_j                      j hands out the shares p_ij, which sum to 1 over i
 * o_i &lt;- sum_j p_ij o_j                      push-sum weight, 1 at the start
 * z_i  = x_i / o_i                           the agent's model
 * </pre>
 *
 * The sums of all x_i and of all o_i are kept by every exchange, whatever the edges are. Running
 * statistics are shared out as {@code o_i} times what they are, like the parameters. Where rows sum
 * to 1 too, all weights stay 1.
 *
 * <p>Traffic: one model and one weight per recipient and iteration; a share is scaled by its
 * sender. State: the numerator x_i, the push-sum weight, one momentum if there is any.
 */
public record StochasticGradientPush(String name, IterativeTraining training, Momentum momentum)
    implements IterativeProgram {
  private static final String NUMERATOR = "numerator";
  private static final String WEIGHT = "push-sum-weight";

  @Override
  public Plan round(int round) {
    return training.iterations(
        round, Phase.sending("push", this::push), Phase.reading("sum", this::sum));
  }

  private StepResult push(AgentState state, Inbox none, LocalContext context) {
    Descent descent = training.descent(state, momentum, context);
    ParamVector before = state.has(NUMERATOR) ? state.vector(NUMERATOR) : descent.x();
    AgentState next =
        descent.state().with(NUMERATOR, before.plus(-descent.rate(), descent.direction()));
    return new StepResult(next, shares(next, context));
  }

  /** What others get of this agent; recipients of equal shares get one and the same message. */
  private List<Envelope> shares(AgentState state, LocalContext context) {
    SortedMap<Double, Message> messages = new TreeMap<>();
    List<Envelope> outbox = new ArrayList<>();
    SortedMap<Integer, Double> column = context.mixingColumn();
    for (int to : context.recipients()) {
      Message message =
          messages.computeIfAbsent(
              column.get(to), share -> new Message.Carried(share(state, share)));
      outbox.add(new Envelope(to, message));
    }
    return outbox;
  }

  private AgentState share(AgentState state, double share) {
    double weight = share * state.scalar(WEIGHT, 1);
    AgentState part =
        AgentState.empty()
            .with(NUMERATOR, state.vector(NUMERATOR).times(share))
            .with(WEIGHT, weight);
    return training.withStatistics(part, state.model().times(weight));
  }

  private StepResult sum(AgentState state, Inbox inbox, LocalContext context) {
    AgentState own = share(state, context.mixingColumn().getOrDefault(context.agent(), 0.0));
    List<AgentState> parts = new ArrayList<>(List.of(own));
    parts.addAll(inbox.bySender().values());
    double weight = parts.stream().mapToDouble(part -> part.scalar(WEIGHT, 0)).sum();
    ParamVector numerator = sum(parts, NUMERATOR, 1);
    ParamVector model = state.model().withTrainable(numerator.times(1 / weight));
    if (own.has(GossipStatistics.STATISTICS)) {
      model = model.withStatistics(sum(parts, GossipStatistics.STATISTICS, 1 / weight));
    }
    return StepResult.of(
        state.with(AgentState.MODEL, model).with(NUMERATOR, numerator).with(WEIGHT, weight));
  }

  private static ParamVector sum(List<AgentState> parts, String vector, double factor) {
    double[] factors = new double[parts.size()];
    Arrays.fill(factors, factor);
    return ParamVector.weightedSum(
        factors, parts.stream().map(part -> part.vector(vector)).toList());
  }

  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return (training.bytesTold(layout, 1) + Double.BYTES) * training.stepsPerRound();
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.COLUMN_STOCHASTIC_MIXING);
  }
}
