package io.dimat.store;

import io.dimat.protocol.AgentMetrics;
import java.io.Serializable;
import java.util.List;
import java.util.stream.Stream;

/**
 * The commit of one phase: which files won, and everything measured. A phase has happened if and
 * only if its manifest is valid.
 *
 * @param format version of this record
 * @param fingerprint of the run: configuration, topology, shards, format
 * @param point what its evaluations say about the round, see {@link
 *     io.dimat.protocol.EvaluationPoint}; lower case
 * @param backend what the numbers depend on besides the fingerprint
 * @param agents ascending; the consensus model's phase has one entry, {@link ConsensusPhase#AGENT}
 */
public record PhaseManifest(
    int format,
    String fingerprint,
    int round,
    String phase,
    String point,
    String backend,
    List<Entry> agents) {
  public static final int FORMAT = 2;

  public PhaseManifest {
    agents = List.copyOf(agents);
  }

  /**
   * One agent's part.
   *
   * @param state the winning attempt's file
   * @param mail what the agent sent, read by the next phase
   */
  public record Entry(int agent, StateRef state, AgentMetrics metrics, List<Mail> mail)
      implements Serializable {
    public Entry {
      mail = List.copyOf(mail);
    }

    /** All files of this part: the state and messages of their own, each once. */
    public List<StateRef> files() {
      return Stream.concat(
              Stream.of(state),
              mail.stream().filter(sent -> sent.vectors().isEmpty()).map(Mail::file))
          .distinct()
          .toList();
    }
  }

  /**
   * A reference to a message.
   *
   * @param file the sender's state, or a file that holds this message
   * @param vectors what the recipient sees of a state; empty for a file of its own, seen whole
   */
  public record Mail(int to, StateRef file, List<String> vectors) implements Serializable {
    public Mail {
      vectors = List.copyOf(vectors);
    }
  }
}
