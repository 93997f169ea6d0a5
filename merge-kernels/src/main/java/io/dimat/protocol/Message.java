package io.dimat.protocol;

import java.io.Serializable;
import java.util.List;
import java.util.TreeMap;

/** What one agent sends to another at the end of a phase, read at the beginning of the next one. */
public sealed interface Message extends Serializable {
  /**
   * What the recipient sees.
   *
   * @param sender the sender's state as the sending phase left it
   */
  AgentState contents(AgentState sender);

  /** Bytes of the payload to one recipient: four per value. */
  default long bytes(AgentState sender) {
    return contents(sender).vectors().values().stream()
        .mapToLong(vector -> (long) vector.size() * Float.BYTES)
        .sum();
  }

  <R> R accept(Reader<R> reader);

  /** One method per kind of message; the compiler tells every engine when a kind is added. */
  interface Reader<R> {
    R committed(Committed message);
  }

  /**
   * Some vectors of the state that the sending phase commits. An engine that writes committed
   * states to storage sends a reference to the file; the recipient reads it there.
   */
  record Committed(List<String> vectors) implements Message {
    public Committed {
      vectors = List.copyOf(vectors);
    }

    @Override
    public <R> R accept(Reader<R> reader) {
      return reader.committed(this);
    }

    @Override
    public AgentState contents(AgentState sender) {
      AgentState seen = new AgentState(new TreeMap<>(), new TreeMap<>());
      for (String vector : vectors) {
        seen = seen.with(vector, sender.vector(vector));
      }
      return seen;
    }
  }
}
