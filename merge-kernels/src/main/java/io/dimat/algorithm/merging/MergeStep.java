package io.dimat.algorithm.merging;

import io.dimat.merge.Finish;
import io.dimat.merge.LocalProbe;
import io.dimat.merge.MergeInput;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.Merged;
import io.dimat.merge.Probe;
import io.dimat.protocol.ConsensusRule;
import io.dimat.protocol.GroupMetrics;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Metric;
import io.dimat.protocol.Requirement;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * How an agent merges its neighbours' models into its own, whenever that happens: align them to a
 * basis, average by this iteration's mixing row, finish.
 */
record MergeStep(MergeOperator operator, Finish finish, ReferenceBasis reference)
    implements Serializable {
  MergeStep {
    finish
        .refusal(operator)
        .ifPresent(
            reason -> {
              throw new IllegalArgumentException(reason);
            });
  }

  /**
   * What a merge made.
   *
   * @param model finished, running statistics included
   * @param merged how the models were brought together
   */
  record Outcome(ParamVector model, Merged merged) {}

  /** Models of the mail, by sender. */
  static SortedMap<Integer, ParamVector> models(Inbox inbox) {
    SortedMap<Integer, ParamVector> models = new TreeMap<>();
    inbox.bySender().forEach((sender, mail) -> models.put(sender, mail.model()));
    return models;
  }

  /** Merges the models of the mail, on the agent's own probe. */
  Outcome of(ParamVector own, Inbox inbox, LocalContext context) {
    return of(own, models(inbox), LocalProbe.of(context), context);
  }

  /**
   * Merges models and records how well units were matched.
   *
   * @param others the neighbours' models by agent
   */
  Outcome of(
      ParamVector own, SortedMap<Integer, ParamVector> others, Probe probe, LocalContext context) {
    SortedMap<Integer, ParamVector> models = new TreeMap<>(others);
    models.put(context.agent(), own);
    MergeInput input =
        new MergeInput(
            reference.of(context), models, context.mixingRow(), probe, context.recorder());
    Merged merged = operator.merge(input);
    ParamVector model =
        context.recorder().timed(Metric.SECONDS_MERGE, () -> finish.of(input, merged));
    record(merged.groups(), context);
    return new Outcome(model, merged);
  }

  private static void record(List<GroupMetrics> groups, LocalContext context) {
    groups.forEach(context.recorder()::group);
    if (!groups.isEmpty()) {
      context
          .recorder()
          .put(
              Metric.MATCH_CORRELATION,
              groups.stream().mapToDouble(GroupMetrics::correlation).average().orElseThrow());
      context
          .recorder()
          .put(
              Metric.MATCH_IDENTITY_FRACTION,
              groups.stream().mapToDouble(GroupMetrics::identityFraction).average().orElseThrow());
    }
  }

  /** What merging needs of mixing and network. */
  Set<Requirement> requires() {
    Set<Requirement> rules =
        EnumSet.of(Requirement.ROW_STOCHASTIC_MIXING, Requirement.MUTUAL_MIXING);
    if (operator.aligns()) {
      rules.add(Requirement.PERMUTABLE_NETWORK);
    }
    if (reference == ReferenceBasis.AGENT_0) {
      rules.add(Requirement.AGENT_0_ADJACENT);
    }
    return rules;
  }

  /** How models whose merges permute units are brought together. */
  ConsensusRule consensus() {
    return operator.aligns() ? ConsensusRule.ALIGNED_MEAN : ConsensusRule.PLAIN_MEAN;
  }
}
