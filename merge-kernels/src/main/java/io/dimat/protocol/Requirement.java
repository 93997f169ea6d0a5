package io.dimat.protocol;

import io.dimat.align.PermutationSpec;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.MixingSchedule;
import io.dimat.graph.SpectralGap;
import io.dimat.graph.Stochasticity;
import io.dimat.network.Network;
import java.util.Optional;
import java.util.function.Function;

/** A rule that a program's correctness rests on. Checked once, when a run is planned. */
public enum Requirement {
  /** Every agent's merged model is a weighted mean: the mixing rows sum to 1. */
  ROW_STOCHASTIC_MIXING {
    @Override
    public Optional<String> violation(MixingSchedule mixing, Network network) {
      return firstOf(
          mixing,
          matrix ->
              matrix.stochasticity() == Stochasticity.COLUMN
                  ? Optional.of(
                      "merging needs mixing rows that sum to 1, got a column-stochastic matrix:"
                          + " use mixing.name = metropolis-hastings")
                  : Optional.empty());
    }
  },
  /** Mixing keeps the agents' mean: rows and columns sum to 1. */
  DOUBLY_STOCHASTIC_MIXING {
    @Override
    public Optional<String> violation(MixingSchedule mixing, Network network) {
      return firstOf(
          mixing,
          matrix ->
              matrix.stochasticity() == Stochasticity.DOUBLY
                  ? Optional.empty()
                  : Optional.of(
                      "the algorithm needs mixing rows and columns that sum to 1, got %s: use mixing.name = metropolis-hastings, or algorithm = sgp"
                          .formatted(matrix)));
    }
  },
  /** What an agent hands out sums to 1: push-sum keeps the total. */
  COLUMN_STOCHASTIC_MIXING {
    @Override
    public Optional<String> violation(MixingSchedule mixing, Network network) {
      return firstOf(
          mixing,
          matrix ->
              matrix.stochasticity() == Stochasticity.ROW
                  ? Optional.of(
                      "push-sum needs mixing columns that sum to 1, got %s: use mixing.name = uniform-out or metropolis-hastings"
                          .formatted(matrix))
                  : Optional.empty());
    }
  },
  /** Both ends of an edge weigh each other alike. */
  SYMMETRIC_MIXING {
    @Override
    public Optional<String> violation(MixingSchedule mixing, Network network) {
      return firstOf(
          mixing,
          matrix ->
              matrix.isSymmetric()
                  ? Optional.empty()
                  : Optional.of(
                      "the algorithm needs a symmetric mixing matrix, got %s that is not: use mixing.name = metropolis-hastings on an undirected topology"
                          .formatted(matrix)));
    }
  },
  /** One matrix for all iterations. */
  CONSTANT_MIXING {
    @Override
    public Optional<String> violation(MixingSchedule mixing, Network network) {
      return mixing.isConstant()
          ? Optional.empty()
          : Optional.of(
              "the algorithm needs a mixing matrix that stays the same, got one that changes on %s: use topology.name = ring, torus or exponential"
                  .formatted(mixing.topology()));
    }
  },
  /** D2 and exact diffusion diverge where an eigenvalue of W is -1/3 or less. */
  EIGENVALUES_ABOVE_MINUS_ONE_THIRD {
    @Override
    public Optional<String> violation(MixingSchedule mixing, Network network) {
      return firstOf(
          mixing,
          matrix -> {
            double least = SpectralGap.of(matrix).lambdaMin();
            return least > -1.0 / 3 + MARGIN
                ? Optional.empty()
                : Optional.of(
                    "D2 needs all eigenvalues of W above -1/3, got %.4f on %s: use mixing.name = lazy"
                        .formatted(least, matrix.topology()));
          });
    }
  },
  /** Models travel both ways or not at all, and every agent keeps a part of its own. */
  MUTUAL_MIXING {
    @Override
    public Optional<String> violation(MixingSchedule mixing, Network network) {
      return firstOf(mixing, Requirement::notMutual);
    }
  },
  /** In every iteration an agent averages with one other, half and half, or with none. */
  PAIRWISE_MIXING {
    @Override
    public Optional<String> violation(MixingSchedule mixing, Network network) {
      return firstOf(mixing, Requirement::notPairwise);
    }
  },
  /** Activation matching needs hidden units that may be permuted. */
  PERMUTABLE_NETWORK {
    @Override
    public Optional<String> violation(MixingSchedule mixing, Network network) {
      return PermutationSpec.of(network).groups().isEmpty()
          ? Optional.of(
              "activation matching needs a hidden layer to permute, network "
                  + network.name()
                  + " has none: use algorithm = wa or another network")
          : Optional.empty();
    }
  },
  /** Everybody's merge has agent 0's model at hand: each other agent takes a part of it. */
  AGENT_0_ADJACENT {
    @Override
    public Optional<String> violation(MixingSchedule mixing, Network network) {
      return firstOf(mixing, Requirement::notBesideAgent0);
    }
  };

  /** Eigenvalues this near to a bound are taken to be on it. */
  private static final double MARGIN = 1e-9;

  /** The broken rule, the value and the fix in one line; empty if the rule holds. */
  public abstract Optional<String> violation(MixingSchedule mixing, Network network);

  private static Optional<String> firstOf(
      MixingSchedule mixing, Function<MixingMatrix, Optional<String>> rule) {
    return mixing.matrices().stream().map(rule).flatMap(Optional::stream).findFirst();
  }

  private static Optional<String> notMutual(MixingMatrix mixing) {
    for (int i = 0; i < mixing.agents(); i++) {
      if (mixing.weight(i, i) == 0) {
        return Optional.of(
            "an agent keeps a part of its own model, got w[%d][%d] = 0: give it a weight"
                .formatted(i, i));
      }
      for (int j : mixing.topology().neighbors(i)) {
        if (mixing.weight(i, j) > 0 && mixing.weight(j, i) == 0) {
          return Optional.of(
              "neighbours exchange models both ways, got w[%d][%d] = %s and w[%d][%d] = 0: give both a weight or neither"
                  .formatted(i, j, mixing.weight(i, j), j, i));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> notPairwise(MixingMatrix mixing) {
    for (int i = 0; i < mixing.agents(); i++) {
      for (int j : mixing.row(i).keySet()) {
        boolean half = mixing.weight(i, j) == 0.5 && mixing.weight(j, i) == 0.5;
        boolean alone = i == j && mixing.weight(i, i) == 1;
        if (!half && !alone) {
          return Optional.of(
              "SwarmSGD needs agents that meet in pairs, half and half, got w[%d][%d] = %s on %s: use mixing.name = random-matching"
                  .formatted(i, j, mixing.weight(i, j), mixing.topology()));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<String> notBesideAgent0(MixingMatrix mixing) {
    for (int i = 1; i < mixing.agents(); i++) {
      if (mixing.weight(i, 0) == 0) {
        return Optional.of(
            "merge.reference = agent-0 needs every agent to be a neighbour of agent 0, got w[%d][0] = 0 on %s: use merge.reference = self, or topology.name = star or fully-connected"
                .formatted(i, mixing.topology()));
      }
    }
    return Optional.empty();
  }
}
