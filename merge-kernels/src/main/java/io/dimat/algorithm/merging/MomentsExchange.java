package io.dimat.algorithm.merging;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.align.MatchPoints;
import io.dimat.align.PermutationSpec;
import io.dimat.merge.LocalProbe;
import io.dimat.merge.Probe;
import io.dimat.network.Network;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Envelope;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Message;
import io.dimat.protocol.Metric;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Neighbours tell each other how the units of their two models act together, each on its own probe.
 *
 * @param observed where units are observed
 */
record MomentsExchange(MatchPoints observed) implements Serializable {
  private static final String NEIGHBOR = "neighbor.";
  private static final String MOMENTS = "moments";

  /**
   * What was told, and what was kept in the meantime.
   *
   * @param bare the state without what was kept
   * @param others the neighbours' models by agent
   * @param probe knows their moments with the agent's own model, on both agents' images
   */
  record Gathered(AgentState bare, SortedMap<Integer, ParamVector> others, Probe probe) {}

  /** Of mail with models: keeps each with its moments, and sends the moments, turned round. */
  StepResult observe(AgentState state, Inbox inbox, LocalContext context) {
    SortedMap<Integer, ParamVector> others = MergeStep.models(inbox);
    List<List<CrossMoments>> moments =
        context.recorder().timed(Metric.SECONDS_ALIGN, () -> moments(state, others, context));
    AgentState kept = state;
    List<Envelope> mail = new ArrayList<>();
    for (int other : others.keySet()) {
      List<CrossMoments> own = moments.get(mail.size());
      List<CrossMoments> theirs = own.stream().map(CrossMoments::transposed).toList();
      kept =
          kept.with(NEIGHBOR + other, others.get(other))
              .with(NEIGHBOR + other, MomentsPayload.of(own));
      AgentState told = AgentState.empty().with(MOMENTS, MomentsPayload.of(theirs));
      mail.add(new Envelope(other, new Message.Carried(told)));
    }
    return new StepResult(kept, mail);
  }

  private List<List<CrossMoments>> moments(
      AgentState state, SortedMap<Integer, ParamVector> others, LocalContext context) {
    return LocalProbe.of(context)
        .crossMoments(
            state.model(), List.copyOf(others.values()), points(context.learner().network()));
  }

  /** Of mail with moments: adds those that were kept. */
  Gathered gathered(AgentState state, Inbox inbox, LocalContext context) {
    List<MatchPoint> points = points(context.learner().network());
    int[] units = units(context.learner().network(), points);
    SortedMap<Integer, ParamVector> others = new TreeMap<>();
    List<List<CrossMoments>> sums = new ArrayList<>();
    AgentState bare = state;
    for (int other : inbox.bySender().keySet()) {
      String kept = NEIGHBOR + other;
      others.put(other, state.vector(kept));
      sums.add(
          CrossMoments.sums(
              MomentsPayload.read(state.payload(kept), units),
              MomentsPayload.read(inbox.bySender().get(other).payload(MOMENTS), units)));
      bare = bare.without(kept);
    }
    return new Gathered(bare, others, new GatheredProbe(LocalProbe.of(context), points, sums));
  }

  /** What moments of two models of a network take to send. */
  long bytes(Network network) {
    return MomentsPayload.bytes(units(network, points(network)));
  }

  private List<MatchPoint> points(Network network) {
    return PermutationSpec.of(network).matchPoints(observed);
  }

  private static int[] units(Network network, List<MatchPoint> points) {
    return points.stream().mapToInt(p -> network.shape(p.layer()).channels()).toArray();
  }
}
