package io.dimat.algorithm;

import io.dimat.algorithm.Method.Facts;
import io.dimat.algorithm.control.MixingStrength;
import io.dimat.algorithm.control.ScheduledGossip;
import io.dimat.algorithm.gossip.ConsensusMomentumSgd;
import io.dimat.algorithm.gossip.DecentralizedAdam;
import io.dimat.algorithm.gossip.DecentralizedAmsgrad;
import io.dimat.algorithm.gossip.DecentralizedMomentumSgd;
import io.dimat.algorithm.gossip.DecentralizedSgd;
import io.dimat.algorithm.gossip.DominatingSetSgd;
import io.dimat.algorithm.gossip.MixedMomentumSgd;
import io.dimat.algorithm.gossip.StochasticGradientPush;
import io.dimat.algorithm.gossip.SwarmSgd;
import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.CommunicationSchedule;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.ConnectedDominatingSet;
import java.util.List;

/** Neighbours average at every iteration, or at some. */
final class GossipMethods {
  private static final String FAMILY = "gossip";
  private static final DecentralizedAdam.Decay ADAM = new DecentralizedAdam.Decay(0.9, 0.999, 0);
  private static final double EPSILON = 1e-8;

  private GossipMethods() {}

  static List<Method> all() {
    return List.of(
        Method.iterative(
            "dsgd",
            FAMILY,
            "gossip at every minibatch, adapt then combine",
            new Facts(
                "x_i <- sum_j w_ij (x_j - eta g_j)",
                "rows and columns of W sum to 1",
                "1 S",
                "none",
                "arXiv 1705.09056"),
            (name, training, o) ->
                new DecentralizedSgd(name, training, CombineOrder.ADAPT_THEN_COMBINE)),
        Method.iterative(
            "cdsgd",
            FAMILY,
            "gossip at every minibatch, combine then adapt",
            new Facts(
                "x_i <- sum_j w_ij x_j - eta g_i",
                "rows and columns of W sum to 1",
                "1 S",
                "none",
                "arXiv 1706.07880"),
            (name, training, o) ->
                new DecentralizedSgd(name, training, CombineOrder.COMBINE_THEN_ADAPT)),
        Method.iterative(
            "dsgdm",
            FAMILY,
            "gossip SGD, every agent with a momentum of its own",
            new Facts(
                "m_i <- beta m_i + g_i; x_i <- sum_j w_ij (x_j - eta d_j)",
                "rows and columns of W sum to 1",
                "1 S",
                "momentum",
                "arXiv 2102.04761 (baseline)"),
            (name, training, o) ->
                new DecentralizedMomentumSgd(name, training, o.gossip().momentum())),
        Method.iterative(
            "cdmsgd",
            FAMILY,
            "mixed models, steps of one's own with momentum",
            new Facts(
                "x_i <- sum_j w_ij x_j - eta (g_i + mu m_i)",
                "rows and columns of W sum to 1",
                "1 S",
                "momentum",
                "arXiv 1706.07880 (as its codes have it)"),
            (name, training, o) ->
                new ConsensusMomentumSgd(
                    name, training, o.gossip().momentum(), ConsensusMomentumSgd.Form.AS_CODED)),
        Method.iterative(
            "cdmsgd-published",
            FAMILY,
            "the displacement by mixing stays in the velocity",
            new Facts(
                "v_i <- sum_j w_ij x_j - x_i + mu v_i - eta g_i(x_i + mu v_i); x_i <- x_i + v_i",
                "rows and columns of W sum to 1",
                "1 S",
                "momentum",
                "arXiv 1706.07880 (reconstruction)"),
            (name, training, o) ->
                new ConsensusMomentumSgd(
                    name, training, o.gossip().momentum(), ConsensusMomentumSgd.Form.AS_PUBLISHED)),
        Method.iterative(
            "dmsgd",
            FAMILY,
            "momentum that is partly the neighbourhood's",
            new Facts(
                "x_i <- sum_j w_ij (x_j + beta omega d_j) - eta g_i + beta (1 - omega) d_i",
                "rows and columns of W sum to 1",
                "1 S",
                "last displacement",
                "arXiv 2010.11166 (reconstruction)"),
            (name, training, o) ->
                new MixedMomentumSgd(
                    name, training, o.gossip().momentum().beta(), o.gossip().omega())),
        Method.iterative(
            "ld-sgd",
            FAMILY,
            "some iterations alone, then some of gossip SGD",
            new Facts(
                "I1 of I1 + I2 iterations: x_i <- x_i - eta g_i; others: x_i <- sum_j w_ij (x_j - eta g_j)",
                "rows and columns of W sum to 1",
                "1 S in I2 of I1 + I2 iterations",
                "none",
                "arXiv 1910.09126"),
            (name, training, o) ->
                new ScheduledGossip(
                    name,
                    training,
                    Momentum.NONE,
                    CommunicationSchedule.cycle(o.gossip().localSteps(), o.gossip().gossipSteps()),
                    MixingStrength.constant(1))),
        Method.iterative(
            "dadam",
            FAMILY,
            "adaptive steps of one's own, models averaged every iteration",
            new Facts(
                "x_i <- sum_j w_ij x_j - eta m_i / sqrt(w_i + epsilon)",
                "rows and columns of W sum to 1",
                "1 S",
                "3 moments",
                "arXiv 1901.09109 (reconstruction)"),
            (name, training, o) -> new DecentralizedAdam(name, training, ADAM, EPSILON, 1)),
        Method.iterative(
            "cdadam",
            FAMILY,
            "adaptive steps of one's own, models averaged every gossip.period iterations",
            new Facts(
                "as dadam, mixed in one of T iterations",
                "rows and columns of W sum to 1",
                "1 S in one of T iterations",
                "3 moments",
                "arXiv 1901.09109 (reconstruction)"),
            (name, training, o) ->
                new DecentralizedAdam(name, training, ADAM, EPSILON, o.gossip().period())),
        Method.iterative(
            "d-amsgrad",
            FAMILY,
            "AMSGrad with a denominator tracked by gossip",
            new Facts(
                "u_i = sum_j w_ij a_j; x_i <- sum_j w_ij x_j - eta m_i / sqrt(u_i); a_i <- u_i + w_i - w_i', w the largest second moment, w' the one before",
                "rows and columns of W sum to 1",
                "2 S",
                "4 moments",
                "arXiv 2109.03194 (reconstruction)"),
            (name, training, o) -> new DecentralizedAmsgrad(name, training, o.amsgrad())),
        Method.iterative(
            "sgp",
            FAMILY,
            "gossip over directed edges that may change, with push-sum weights",
            new Facts(
                "x_i <- sum_j p_ij (x_j - eta d_j(z_j)); o_i <- sum_j p_ij o_j; z_i = x_i / o_i",
                "columns of W sum to 1",
                "1 S + 8 bytes",
                "numerator, momentum",
                "arXiv 1811.10792"),
            (name, training, o) ->
                new StochasticGradientPush(name, training, o.gossip().momentum())),
        Method.iterative(
            "swarm-sgd",
            FAMILY,
            "train alone, every gossip.period iterations meet one neighbour and average",
            new Facts(
                "x_i, x_j <- (x_i + x_j) / 2 where W(k) pairs i and j",
                "W(k) pairs agents: mixing.name = random-edge or random-matching",
                "1 S per meeting",
                "none",
                "arXiv 1910.12308 (clock: reconstruction)"),
            (name, training, o) ->
                new SwarmSgd(name, training, Momentum.NONE, o.gossip().period())),
        Method.iterative(
            "dsma",
            FAMILY,
            "only edges that touch a connected dominating set carry mail",
            new Facts(
                "members of the set gather their neighbours' models and mix among themselves; then a momentum step",
                "symmetric support, constant W",
                "1 S on edges that touch the set",
                "momentum",
                "Neural Networks 171, 2024 (reconstruction after a port)"),
            (name, training, o) ->
                new DominatingSetSgd(
                    name,
                    training,
                    o.gossip().momentum(),
                    ConnectedDominatingSet.of(o.topology()))));
  }
}
