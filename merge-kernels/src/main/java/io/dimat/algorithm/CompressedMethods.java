package io.dimat.algorithm;

import io.dimat.algorithm.Method.Facts;
import io.dimat.algorithm.compressed.CompressedGossip;
import io.dimat.algorithm.part.Momentum;
import io.dimat.algorithm.part.MomentumScope;
import java.util.List;

/** Differences travel compressed; what compression loses is remembered. */
final class CompressedMethods {
  private static final String FAMILY = "compression";

  private CompressedMethods() {}

  static List<Method> all() {
    return List.of(
        Method.iterative(
            "choco-sgd",
            FAMILY,
            "decentralized SGD that gossips compressed differences to public copies",
            new Facts(
                "q = Q(v - h); h += q; s += sum_j w_ij q_j; x = v + gamma (s - h), v = x - eta g",
                "W symmetric, doubly stochastic, constant",
                "compressed S",
                "2 public copies",
                "arXiv 1902.00340"),
            (name, training, o) ->
                new CompressedGossip(
                    name, training, o.choco(), Momentum.NONE, MomentumScope.LOCAL)),
        Method.iterative(
            "deep-squeeze",
            FAMILY,
            "decentralized SGD that gossips compressed models with error feedback",
            new Facts(
                "c = Q(v + e); e <- v + e - c; x = v + gamma sum_j w_ij (c_j - c_i)",
                "rows and columns of W sum to 1",
                "compressed S",
                "error",
                "arXiv 1907.07346 (recursion: reconstruction)"),
            (name, training, o) ->
                new CompressedGossip(
                    name, training, o.deepSqueeze(), Momentum.NONE, MomentumScope.LOCAL)),
        Method.iterative(
            "comp-q-saddle",
            FAMILY,
            "sharpness-aware gradients, quasi-global momentum, compressed gossip",
            new Facts(
                "q-saddle with choco-sgd's exchange",
                "as choco-sgd",
                "compressed S",
                "2 public copies, momentum",
                "arXiv 2405.13961 (reconstruction)"),
            (name, training, o) ->
                new CompressedGossip(
                    name,
                    o.climbing(training),
                    o.choco(),
                    o.gossip().momentum(),
                    MomentumScope.QUASI_GLOBAL)));
  }
}
