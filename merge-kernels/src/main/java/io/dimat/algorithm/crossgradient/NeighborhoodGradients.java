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
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * Neighborhood gradient clustering (NGC; Aketi, Kodge, Roy, arXiv 2209.14390): the mean of an
 * agent's gradient with those of its data at its neighbours' models, and those of its neighbours'
 * data at its model.
 *
 * <pre>
 * comp  = pi (g_ii + sum_j grad F_i(x_j; B_i))      model-variant
 * comm  = pi (g_ii + sum_j grad F_j(x_i; B_j))      data-variant
 * g~    = (1 - alpha) comp + alpha comm,            pi = 1 / (1 + number of neighbours)
 * x_i  &lt;- x_i + gamma (mix(x)_i - x_i) - eta momentum(g~ + weight decay x_i)
 * </pre>
 *
 * With sharpness-aware gradients ({@link io.dimat.learn.SharpnessAware}) it is N-SADDLe (Choudhary
 * et al., arXiv 2405.13961): whoever computes a gradient climbs by its own first, so the climb
 * costs no traffic. CompNGC and compressed N-SADDLe are the same with compressed gradients ({@link
 * CrossMail}; scaled signs per tensor in the paper). Reconstruction: the compressed gradients also
 * stand in comp, except for alpha = 0, where none travels and none is compressed; N-SADDLe is put
 * together from its abstract, NGC and SAM; the models that are mixed are those before the step, so
 * that an iteration exchanges models once.
 *
 * <p>Traffic: one model to every neighbour; with alpha above 0 one gradient back, and one more
 * superstep an iteration. Gradients: one of every neighbour's model besides the own. State:
 * momentum.
 *
 * @param alpha weight of the data-variant part, in [0, 1]; 1 is usual
 */
public record NeighborhoodGradients(
    String name, IterativeTraining training, GossipStep step, double alpha, CrossMail mail)
    implements IterativeProgram {
  private static final String SENT = "sent";
  private static final String GRADIENT = "gradient";
  private static final String COMPUTED = "computed";

  public NeighborhoodGradients {
    if (!(alpha >= 0 && alpha <= 1)) {
      throw new IllegalArgumentException("NGC's alpha is in [0, 1], got " + alpha);
    }
  }

  @Override
  public Plan round(int round) {
    Phase send = Phase.sending("send", this::send);
    return alpha == 0
        ? training.iterations(round, send, Phase.reading("compute", this::compute))
        : training.iterations(
            round,
            send,
            Phase.relaying("answer", this::answer),
            Phase.reading("combine", this::combine));
  }

  private StepResult send(AgentState state, Inbox none, LocalContext context) {
    Sample sample = training.lossSample(state.model(), context);
    AgentState next =
        state
            .with(AgentState.MODEL, sample.model())
            .with(SENT, sample.x())
            .with(GRADIENT, sample.gradient());
    return training.tell(context, alpha == 0 ? next : ownPosted(next, context), SENT);
  }

  private StepResult compute(AgentState state, Inbox inbox, LocalContext context) {
    List<ParamVector> gradients = new ArrayList<>(List.of(state.vector(GRADIENT)));
    inbox.bySender().values().forEach(told -> gradients.add(cross(state, told, context)));
    return StepResult.of(stepped(mixed(state, inbox, context), mean(gradients), context));
  }

  /** The own gradient as if it had travelled. */
  private AgentState ownPosted(AgentState state, LocalContext context) {
    CrossMail.Posted own = mail.post(state, context.agent(), state.vector(GRADIENT), context);
    return own.state().with(GRADIENT, own.received());
  }

  /** Every cross-gradient goes back to its model's owner, and into this agent's own mean. */
  private StepResult answer(AgentState state, Inbox inbox, LocalContext context) {
    List<ParamVector> gradients = new ArrayList<>(List.of(state.vector(GRADIENT)));
    List<Envelope> answers = new ArrayList<>();
    AgentState next = state;
    for (Map.Entry<Integer, AgentState> told : inbox.bySender().entrySet()) {
      ParamVector gradient = cross(state, told.getValue(), context);
      CrossMail.Posted posted = mail.post(next, told.getKey(), gradient, context);
      next = posted.state();
      gradients.add(posted.received());
      answers.add(new Envelope(told.getKey(), new Message.Carried(posted.contents())));
    }
    AgentState mixed = mixed(next, inbox, context);
    return new StepResult(alpha == 1 ? mixed : mixed.with(COMPUTED, mean(gradients)), answers);
  }

  private StepResult combine(AgentState state, Inbox inbox, LocalContext context) {
    List<ParamVector> gradients = new ArrayList<>(List.of(state.vector(GRADIENT)));
    ParamLayout packed = state.vector(SENT).layout();
    inbox.bySender().values().forEach(answer -> gradients.add(mail.read(answer, packed)));
    ParamVector received = mean(gradients);
    ParamVector both =
        alpha == 1 ? received : state.vector(COMPUTED).times(1 - alpha).plus(alpha, received);
    return StepResult.of(stepped(state.without(COMPUTED), both, context));
  }

  private ParamVector cross(AgentState state, AgentState told, LocalContext context) {
    return training.crossGradient(state.model().withTrainable(told.vector(SENT)), context);
  }

  private AgentState mixed(AgentState state, Inbox inbox, LocalContext context) {
    return training.settle(
        state, context.mix(state.vector(SENT), inbox, SENT), step.gossipRate(), inbox, context);
  }

  /** The end of an iteration of a state that has been mixed. */
  private AgentState stepped(AgentState state, ParamVector combined, LocalContext context) {
    ParamVector x = state.vector(SENT);
    ParamVector gradient = training.decayed(combined, x);
    ParamVector mixed = state.model().trainable();
    return step.taken(state, x, mixed, gradient, training.rate(context))
        .without(SENT)
        .without(GRADIENT);
  }

  private static ParamVector mean(List<ParamVector> gradients) {
    double[] weights = new double[gradients.size()];
    Arrays.fill(weights, 1.0 / gradients.size());
    return ParamVector.weightedSum(weights, gradients);
  }

  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    long back = alpha == 0 ? 0 : mail.bytes(layout.trainable());
    return (training.bytesTold(layout, 1) + back) * training.stepsPerRound();
  }

  @Override
  public double gradientsPerStep(double neighbors) {
    return training.oracle().passes() * (1 + neighbors);
  }

  @Override
  public Set<Requirement> requires() {
    return alpha == 0
        ? Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING)
        : Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING, Requirement.MUTUAL_MIXING);
  }
}
