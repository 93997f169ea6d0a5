package io.dimat.algorithm;

import io.dimat.algorithm.Method.Facts;
import io.dimat.algorithm.merging.DimatAmsgrad;
import io.dimat.algorithm.merging.DimatSgd;
import io.dimat.algorithm.part.Momentum;
import java.util.List;

/**
 * DIMAT as its algorithms 1 to 3 have it: a merge every gossip.period iterations, optimizer state
 * kept.
 */
final class DimatMethods {
  private static final String FAMILY = "DIMAT by iterations";

  private DimatMethods() {}

  static List<Method> all() {
    return List.of(
        Method.iterative(
            "dimat-sgd",
            FAMILY,
            "DIMAT's algorithm 1: SGD, and a merge every gossip.period iterations",
            new Facts(
                "v_i = sum_j w_ij P_ij x_j if k mod T = 0 else x_i; x_i <- v_i - eta g_i",
                "rows of W sum to 1, mail both ways, hidden units",
                "1 S per merge",
                "none",
                "arXiv 2404.08079 (reconstruction)"),
            (name, training, o) ->
                new DimatSgd(
                    name,
                    training.withoutGossip(),
                    Momentum.NONE,
                    o.periodic(),
                    o.gossip().order())),
        Method.iterative(
            "dimat-msgd",
            FAMILY,
            "DIMAT's algorithm 2: with momentum, which needs no permutation",
            new Facts(
                "m_i <- beta m_i + g_i; x_i <- v_i - eta d_i",
                "as dimat-sgd",
                "1 S per merge",
                "momentum",
                "arXiv 2404.08079 (reconstruction)"),
            (name, training, o) ->
                new DimatSgd(
                    name,
                    training.withoutGossip(),
                    o.gossip().momentum(),
                    o.periodic(),
                    o.gossip().order())),
        Method.iterative(
            "dimat-amsgrad",
            FAMILY,
            "DIMAT's algorithm 3: AMSGrad whose denominators are mixed and permuted with the models",
            new Facts(
                "h_i, u_i = sum_j w_ij P_ij (x_j, a_j) when merging; x_i <- h_i - eta m_i / sqrt(u_i)",
                "as dimat-sgd, doubly stochastic W",
                "2 S per merge",
                "4 moments",
                "arXiv 2404.08079, 2109.03194 (reconstruction)"),
            (name, training, o) ->
                new DimatAmsgrad(
                    name,
                    training.withoutGossip(),
                    o.amsgrad(),
                    o.periodic(),
                    o.gossip().order())));
  }
}
