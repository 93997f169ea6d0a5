package io.dimat.algorithm;

import io.dimat.algorithm.Method.Facts;
import io.dimat.algorithm.crossgradient.CrossFeatureContrast;
import io.dimat.algorithm.crossgradient.CrossGradientAggregation;
import io.dimat.algorithm.crossgradient.CrossMail;
import io.dimat.algorithm.crossgradient.NeighborhoodGradients;
import java.util.List;

/**
 * Gradients of one agent's data at another's model; models and gradients travel, data never does.
 */
final class CrossGradientMethods {
  private static final String FAMILY = "cross-gradients";

  private CrossGradientMethods() {}

  static List<Method> all() {
    return List.of(
        Method.iterative(
            "cga",
            FAMILY,
            "a direction that no neighbour's minibatch speaks against, by a quadratic program per tensor",
            new Facts(
                "min_v 1/2 v'MM'v + (Ms)'v, v >= margin; g = M'v + s",
                "doubly stochastic W, mail both ways",
                "2 S",
                "momentum",
                "arXiv 2103.02051"),
            (name, training, o) ->
                new CrossGradientAggregation(
                    name, training, o.localStep(), o.gossip().margin(), CrossMail.EXACT)),
        Method.iterative(
            "comp-cga",
            FAMILY,
            "CGA whose gradients travel compressed with error feedback (the paper: compress.name = sign)",
            new Facts(
                "as cga with Q(g + e)",
                "as cga",
                "1 S + compressed gradient",
                "momentum, 1 error per neighbour",
                "arXiv 2103.02051"),
            (name, training, o) ->
                new CrossGradientAggregation(
                    name, training, o.localStep(), o.gossip().margin(), o.crossMail())),
        Method.iterative(
            "ngc",
            FAMILY,
            "mean of own gradient, own data at neighbours' models and neighbours' data at the own model",
            new Facts(
                "g = (1 - alpha) mean_j grad F_i(x_j) + alpha mean_j grad F_j(x_i)",
                "doubly stochastic W; mail both ways if alpha > 0",
                "1 S, 2 S if alpha > 0",
                "momentum",
                "arXiv 2209.14390"),
            (name, training, o) ->
                new NeighborhoodGradients(
                    name, training, o.quasiGlobalStep(), o.gossip().alpha(), CrossMail.EXACT)),
        Method.iterative(
            "comp-ngc",
            FAMILY,
            "NGC whose gradients travel compressed with error feedback (the paper: compress.name = sign)",
            new Facts(
                "as ngc with Q(g + e)",
                "as ngc",
                "1 S + compressed gradient",
                "momentum, 1 error per neighbour",
                "arXiv 2209.14390"),
            (name, training, o) ->
                new NeighborhoodGradients(
                    name, training, o.quasiGlobalStep(), o.gossip().alpha(), o.crossMail())),
        Method.iterative(
            "n-saddle",
            FAMILY,
            "NGC of sharpness-aware gradients",
            new Facts(
                "as ngc, each gradient taken at x + rho g/|g|",
                "as ngc",
                "1 S, 2 S if alpha > 0",
                "momentum",
                "arXiv 2405.13961 (reconstruction)"),
            (name, training, o) ->
                new NeighborhoodGradients(
                    name,
                    o.climbing(training),
                    o.quasiGlobalStep(),
                    o.gossip().alpha(),
                    CrossMail.EXACT)),
        Method.iterative(
            "comp-n-saddle",
            FAMILY,
            "N-SADDLe whose gradients travel compressed with error feedback",
            new Facts(
                "as n-saddle with Q(g + e)",
                "as ngc",
                "1 S + compressed gradient",
                "momentum, 1 error per neighbour",
                "arXiv 2405.13961 (reconstruction)"),
            (name, training, o) ->
                new NeighborhoodGradients(
                    name,
                    o.climbing(training),
                    o.quasiGlobalStep(),
                    o.gossip().alpha(),
                    o.crossMail())),
        Method.iterative(
            "ccl",
            FAMILY,
            "hidden features drawn to neighbours' models' features and to class means of the neighbourhood",
            new Facts(
                "L = CE + lambda_m sum_j MSE(z, z_ij) + lambda_d MSE(z, c[y])",
                "doubly stochastic W; a dense layer at the end",
                "1 S + class means",
                "momentum",
                "arXiv 2310.15890"),
            (name, training, o) ->
                new CrossFeatureContrast(
                    name,
                    training,
                    o.quasiGlobalStep(),
                    o.settings().contrast().modelWeight(),
                    o.settings().contrast().dataWeight())));
  }
}
