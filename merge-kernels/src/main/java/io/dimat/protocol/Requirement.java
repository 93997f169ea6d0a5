package io.dimat.protocol;

import io.dimat.align.PermutationSpec;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Stochasticity;
import io.dimat.graph.Topology;
import io.dimat.network.Network;
import java.util.Optional;

/** A rule that a program's correctness rests on. Checked once, when a run is planned. */
public enum Requirement {
  /** Every agent's merged model is a weighted mean: the mixing rows sum to 1. */
  ROW_STOCHASTIC_MIXING {
    @Override
    public Optional<String> violation(Topology topology, MixingMatrix mixing, Network network) {
      return mixing.stochasticity() == Stochasticity.COLUMN
          ? Optional.of(
              "merging needs mixing rows that sum to 1, got a column-stochastic matrix:"
                  + " use mixing.name = metropolis-hastings")
          : Optional.empty();
    }
  },
  /** Models travel both ways or not at all, and every agent keeps a part of its own. */
  MUTUAL_MIXING {
    @Override
    public Optional<String> violation(Topology topology, MixingMatrix mixing, Network network) {
      for (int i = 0; i < mixing.agents(); i++) {
        if (mixing.weight(i, i) == 0) {
          return Optional.of(
              "an agent keeps a part of its own model, got w[%d][%d] = 0: give it a weight"
                  .formatted(i, i));
        }
        for (int j : topology.neighbors(i)) {
          if (mixing.weight(i, j) > 0 && mixing.weight(j, i) == 0) {
            return Optional.of(
                "neighbours exchange models both ways, got w[%d][%d] = %s and w[%d][%d] = 0: give both a weight or neither"
                    .formatted(i, j, mixing.weight(i, j), j, i));
          }
        }
      }
      return Optional.empty();
    }
  },
  /** Activation matching needs hidden units that may be permuted. */
  PERMUTABLE_NETWORK {
    @Override
    public Optional<String> violation(Topology topology, MixingMatrix mixing, Network network) {
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
    public Optional<String> violation(Topology topology, MixingMatrix mixing, Network network) {
      for (int i = 1; i < mixing.agents(); i++) {
        if (mixing.weight(i, 0) == 0) {
          return Optional.of(
              "merge.reference = agent-0 needs every agent to be a neighbour of agent 0, got w[%d][0] = 0 on %s: use merge.reference = self, or topology.name = star or fully-connected"
                  .formatted(i, topology));
        }
      }
      return Optional.empty();
    }
  };

  /** The broken rule, the value and the fix in one line; empty if the rule holds. */
  public abstract Optional<String> violation(
      Topology topology, MixingMatrix mixing, Network network);
}
