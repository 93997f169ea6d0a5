package io.dimat.algorithm;

import io.dimat.algorithm.Method.Facts;
import io.dimat.algorithm.heterogeneity.D2;
import io.dimat.algorithm.heterogeneity.DecentLaM;
import io.dimat.algorithm.heterogeneity.GradientTracking;
import io.dimat.algorithm.heterogeneity.MomentumTracking;
import io.dimat.algorithm.heterogeneity.QuasiGlobalAdam;
import io.dimat.algorithm.heterogeneity.QuasiGlobalMomentum;
import io.dimat.algorithm.heterogeneity.RelayGrad;
import io.dimat.algorithm.heterogeneity.RelaySgd;
import io.dimat.algorithm.part.Momentum;
import java.util.List;

/** Methods whose fixed point, or momentum, suffers less where shards differ. */
final class HeterogeneityMethods {
  private static final String FAMILY = "heterogeneity";
  private static final double BETA_1 = 0.9;
  private static final double BETA_2 = 0.999;
  private static final double EPSILON = 1e-8;

  private HeterogeneityMethods() {}

  static List<Method> all() {
    return List.of(
        Method.iterative(
            "qg-dsgdm",
            FAMILY,
            "momentum that follows the mixed model's way, not the agent's own gradients",
            new Facts(
                "m = beta b + g; x' = W(x - eta d); b <- mu b + (1 - mu)(x - x')/eta",
                "rows and columns of W sum to 1",
                "1 S",
                "momentum",
                "arXiv 2102.04761"),
            (name, training, o) ->
                new QuasiGlobalMomentum(
                    name, training, o.gossip().momentum(), o.gossip().momentum().beta())),
        Method.iterative(
            "qg-adam",
            FAMILY,
            "Adam whose moments follow the mixed model's way",
            new Facts(
                "moments of d = (x - x')/|x - x'|",
                "rows and columns of W sum to 1",
                "1 S",
                "2 moments",
                "arXiv 2102.04761"),
            (name, training, o) -> new QuasiGlobalAdam(name, training, BETA_1, BETA_2, EPSILON)),
        Method.iterative(
            "decentlam",
            FAMILY,
            "momentum on the whole displacement of a DSGD step, so that its bias is DSGD's",
            new Facts(
                "h = (x - W(x - eta g))/eta; m <- beta m + h; x <- x - eta d",
                "W symmetric, doubly stochastic",
                "1 S",
                "momentum",
                "arXiv 2104.11981"),
            (name, training, o) -> new DecentLaM(name, training, o.gossip().momentum())),
        Method.iterative(
            "d2",
            FAMILY,
            "undoes in each step what mixing did in the one before; exact diffusion with mixing.name = lazy",
            new Facts(
                "x' = W(x - eta g + c); c <- x' - x + eta g",
                "W symmetric, constant, eigenvalues above -1/3",
                "1 S",
                "correction",
                "arXiv 1803.07068"),
            (name, training, o) -> new D2(name, training, Momentum.NONE)),
        Method.iterative(
            "gradient-tracking",
            FAMILY,
            "agents descend along a tracked estimate of the mean gradient",
            new Facts(
                "y = g - c; x <- W(x - eta y); c <- g - W y",
                "rows and columns of W sum to 1",
                "2 S",
                "correction",
                "arXiv 1805.11454"),
            (name, training, o) -> new GradientTracking(name, training)),
        Method.iterative(
            "momentum-tracking",
            FAMILY,
            "agents track the mean of their momenta",
            new Facts(
                "u <- beta u + g; y = u - c; x <- W x - eta y; c <- u - W y",
                "rows and columns of W sum to 1",
                "2 S",
                "momentum, correction",
                "arXiv 2209.15505"),
            (name, training, o) ->
                new MomentumTracking(name, training, o.gossip().momentum().beta())),
        Method.iterative(
            "relay-sgd",
            FAMILY,
            "models become the mean of everybody's half-step models, each as old as its way along a tree",
            new Facts(
                "m_ij = h_i + sum_(k != j) m_ki; x_i = (h_i + sum_k m_ki + (n - 1 - C) fill)/n",
                "a tree among the topology's edges; W is not used",
                "1 S + 8 bytes per tree edge",
                "1 vector per tree neighbour, momentum",
                "arXiv 2110.04175"),
            (name, training, o) ->
                new RelaySgd(
                    name,
                    training,
                    o.gossip().momentum(),
                    o.settings().relay().fill(),
                    o.relayMail())),
        Method.iterative(
            "relay-grad",
            FAMILY,
            "updates instead of models are relayed; a control, agents never agree exactly",
            new Facts(
                "x_i <- x_i + (h_i + sum_k m_ki)/n, h = -eta d",
                "as relay-sgd; init = common, pretrain.epochs = 0",
                "1 S + 8 bytes per tree edge",
                "1 vector per tree neighbour, momentum",
                "arXiv 2110.04175"),
            (name, training, o) ->
                new RelayGrad(name, training, o.gossip().momentum(), o.relayMail())),
        Method.iterative(
            "q-saddle",
            FAMILY,
            "sharpness-aware gradients with quasi-global momentum",
            new Facts(
                "qg-dsgdm with g taken at x + rho g/|g|",
                "rows and columns of W sum to 1",
                "1 S",
                "momentum",
                "arXiv 2405.13961 (reconstruction)"),
            (name, training, o) ->
                new QuasiGlobalMomentum(
                    name,
                    o.climbing(training),
                    o.gossip().momentum(),
                    o.gossip().momentum().beta())));
  }
}
