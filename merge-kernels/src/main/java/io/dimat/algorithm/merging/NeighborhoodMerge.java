package io.dimat.algorithm.merging;

import io.dimat.merge.LocalProbe;
import io.dimat.network.Network;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.ConsensusRule;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.Requirement;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamLayout;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * {@link TrainThenMerge} where statistics travel and data does not (our own extension of DIMAT; in
 * no paper we know).
 *
 * <pre>
 * train      x_i &lt;- train(x_i);                                        send x_i
 * observe    M_ij = moments of (x_i, x_j) on i's probe;                send M_ij^T to j
 * merge      P_ij from M_ij + M_ji^T;  x_i &lt;- sum_j w_ij P_ij x_j
 * </pre>
 *
 * With a matching reach of {@code OWN} there is no observe, and P_ij is found from M_ij. With a
 * statistics reach of {@code NEIGHBORHOOD} the merged model gets the running statistics of the
 * neighbourhood's images, and the last phase is
 *
 * <pre>
 * combine    x_i as merged above;                                      send x_i
 * estimate   S_ji = running statistics of x_j on i's probe;            send S_ji to j
 * merge      x_i takes S_ii and all S_ij, pooled: {@link PooledStatistics}
 * </pre>
 *
 * Bytes to each neighbour in a round, for P values of a model, S of them running statistics: {@code
 * 4 P} for the model; for matching {@code 4 (1 + 4 C + C^2)} for every match point of C units; for
 * statistics {@code 4 P} for the merged model, {@code 4 S} for the estimate and 8 for how many
 * images it is of. An agent keeps its neighbours' models between observe and merge.
 *
 * @param base what is trained and merged; what it finishes with holds for everything but running
 *     statistics that are the neighbourhood's
 * @param matching whose images units are matched on
 * @param statistics whose images the merged model's running statistics are of; {@code OWN}: as the
 *     base's batch-norm policy says
 */
public record NeighborhoodMerge(TrainThenMerge base, ProbeReach matching, ProbeReach statistics)
    implements AgentProgram {
  /**
   * Checks the combination.
   *
   * @throws IllegalArgumentException if the base's operator asks more of a probe than moments with
   *     the reference, or if the reference is not the agent's own
   */
  public NeighborhoodMerge {
    if (matching == ProbeReach.NEIGHBORHOOD && base.operator().observed().isEmpty()) {
      throw new IllegalArgumentException(
          "merge.probe = neighborhood needs activations of the agent's and of one other model at a time, got %s: use algorithm = dimat with merge.folding = joint, or merge.probe = own"
              .formatted(base.operator().name()));
    }
    if (base.reference() != ReferenceBasis.SELF) {
      throw new IllegalArgumentException(
          "statistics of the neighbourhood need every agent's own basis, got merge.reference = agent-0: use merge.reference = self");
    }
  }

  @Override
  public String name() {
    return base.name();
  }

  @Override
  public Phase start() {
    return base.start();
  }

  @Override
  public Plan round(int round) {
    List<Phase> between = new ArrayList<>();
    if (matching == ProbeReach.NEIGHBORHOOD) {
      between.add(Phase.relaying("observe", moments()::observe));
    }
    if (statistics == ProbeReach.NEIGHBORHOOD) {
      between.add(Phase.relaying("combine", this::combine));
      between.add(Phase.relaying("estimate", StatisticsExchange::estimate));
    }
    return Plan.inOrder(
        new Plan.Do(Phase.sending("train", base::train)),
        new Plan.Iterate(RunPlan.iteration(round), 1, Plan.of(between.toArray(Phase[]::new))),
        new Plan.Do(Phase.reading("merge", this::merge)));
  }

  private StepResult combine(AgentState state, Inbox inbox, LocalContext context) {
    return TrainThenMerge.sent(merged(state, inbox, context), context);
  }

  private StepResult merge(AgentState state, Inbox inbox, LocalContext context) {
    AgentState next =
        statistics == ProbeReach.NEIGHBORHOOD
            ? StatisticsExchange.pooled(state, inbox, context)
            : merged(state, inbox, context);
    context.evaluate(next.model());
    return StepResult.of(next);
  }

  private AgentState merged(AgentState state, Inbox inbox, LocalContext context) {
    if (matching == ProbeReach.OWN) {
      return base.merged(state, MergeStep.models(inbox), LocalProbe.of(context), context);
    }
    MomentsExchange.Gathered gathered = moments().gathered(state, inbox, context);
    return base.merged(gathered.bare(), gathered.others(), gathered.probe(), context);
  }

  /** Of a matching reach that needs it. */
  private MomentsExchange moments() {
    return new MomentsExchange(base.operator().observed().orElseThrow());
  }

  @Override
  public Set<Requirement> requires() {
    return base.requires();
  }

  @Override
  public Optional<String> refusal(Network network) {
    return statistics == ProbeReach.NEIGHBORHOOD && !network.hasBatchNorm()
        ? Optional.of(
            "merge.batch-norm = neighborhood needs a network with batch norm, %s has none: use merge.batch-norm = recalibrate"
                .formatted(network.name()))
        : base.refusal(network);
  }

  @Override
  public ConsensusRule consensus() {
    return base.consensus();
  }

  /** Models and running statistics; of moments a layout does not tell. */
  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return statistics == ProbeReach.NEIGHBORHOOD
        ? 2 * base.bytesPerNeighbor(layout) + StatisticsExchange.bytes(layout)
        : base.bytesPerNeighbor(layout);
  }

  @Override
  public long bytesPerNeighbor(Network network) {
    long models = bytesPerNeighbor(network.layout());
    return matching == ProbeReach.NEIGHBORHOOD ? models + moments().bytes(network) : models;
  }
}
