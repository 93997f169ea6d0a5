package io.dimat.algorithm;

import io.dimat.algorithm.compressed.Choco;
import io.dimat.algorithm.compressed.DeepSqueeze;
import io.dimat.algorithm.control.DisagreementTarget;
import io.dimat.algorithm.crossgradient.CrossMail;
import io.dimat.algorithm.heterogeneity.RelayMail;
import io.dimat.algorithm.heterogeneity.RelayTrees;
import io.dimat.algorithm.merging.MergeReach;
import io.dimat.algorithm.merging.PeriodicMerge;
import io.dimat.algorithm.merging.ReferenceBasis;
import io.dimat.algorithm.part.Amsgrad;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.GossipStep;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LocalTraining;
import io.dimat.algorithm.part.MomentumScope;
import io.dimat.graph.Topology;
import io.dimat.graph.Tree;
import io.dimat.graph.TreeTopologies;
import io.dimat.learn.SharpnessAware;
import io.dimat.merge.Finish;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.Operators;
import java.util.Optional;

/**
 * What every algorithm may read of a configuration, and the parts that several are made of.
 *
 * @param reach whose images a merge learns from
 * @param iterations present if rounds are counted in minibatches
 * @param topology that the run has
 */
public record MethodOptions(
    LocalTraining training,
    Operators.Options merge,
    Finish finish,
    ReferenceBasis reference,
    MergeReach reach,
    Optional<IterativeTraining> iterations,
    MethodSettings settings,
    Topology topology) {
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double LEAST_SECOND_MOMENT = 1e-8;

  IterativeTraining iterations(String algorithm) {
    return iterations.orElseThrow(
        () ->
            new IllegalArgumentException(
                "algorithm = %s exchanges at minibatches and needs train.steps-per-round >= 1, got 0: set it to 20, for example"
                    .formatted(algorithm)));
  }

  MethodSettings.Gossip gossip() {
    return settings.gossip();
  }

  /** The same training by sharpness-aware gradients. */
  IterativeTraining climbing(IterativeTraining plain) {
    return plain.with(new SharpnessAware(gossip().climb()));
  }

  Amsgrad amsgrad() {
    return new Amsgrad(BETA_1, BETA_2, gossip().secondMoment(), LEAST_SECOND_MOMENT);
  }

  /** Activation matching in merges that do not happen once a round. */
  MergeOperator matching() {
    if (!reach.equals(MergeReach.OWN)) {
      throw new IllegalArgumentException(
          "neighbours exchange statistics in merges once a round, got merges at other times: use algorithm = dimat, or merge.probe = own with merge.batch-norm = recalibrate");
    }
    return Operators.create(Operators.ACTIVATION_MATCHING, merge);
  }

  PeriodicMerge periodic() {
    if (reference != ReferenceBasis.SELF) {
      throw new IllegalArgumentException(
          "DIMAT by iterations merges in every agent's own basis, got merge.reference = agent-0: use merge.reference = self");
    }
    return new PeriodicMerge(matching(), finish, gossip().period());
  }

  GossipStep localStep() {
    return new GossipStep(gossip().momentum(), MomentumScope.LOCAL, gossip().rate());
  }

  GossipStep quasiGlobalStep() {
    return new GossipStep(gossip().momentum(), MomentumScope.QUASI_GLOBAL, gossip().rate());
  }

  CrossMail crossMail() {
    return new CrossMail(settings.compression().compressor());
  }

  Choco choco() {
    MethodSettings.Compression compression = settings.compression();
    return new Choco(compression.compressor(), compression.rate(), CombineOrder.ADAPT_THEN_COMBINE);
  }

  DeepSqueeze deepSqueeze() {
    return new DeepSqueeze(settings.compression().compressor(), settings.compression().rate());
  }

  RelayMail relayMail() {
    MethodSettings.Relay relay = settings.relay();
    RelayTrees trees =
        switch (relay.tree()) {
          case SPANNING -> RelayTrees.of(Tree.breadthFirst(topology, 0).topology());
          case BINARY -> RelayTrees.of(binary().topology());
          case DOUBLE_BINARY -> RelayTrees.of(binary().topology(), binary().mirrored().topology());
        };
    return new RelayMail(trees, relay.dropRate());
  }

  private Tree binary() {
    return Tree.of(TreeTopologies.binary(topology.agents()), 0);
  }

  DisagreementTarget target() {
    MethodSettings.Control control = settings.control();
    DisagreementTarget target =
        control.distance() > 0
            ? new DisagreementTarget.Absolute(control.distance())
            : new DisagreementTarget.Proportional(control.factor());
    return control.until() > 0 ? new DisagreementTarget.Early(target, control.until()) : target;
  }

  long total(String algorithm) {
    long iterations = settings.schedule().iterations();
    if (iterations < 1) {
      throw new IllegalArgumentException(
          "algorithm = %s must know the length of the run, got schedule.iterations = 0: set it to rounds times train.steps-per-round"
              .formatted(algorithm));
    }
    return iterations;
  }

  double threshold(String algorithm) {
    double threshold = settings.schedule().threshold();
    if (!(threshold > 0)) {
      throw new IllegalArgumentException(
          "algorithm = %s needs a squared distance to react to, got schedule.threshold = %s: set it to 1, for example"
              .formatted(algorithm, threshold));
    }
    return threshold;
  }
}
