package io.dimat.algorithm.crossgradient;

import io.dimat.algorithm.part.GossipStep;
import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Sample;
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
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;

/**
 * Cross-gradient aggregation (CGA; Esfandiari et al., arXiv 2103.02051): neighbours say what their
 * minibatches think of an agent's model, and the agent takes a direction none of them speaks
 * against.
 *
 * <pre>
 * send      x_i
 * answer    g_ji = grad F_i(x_j; B_i) goes back to j
 * combine   s = w_ii g_ii, rows of M: w_ij g_ij, for every tensor
 *           v = argmin 1/2 v' (M M') v + (M s)' v  subject to v &gt;= margin,   g~ = M' v + s
 *           x_i &lt;- x_i + gamma (mix(x)_i - x_i) - eta momentum(g~ + weight decay x_i)
 * </pre>
 *
 * The inequality is {@code v >= margin}; it makes {@code M g~ >= 0}. Models and gradients travel,
 * never data. The paper defines the projection of the whole gradient; per tensor, with margin 0.5
 * and with mixing weights before it, is how its authors' code does it. Reconstruction: weight decay
 * after the program, the gossip rate (1 in the paper).
 *
 * <p>Traffic: one model to every neighbour and one gradient back, an iteration. Supersteps: two an
 * iteration. Gradients: one of every neighbour's model besides the own. State: momentum. CompCGA is
 * the same with compressed gradients ({@link CrossMail}; scaled signs per tensor in the paper).
 *
 * @param margin weight at which every neighbour is heard at least, 0 or more; 0.5 is usual
 */
public record CrossGradientAggregation(
    String name, IterativeTraining training, GossipStep step, double margin, CrossMail mail)
    implements IterativeProgram {
  private static final String SENT = "sent";
  private static final String GRADIENT = "gradient";

  public CrossGradientAggregation {
    if (!(margin >= 0 && margin < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("CGA's margin must be at least 0, got " + margin);
    }
  }

  @Override
  public Plan round(int round) {
    return training.iterations(
        round,
        Phase.sending("send", this::send),
        Phase.relaying("answer", this::answer),
        Phase.reading("combine", this::combine));
  }

  private StepResult send(AgentState state, Inbox none, LocalContext context) {
    Sample sample = training.lossSample(state.model(), context);
    CrossMail.Posted own = mail.post(state, context.agent(), sample.gradient(), context);
    AgentState next =
        own.state()
            .with(AgentState.MODEL, sample.model())
            .with(SENT, sample.x())
            .with(GRADIENT, own.received());
    return training.tell(context, next, SENT);
  }

  /** Sends back every neighbour's cross-gradient, and mixes the models while they are here. */
  private StepResult answer(AgentState state, Inbox inbox, LocalContext context) {
    List<Envelope> answers = new ArrayList<>();
    AgentState next = state;
    for (Map.Entry<Integer, AgentState> told : inbox.bySender().entrySet()) {
      ParamVector theirs = state.model().withTrainable(told.getValue().vector(SENT));
      CrossMail.Posted cross =
          mail.post(next, told.getKey(), training.crossGradient(theirs, context), context);
      next = cross.state();
      answers.add(new Envelope(told.getKey(), new Message.Carried(cross.contents())));
    }
    ParamVector mixed = context.mix(state.vector(SENT), inbox, SENT);
    return new StepResult(training.settle(next, mixed, step.gossipRate(), inbox, context), answers);
  }

  private StepResult combine(AgentState state, Inbox inbox, LocalContext context) {
    SortedMap<Integer, Double> row = context.mixingRow();
    ParamVector x = state.vector(SENT);
    ParamVector own = state.vector(GRADIENT).times(row.get(context.agent()));
    List<ParamVector> others = new ArrayList<>();
    inbox
        .bySender()
        .forEach(
            (sender, answer) -> others.add(mail.read(answer, x.layout()).times(row.get(sender))));
    ParamVector gradient = training.decayed(ConflictFreeGradient.of(own, others, margin), x);
    ParamVector mixed = state.model().trainable();
    return StepResult.of(
        step.taken(state, x, mixed, gradient, training.rate(context))
            .without(SENT)
            .without(GRADIENT));
  }

  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return (training.bytesTold(layout, 1) + mail.bytes(layout.trainable()))
        * training.stepsPerRound();
  }

  @Override
  public double gradientsPerStep(double neighbors) {
    return training.oracle().passes() * (1 + neighbors);
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING, Requirement.MUTUAL_MIXING);
  }
}
