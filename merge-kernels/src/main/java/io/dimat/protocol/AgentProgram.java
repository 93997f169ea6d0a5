package io.dimat.protocol;

import io.dimat.graph.MixingSchedule;
import io.dimat.network.Network;
import io.dimat.tensor.ParamLayout;
import java.io.Serializable;
import java.util.Optional;
import java.util.Set;

/**
 * An algorithm: what every agent does, as a short list of pure phases. One file each in {@code
 * io.dimat.algorithm}, readable beside its paper.
 *
 * <p>Mail sent by a phase is read by the next phase, across rounds too.
 */
public interface AgentProgram extends Serializable {
  /** Name in configurations and reports. */
  String name();

  /** Round 0: initialisation and pretraining, before any mail. Its state argument is null. */
  Phase start();

  /**
   * The phases of one round.
   *
   * @param round 1, 2, ...; schedules read it
   */
  Plan round(int round);

  /**
   * Bytes that an agent sends to each of its neighbours in a round; 0 if agents never communicate.
   *
   * @param layout of the network's full vector
   */
  long bytesPerNeighbor(ParamLayout layout);

  /**
   * The same, for programs that send statistics of a network's units too.
   *
   * @param network whose models are sent
   */
  default long bytesPerNeighbor(Network network) {
    return bytesPerNeighbor(network.layout());
  }

  /**
   * How many agents one agent sends that to, on average over the matrices of the schedule.
   *
   * @param agent who sends
   */
  default double recipients(int agent, MixingSchedule mixing) {
    return mixing.matrices().stream()
        .mapToDouble(
            matrix -> matrix.column(agent).keySet().stream().filter(to -> to != agent).count())
        .average()
        .orElse(0);
  }

  /**
   * Bytes that an agent sends in a round, at most.
   *
   * @param recipients of the agent, see {@link #recipients}
   * @param agents of the run
   */
  default double bytesSent(int round, Network network, double recipients, int agents) {
    return bytesPerNeighbor(network) * recipients;
  }

  /**
   * Gradients an agent computes on a minibatch for one step of training: what makes budgets
   * comparable.
   *
   * @param neighbors mean number of neighbours of an agent
   */
  default double gradientsPerStep(double neighbors) {
    return 1;
  }

  /** What topology, mixing matrix and network must satisfy; checked once, when a run is planned. */
  Set<Requirement> requires();

  /** Why this program cannot run on a network, in one line; empty if it can. */
  default Optional<String> refusal(Network network) {
    return Optional.empty();
  }

  /** Why this program cannot run on a schedule's topology, in one line; empty if it can. */
  default Optional<String> refusal(MixingSchedule mixing) {
    return Optional.empty();
  }

  /** How this program's agents become one model. */
  ConsensusRule consensus();
}
