package io.dimat.algorithm;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.align.MatchPoints;
import io.dimat.align.PermutationSpec;
import io.dimat.merge.ActivationAligner;
import io.dimat.merge.AlignedMerge;
import io.dimat.merge.Finish;
import io.dimat.merge.Folding;
import io.dimat.merge.LocalProbe;
import io.dimat.merge.MergeInput;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.Merged;
import io.dimat.merge.Probe;
import io.dimat.network.Network;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.ConsensusRule;
import io.dimat.protocol.Envelope;
import io.dimat.protocol.EvaluationPoint;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Message;
import io.dimat.protocol.Metric;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.Requirement;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Train, then merge, where statistics travel and data does not (our own extension of DIMAT; in no
 * paper we know).
 *
 * <pre>
 * train      x_i &lt;- train(x_i);                                        send x_i
 * observe    M_ij = moments of (x_i, x_j) on i's probe;                send M_ij to j
 * merge      P_ij from M_ij + M_ji^T;  x_i &lt;- sum_j w_ij P_ij x_j;      send x_i
 * estimate   S_ij = running statistics of x_j on i's probe;            send S_ij to j
 * pool       x_i takes S_ii and all S_ji as of one probe
 * </pre>
 *
 * Observe is left out where matching uses the agent's own probe, estimate and pool where batch norm
 * does. Traffic per neighbour and round: one model; for matching {@code 4 (C^2 + 4 C + 1)} bytes
 * per group of C units; for batch norm one more model and its statistics.
 *
 * @param finish scale correction, and batch norm where it is not the neighbourhood's
 */
public record NeighborhoodMerge(
    String name,
    LocalTraining training,
    MergeOperator operator,
    Finish finish,
    ProbeReach matching,
    ProbeReach statistics)
    implements AgentProgram {
  private static final String NEIGHBOR = "neighbor.";
  private static final String MOMENTS = "moments";
  private static final String ESTIMATE = "estimate";
  private static final String IMAGES = "images";

  public NeighborhoodMerge {
    if (matching == ProbeReach.NEIGHBORHOOD && observation(operator).isEmpty()) {
      throw new IllegalArgumentException(
          "merge.probe = neighborhood needs activation matching of all neighbours at once, got %s: use algorithm = dimat with merge.folding = joint, or merge.probe = own"
              .formatted(operator.name()));
    }
    if (training.optimizerState() == OptimizerStatePolicy.KEEP && operator.mixesUnits()) {
      throw new IllegalArgumentException(
          "merge.optimizer-state = keep needs a merge that permutes units, %s mixes them; choose merge.optimizer-state = reset"
              .formatted(name));
    }
  }

  /** Where activation matching observes units; empty for every other operator. */
  private static Optional<MatchPoints> observation(MergeOperator operator) {
    return operator instanceof AlignedMerge aligned
            && aligned.folding() == Folding.JOINT
            && aligned.aligner() instanceof ActivationAligner matching
        ? Optional.of(matching.points())
        : Optional.empty();
  }

  @Override
  public Phase start() {
    return new TrainAlone(name, training).start();
  }

  @Override
  public Plan round(int round) {
    List<Phase> exchange = new ArrayList<>();
    if (matching == ProbeReach.NEIGHBORHOOD) {
      exchange.add(Phase.relaying("observe", this::observe));
    }
    if (statistics == ProbeReach.NEIGHBORHOOD) {
      exchange.add(Phase.relaying("merge", this::merge));
      exchange.add(Phase.relaying("estimate", this::estimate));
      exchange.add(Phase.reading("pool", this::pool));
    } else {
      exchange.add(Phase.reading("merge", this::merge));
    }
    Phase settle = Phase.alone("settle", EvaluationPoint.MERGED, NeighborhoodMerge::settle);
    return Plan.inOrder(
        new Plan.Do(Phase.sending("train", this::train)),
        new Plan.Iterate(round - 1L, 1, Plan.of(exchange.toArray(Phase[]::new))),
        new Plan.Do(settle));
  }

  private StepResult train(AgentState state, Inbox inbox, LocalContext context) {
    AgentState trained = training.round(state, context);
    context.evaluate(trained.model());
    return send(trained, context);
  }

  private static StepResult send(AgentState state, LocalContext context) {
    Message model = new Message.Committed(List.of(AgentState.MODEL));
    return new StepResult(state, Envelope.toAll(context.recipients(), model));
  }

  private StepResult observe(AgentState state, Inbox inbox, LocalContext context) {
    List<ParamVector> models = inbox.bySender().values().stream().map(AgentState::model).toList();
    List<List<CrossMoments>> moments =
        context
            .recorder()
            .timed(
                Metric.SECONDS_ALIGN,
                () -> probe(context).crossMoments(state.model(), models, points(context)));
    AgentState kept = state;
    List<Envelope> mail = new ArrayList<>();
    int k = 0;
    for (int sender : inbox.bySender().keySet()) {
      List<CrossMoments> own = moments.get(k);
      kept =
          kept.with(NEIGHBOR + sender, models.get(k))
              .with(NEIGHBOR + sender, MomentsPayload.of(own));
      AgentState told = AgentState.empty().with(MOMENTS, MomentsPayload.of(turned(own)));
      mail.add(new Envelope(sender, new Message.Carried(told)));
      k++;
    }
    return new StepResult(kept, mail);
  }

  private static List<CrossMoments> turned(List<CrossMoments> moments) {
    return moments.stream().map(CrossMoments::transposed).toList();
  }

  private StepResult merge(AgentState state, Inbox inbox, LocalContext context) {
    SortedMap<Integer, ParamVector> models = new TreeMap<>();
    models.put(context.agent(), state.model());
    List<List<CrossMoments>> gathered = new ArrayList<>();
    AgentState bare = state;
    for (int sender : inbox.bySender().keySet()) {
      AgentState mail = inbox.bySender().get(sender);
      if (matching == ProbeReach.OWN) {
        models.put(sender, mail.model());
      } else {
        models.put(sender, state.vector(NEIGHBOR + sender));
        gathered.add(sum(state.payload(NEIGHBOR + sender), mail.payload(MOMENTS), context));
        bare = bare.without(NEIGHBOR + sender);
      }
    }
    Probe own = probe(context);
    Probe probe = matching == ProbeReach.OWN ? own : new GatheredProbe(own, gathered);
    MergeInput input =
        new MergeInput(context.agent(), models, context.mixingRow(), probe, context.recorder());
    Merged merged = operator.merge(input);
    ParamVector model =
        context.recorder().timed(Metric.SECONDS_MERGE, () -> finish.of(input, merged));
    TrainThenMerge.record(merged, context);
    AgentState next = TrainThenMerge.rebased(bare, merged, context).with(AgentState.MODEL, model);
    return statistics == ProbeReach.NEIGHBORHOOD ? send(next, context) : StepResult.of(next);
  }

  private List<CrossMoments> sum(
      io.dimat.protocol.Payload own, io.dimat.protocol.Payload theirs, LocalContext context) {
    List<MatchPoint> points = points(context);
    int[] units = units(context, points);
    List<CrossMoments> here = MomentsPayload.read(own, points, units);
    List<CrossMoments> there = MomentsPayload.read(theirs, points, units);
    List<CrossMoments> both = new ArrayList<>();
    for (int p = 0; p < points.size(); p++) {
      both.add(here.get(p).plus(there.get(p)));
    }
    return both;
  }

  private StepResult estimate(AgentState state, Inbox inbox, LocalContext context) {
    double images = context.data().probe(context.round()).images();
    List<Envelope> mail = new ArrayList<>();
    for (int sender : inbox.bySender().keySet()) {
      ParamVector theirs = inbox.bySender().get(sender).model();
      AgentState told =
          AgentState.empty().with(ESTIMATE, estimate(theirs, context)).with(IMAGES, images);
      mail.add(new Envelope(sender, new Message.Carried(told)));
    }
    return new StepResult(state.with(ESTIMATE, estimate(state.model(), context)), mail);
  }

  private static ParamVector estimate(ParamVector model, LocalContext context) {
    return context
        .recorder()
        .timed(
            Metric.SECONDS_MERGE,
            () -> probe(context).recalibrated(context.learner().network(), model).statistics());
  }

  private StepResult pool(AgentState state, Inbox inbox, LocalContext context) {
    PooledStatistics pool = new PooledStatistics();
    pool.add(state.vector(ESTIMATE), context.data().probe(context.round()).images());
    for (AgentState mail : inbox.bySender().values()) {
      pool.add(mail.vector(ESTIMATE), mail.scalar(IMAGES, 0));
    }
    ParamVector model = state.model().withStatistics(pool.pooled());
    return StepResult.of(state.with(AgentState.MODEL, model).without(ESTIMATE));
  }

  private static StepResult settle(AgentState state, Inbox inbox, LocalContext context) {
    context.evaluate(state.model());
    return StepResult.of(state);
  }

  private static Probe probe(LocalContext context) {
    return new LocalProbe(context.learner(), context.data().probe(context.round()));
  }

  private List<MatchPoint> points(LocalContext context) {
    PermutationSpec spec = PermutationSpec.of(context.learner().network());
    return spec.matchPoints(observation(operator).orElseThrow());
  }

  private static int[] units(LocalContext context, List<MatchPoint> points) {
    PermutationSpec spec = PermutationSpec.of(context.learner().network());
    return points.stream().mapToInt(point -> spec.groups().get(point.group()).size()).toArray();
  }

  @Override
  public Set<Requirement> requires() {
    return new TrainThenMerge(name, training, operator, finish, ReferenceBasis.SELF).requires();
  }

  @Override
  public Optional<String> refusal(Network network) {
    boolean nothingToPool = statistics == ProbeReach.NEIGHBORHOOD && !network.hasBatchNorm();
    return nothingToPool
        ? Optional.of(
            "merge.batch-norm = neighborhood needs a network with batch norm, %s has none: use merge.batch-norm = recalibrate"
                .formatted(network.name()))
        : operator.refusal(network);
  }

  @Override
  public ConsensusRule consensus() {
    return operator.aligns() ? ConsensusRule.ALIGNED_MEAN : ConsensusRule.PLAIN_MEAN;
  }

  /** Models and statistics; moments are counted when they are sent. */
  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return statistics == ProbeReach.NEIGHBORHOOD
        ? 4L * (3L * layout.size() - layout.trainableSize())
        : 4L * layout.size();
  }
}
