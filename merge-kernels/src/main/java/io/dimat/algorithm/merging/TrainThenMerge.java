package io.dimat.algorithm.merging;

import io.dimat.algorithm.part.LocalTraining;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.align.BasisChange;
import io.dimat.align.PermutationSpec;
import io.dimat.learn.LocalOptimizer;
import io.dimat.merge.ActivationAligner;
import io.dimat.merge.Finish;
import io.dimat.merge.LocalProbe;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.Merged;
import io.dimat.merge.Probe;
import io.dimat.merge.WeightAveraging;
import io.dimat.network.Network;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.ConsensusRule;
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
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * DIMAT and its closest relatives: every round each agent trains on its own shard, sends its model
 * to its neighbours, and merges what it received with its own.
 *
 * <pre>
 * round r:   x_i   &lt;- train(x_i, own shard, E epochs)            phase "train"
 *            send x_i to every neighbour
 *            x_i   &lt;- sum_j w_ij align_i(x_j)                     phase "merge"
 *            x_i   &lt;- finish(x_i, own probe): batch-norm policy, REPAIR if asked for
 * </pre>
 *
 * With {@link ActivationAligner} this is DIMAT (arXiv 2404.08079, section 3, in the epoch-wise form
 * of its experiments), with {@link WeightAveraging} its baseline WA.
 *
 * @param finish what is done to the merged model
 * @param reference whose basis the merged model is in
 */
public record TrainThenMerge(
    String name,
    LocalTraining training,
    MergeOperator operator,
    Finish finish,
    ReferenceBasis reference)
    implements AgentProgram {
  public TrainThenMerge {
    if (operator.mixesUnits() && training.optimizerState() == OptimizerStatePolicy.KEEP) {
      throw new IllegalArgumentException(
          "merge.optimizer-state = keep needs a merge that permutes units, "
              + name
              + " mixes them; choose merge.optimizer-state = reset");
    }
    new MergeStep(operator, finish, reference); // refuses what does not go together
  }

  private MergeStep step() {
    return new MergeStep(operator, finish, reference);
  }

  @Override
  public Phase start() {
    return training.start();
  }

  @Override
  public Plan round(int round) {
    return Plan.of(Phase.sending("train", this::train), Phase.reading("merge", this::merge));
  }

  /** Trains, and sends the model to every neighbour. */
  StepResult train(AgentState state, Inbox inbox, LocalContext context) {
    AgentState trained = training.round(state, context);
    context.evaluate(trained.model());
    return sent(trained, context);
  }

  /** The state, and its model in the mail of every neighbour. */
  static StepResult sent(AgentState state, LocalContext context) {
    Message model = new Message.Committed(List.of(AgentState.MODEL));
    return new StepResult(state, Envelope.toAll(context.neighbors(), model));
  }

  private StepResult merge(AgentState state, Inbox inbox, LocalContext context) {
    AgentState next = merged(state, MergeStep.models(inbox), LocalProbe.of(context), context);
    context.evaluate(next.model());
    return StepResult.of(next);
  }

  /**
   * The state with the finished merge of its model and others as its model.
   *
   * @param others the neighbours' models by agent
   */
  AgentState merged(
      AgentState state, SortedMap<Integer, ParamVector> others, Probe probe, LocalContext context) {
    MergeStep.Outcome outcome = step().of(state.model(), others, probe, context);
    return rebased(state, outcome.merged(), context).with(AgentState.MODEL, outcome.model());
  }

  /** The state with kept optimizer vectors in the basis that the merged model is in. */
  static AgentState rebased(AgentState state, Merged merged, LocalContext context) {
    BasisChange own = merged.alignments().get(context.agent());
    if (own == null) {
      return state;
    }
    PermutationSpec spec = PermutationSpec.of(context.learner().network());
    AgentState permuted = state;
    for (Map.Entry<String, ParamVector> vector : state.vectors().entrySet()) {
      if (LocalOptimizer.isStateName(vector.getKey())) {
        permuted = permuted.with(vector.getKey(), own.applyTo(spec, vector.getValue()));
      }
    }
    return permuted;
  }

  @Override
  public Set<Requirement> requires() {
    return step().requires();
  }

  @Override
  public Optional<String> refusal(Network network) {
    return operator.refusal(network);
  }

  @Override
  public ConsensusRule consensus() {
    return step().consensus();
  }

  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return (long) layout.precision().bytes() * layout.size();
  }
}
