package io.dimat.algorithm;

import io.dimat.algorithm.Method.Facts;
import io.dimat.algorithm.control.ConsensusControl;
import io.dimat.algorithm.control.DynamicAveraging;
import io.dimat.algorithm.control.MixingStrength;
import io.dimat.algorithm.control.ScheduledGossip;
import io.dimat.algorithm.merging.AdaptiveMerging;
import io.dimat.algorithm.part.CommunicationSchedule;
import java.util.List;

/** When to communicate, and how much. */
final class ControlledMethods {
  private static final String FAMILY = "control of communication";

  private ControlledMethods() {}

  static List<Method> all() {
    return List.of(
        Method.iterative(
            "consensus-control",
            FAMILY,
            "gossips until the measured disagreement is within a target",
            new Facts(
                "repeat x <- W x, control.most times at most, until the estimate of Xi is at most control.factor eta |g|",
                "W symmetric, doubly stochastic, constant",
                "1 S per gossip round, 16 bytes in an all-reduce",
                "momentum",
                "arXiv 2102.04828 (target and estimate: reconstruction)"),
            (name, training, o) ->
                new ConsensusControl(
                    name,
                    training,
                    o.gossip().momentum(),
                    o.target(),
                    o.settings().control().acceleration(),
                    o.settings().control().most())),
        Method.iterative(
            "local-sgd",
            FAMILY,
            "gossips every gossip.period iterations",
            new Facts(
                "x <- x - eta d; mix in one of T iterations",
                "rows and columns of W sum to 1",
                "1 S in one of T iterations",
                "momentum",
                "arXiv 1910.09126"),
            (name, training, o) ->
                new ScheduledGossip(
                    name,
                    training,
                    o.gossip().momentum(),
                    CommunicationSchedule.uniform(o.gossip().period()),
                    MixingStrength.constant(o.gossip().rate()))),
        Method.iterative(
                "early-gossip",
                FAMILY,
                "gossips in the first part of the run only",
                new Facts(
                    "mix while k < f K",
                    "rows and columns of W sum to 1",
                    "1 S in a part f of the iterations",
                    "momentum",
                    "arXiv 2507.06542 (control)"),
                (name, training, o) ->
                    new ScheduledGossip(
                        name,
                        training,
                        o.gossip().momentum(),
                        CommunicationSchedule.early(
                            o.settings().schedule().fraction(), o.total(name)),
                        MixingStrength.constant(o.gossip().rate())))
            .knowingItsEnd(),
        Method.iterative(
                "late-gossip",
                FAMILY,
                "gossips in the last part of the run only",
                new Facts(
                    "mix while k >= (1 - f) K",
                    "rows and columns of W sum to 1",
                    "1 S in a part f of the iterations",
                    "momentum",
                    "arXiv 2507.06542"),
                (name, training, o) ->
                    new ScheduledGossip(
                        name,
                        training,
                        o.gossip().momentum(),
                        CommunicationSchedule.late(
                            o.settings().schedule().fraction(), o.total(name)),
                        MixingStrength.constant(o.gossip().rate())))
            .knowingItsEnd(),
        Method.iterative(
                "single-merge",
                FAMILY,
                "trains alone; at the very end all agents average once",
                new Facts(
                    "x <- (1/n) sum_j x_j after the last iteration",
                    "rows and columns of W sum to 1",
                    "n - 1 models per agent, once, beyond the topology",
                    "momentum",
                    "arXiv 2507.06542"),
                (name, training, o) ->
                    new ScheduledGossip(
                        name,
                        training,
                        o.gossip().momentum(),
                        CommunicationSchedule.never().finallyGlobal(o.total(name)),
                        MixingStrength.constant(1)))
            .knowingItsEnd(),
        Method.iterative(
                "dsgd-ac",
                FAMILY,
                "gossip whose strength falls: disagreement is kept alive on purpose",
                new Facts(
                    "x <- x + gamma_k (W x - x)",
                    "rows and columns of W sum to 1",
                    "1 S",
                    "momentum",
                    "arXiv 2602.02899 (course of gamma: reconstruction)"),
                (name, training, o) ->
                    new ScheduledGossip(
                        name,
                        training,
                        o.gossip().momentum(),
                        CommunicationSchedule.uniform(1),
                        MixingStrength.linear(
                            1, o.settings().schedule().strength(), o.total(name))))
            .knowingItsEnd(),
        Method.iterative(
            "dynamic-averaging",
            FAMILY,
            "all agents average when one has gone too far from where all were equal",
            new Facts(
                "if any |x_i - r|^2 > Delta: x <- r <- (1/n) sum_j x_j",
                "none; the topology is not used",
                "n - 1 models per agent at an average",
                "reference",
                "arXiv 1807.03210 (without coordinator: reconstruction)"),
            (name, training, o) ->
                new DynamicAveraging(name, training, o.threshold(name), o.gossip().period())),
        Method.iterative(
            "adaptive-merging",
            FAMILY,
            "trains alone and merges (activation matching) when a neighbourhood moves or forgets",
            new Facts(
                "interval T follows |x - x_merged|_1 / T; merge early where the probe loss has risen",
                "as dimat",
                "1 S per merge",
                "model at the last merge, momentum",
                "arXiv 2509.17348 (among peers: reconstruction)"),
            (name, training, o) ->
                new AdaptiveMerging(
                    name,
                    training.withoutGossip(),
                    o.gossip().momentum(),
                    o.matching(),
                    o.finish(),
                    o.reference(),
                    o.settings().timing())));
  }
}
