package io.dimat.algorithm.crossgradient;

import io.dimat.algorithm.part.GossipStep;
import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Sample;
import io.dimat.learn.Batch;
import io.dimat.learn.FeatureTargets;
import io.dimat.learn.TowardsFeatures;
import io.dimat.network.Network;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Envelope;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Message;
import io.dimat.protocol.Metric;
import io.dimat.protocol.Payload;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.Requirement;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Cross-feature contrastive loss (CCL; Aketi, Choudhary, Roy, arXiv 2310.15890): an agent's hidden
 * features are drawn to those its neighbours' models have of its images, and to what its classes
 * look like in the neighbourhood.
 *
 * <pre>
 * z = phi(x_i; B_i),   z_ij = phi(x_j; B_i)
 * L = CE + lambda_m sum_j MSE(z, z_ij) + lambda_d MSE(z, c[y])
 * c[k] = mean of class k over z and over phi(x_i; B_j) of every neighbour j
 * x_i &lt;- x_i + gamma (mix(x)_i - x_i) - eta momentum(grad L + weight decay x_i)
 * </pre>
 *
 * phi is what the last dense layer reads; z_ij and c are constants. Neighbours return sums and
 * counts per class, no features of single images. The paper's momentum is quasi-global, Nesterov.
 * Reconstruction: features are taken in training mode, on batch statistics; the models that are
 * mixed are those before the step, so that an iteration exchanges models once.
 *
 * <p>Traffic: one model to every neighbour; with lambda_d above 0 {@code classes (width + 1)}
 * numbers back, and one more superstep an iteration. Cost besides the gradient: a forward pass of
 * every neighbour's model. State: momentum. The training loss that is reported is L.
 *
 * @param modelWeight lambda_m, at least 0; 0.1 is usual
 * @param dataWeight lambda_d, at least 0; 0.1 is usual
 */
public record CrossFeatureContrast(
    String name, IterativeTraining training, GossipStep step, double modelWeight, double dataWeight)
    implements IterativeProgram {
  private static final String SENT = "sent";
  private static final String FEATURES = "features.";
  private static final String CLASSES = "classes";

  public CrossFeatureContrast {
    if (!(modelWeight >= 0) || !(dataWeight >= 0)) {
      throw new IllegalArgumentException(
          "CCL's weights must be at least 0, got %s and %s".formatted(modelWeight, dataWeight));
    }
    if (training.oracle().passes() != 1) {
      throw new IllegalArgumentException(
          "CCL has a gradient of its own, got one of %d passes: use algorithm = n-saddle for SAM"
              .formatted(training.oracle().passes()));
    }
  }

  @Override
  public Plan round(int round) {
    Phase send = Phase.sending("send", this::send);
    return dataWeight == 0
        ? training.iterations(round, send, Phase.reading("contrast", this::contrastAtOnce))
        : training.iterations(
            round,
            send,
            Phase.relaying("answer", this::answer),
            Phase.reading("contrast", this::contrast));
  }

  private StepResult send(AgentState state, Inbox none, LocalContext context) {
    return training.tell(context, state.with(SENT, state.model().trainable()), SENT);
  }

  private StepResult contrastAtOnce(AgentState state, Inbox inbox, LocalContext context) {
    return contrast(heard(state, inbox, context), Inbox.empty(), context);
  }

  /** Sends back what the classes of this agent's images look like to every neighbour's model. */
  private StepResult answer(AgentState state, Inbox inbox, LocalContext context) {
    int[] labels = training.minibatch(context).labels();
    AgentState next = heard(state, inbox, context);
    List<Envelope> answers = new ArrayList<>();
    for (int sender : inbox.bySender().keySet()) {
      float[] features = PayloadFloats.from(next.payload(FEATURES + sender));
      Payload classes = ClassFeatures.of(features, labels, classes(context)).payload();
      AgentState contents = AgentState.empty().with(CLASSES, classes);
      answers.add(new Envelope(sender, new Message.Carried(contents)));
    }
    return new StepResult(next, answers);
  }

  /** The neighbours' features of the own images, and the models mixed. */
  private AgentState heard(AgentState state, Inbox inbox, LocalContext context) {
    AgentState next = state;
    for (Map.Entry<Integer, AgentState> mail : inbox.bySender().entrySet()) {
      ParamVector theirs = state.model().withTrainable(mail.getValue().vector(SENT));
      next = next.with(FEATURES + mail.getKey(), PayloadFloats.of(features(theirs, context)));
    }
    return training.settle(
        next, context.mix(state.vector(SENT), inbox, SENT), step.gossipRate(), inbox, context);
  }

  private StepResult contrast(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector x = state.vector(SENT);
    ParamVector mixed = state.model().trainable();
    ParamVector at = state.model().withTrainable(x);
    FeatureTargets targets = targets(state, inbox, at, context);
    Sample sample = training.with(new TowardsFeatures(targets)).sample(at, context);
    AgentState sampled = state.with(AgentState.MODEL, sample.model());
    AgentState next = step.taken(sampled, x, mixed, sample.gradient(), training.rate(context));
    for (String kept : state.payloads().keySet()) {
      next = kept.startsWith(FEATURES) ? next.without(kept) : next;
    }
    return StepResult.of(next.without(SENT));
  }

  private FeatureTargets targets(
      AgentState state, Inbox inbox, ParamVector at, LocalContext context) {
    Batch batch = training.minibatch(context);
    float[] own = features(at, context);
    FeatureTargets targets = FeatureTargets.none(batch.size(), own.length / batch.size());
    for (int sender : context.mixingRow().keySet()) {
      Payload kept = state.payloads().get(FEATURES + sender);
      if (kept != null) {
        targets = targets.with(modelWeight, PayloadFloats.from(kept));
      }
    }
    if (dataWeight == 0) {
      return targets;
    }
    ClassFeatures classes = ClassFeatures.of(own, batch.labels(), classes(context));
    for (AgentState mail : inbox.bySender().values()) {
      classes = classes.plus(ClassFeatures.of(mail.payload(CLASSES), classes(context)));
    }
    return targets.with(dataWeight, classes.means(batch.labels()));
  }

  private float[] features(ParamVector at, LocalContext context) {
    Batch batch = training.minibatch(context);
    return context
        .recorder()
        .timed(Metric.SECONDS_TRAIN, () -> context.learner().features(at, batch));
  }

  private static int classes(LocalContext context) {
    return context.learner().network().classes();
  }

  /** The last tensor of two axes is the last dense layer's, [classes, width]. */
  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    long sums =
        layout.slices().stream()
            .map(ParamSlice::shape)
            .filter(shape -> shape.size() == 2)
            .reduce((first, second) -> second)
            .map(shape -> ClassFeatures.bytes(shape.get(0), shape.get(1)))
            .orElse(0L);
    return (training.bytesTold(layout, 1) + (dataWeight == 0 ? 0 : sums))
        * training.stepsPerRound();
  }

  @Override
  public Set<Requirement> requires() {
    return dataWeight == 0
        ? Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING)
        : Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING, Requirement.MUTUAL_MIXING);
  }

  @Override
  public Optional<String> refusal(Network network) {
    return network.lastHidden().isPresent()
        ? Optional.empty()
        : Optional.of(
            "CCL draws what the last dense layer reads, network %s has none: use another network or algorithm = qg-dsgdm"
                .formatted(network.name()));
  }
}
