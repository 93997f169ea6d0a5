package io.dimat.algorithm.compressed;

import io.dimat.compress.Compressor;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Payload;
import io.dimat.protocol.Purpose;
import io.dimat.protocol.Requirement;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/** One gossip exchange in which agents send compressed vectors, and what it remembers. */
public sealed interface CompressedMix extends Serializable permits Choco, DeepSqueeze {
  /** Name of the payload in the mail. */
  String COMPRESSED = "compressed";

  Compressor compressor();

  /** What the exchange needs of the mixing matrix. */
  Set<Requirement> requires();

  /**
   * What an agent sends.
   *
   * @param state with the exchange's memory moved on
   * @param payload for all neighbours alike
   */
  record Told(AgentState state, Payload payload) {}

  /**
   * What an agent has after the exchange.
   *
   * @param state without what only the exchange needed
   * @param x the mixed vector
   */
  record Heard(AgentState state, ParamVector x) {}

  /** Compresses an agent's vector for its neighbours. */
  Told tell(AgentState state, ParamVector vector, LocalContext context);

  /**
   * Takes in what the neighbours sent.
   *
   * @param state as {@link #tell} left it
   */
  Heard hear(AgentState state, Inbox inbox, LocalContext context);

  /** The seed of an agent's random choices in an iteration. */
  default long seed(LocalContext context) {
    return context.seeds().of(context.agent(), context.iteration(), Purpose.COMPRESS);
  }

  /** What every neighbour's payload says, decoded as a vector like this one. */
  default SortedMap<Integer, ParamVector> decoded(Inbox inbox, ParamVector like) {
    TreeMap<Integer, ParamVector> decoded = new TreeMap<>();
    inbox
        .bySender()
        .forEach(
            (sender, mail) ->
                decoded.put(sender, compressor().decode(mail.payload(COMPRESSED), like.layout())));
    return decoded;
  }
}
