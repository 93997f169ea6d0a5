package io.dimat.algorithm;

import io.dimat.algorithm.Method.Facts;
import io.dimat.algorithm.merging.TrainAlone;
import io.dimat.algorithm.merging.TrainThenMerge;
import io.dimat.merge.Operators;
import java.util.List;
import java.util.Optional;

/** Train alone for a round, then merge with the neighbours: methods that differ in the operator. */
final class MergingMethods {
  private static final String FAMILY = "merge once a round";

  private MergingMethods() {}

  static List<Method> all() {
    return List.of(
        merging(
            "dimat",
            Operators.ACTIVATION_MATCHING,
            "x_i <- sum_j w_ij P_ij x_j, P_ij from correlations of activations",
            "arXiv 2404.08079"),
        merging(
            "merge-many",
            Operators.MERGE_MANY,
            "P_k matches model k to the mean of the others, in turn",
            "arXiv 2209.04836"),
        merging(
            "ot",
            Operators.OPTIMAL_TRANSPORT,
            "x_i <- sum_j w_ij T_ij x_j, T_ij a transport plan of units",
            "arXiv 1910.05653"),
        merging(
            Algorithms.AVERAGING,
            Operators.WEIGHT_AVERAGING,
            "x_i <- sum_j w_ij x_j",
            "arXiv 2404.08079 (baseline)"),
        merging(
            "wm",
            Operators.WEIGHT_MATCHING,
            "as dimat, P_ij from inner products of weights",
            "arXiv 2209.04836"),
        merging(
            "zipit",
            Operators.ZIPIT,
            "units of all models are merged pair by pair until as many are left as one has",
            "arXiv 2305.03053"),
        new Method(
            Algorithms.ISOLATED,
            "controls",
            "never communicates, the control",
            new Facts("x_i <- train(x_i)", "none", "none", "none", "control"),
            Optional.empty(),
            Method.Span.OPEN,
            (name, o) -> new TrainAlone(name, o.training())));
  }

  private static Method merging(String name, String operator, String equation, String source) {
    return new Method(
        name,
        FAMILY,
        Operators.description(operator),
        new Facts(
            equation,
            "rows of W sum to 1, mail both ways",
            "1 S per round",
            "none, or the optimizer's",
            source),
        Optional.of(operator),
        Method.Span.OPEN,
        (called, o) ->
            o.reach()
                .of(
                    new TrainThenMerge(
                        called,
                        o.training(),
                        Operators.create(operator, o.merge()),
                        o.finish(),
                        o.reference())));
  }
}
