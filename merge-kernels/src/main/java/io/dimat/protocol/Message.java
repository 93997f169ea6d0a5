package io.dimat.protocol;

import java.io.Serializable;
import java.util.List;

/** What one agent sends to another at the end of a phase, read at the beginning of the next one. */
public sealed interface Message extends Serializable {
  /**
   * What the recipient sees.
   *
   * @param sender the sender's state as the sending phase left it
   */
  AgentState contents(AgentState sender);

  <R> R accept(Reader<R> reader);

  /** One method per kind of message; the compiler tells every engine when a kind is added. */
  interface Reader<R> {
    R committed(Committed message);

    R carried(Carried message);
  }

  /**
   * Some vectors of the state that the sending phase leaves. An engine that writes states to
   * storage sends a reference to the file; the recipient reads it there.
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
      AgentState seen = AgentState.empty();
      for (String vector : vectors) {
        seen = seen.with(vector, sender.vector(vector));
      }
      return seen;
    }
  }

  /**
   * Contents of their own, which are no part of the sender's state: they may differ for every
   * recipient. One object sent to several recipients is stored once.
   */
  record Carried(AgentState contents) implements Message {
    @Override
    public <R> R accept(Reader<R> reader) {
      return reader.carried(this);
    }

    @Override
    public AgentState contents(AgentState sender) {
      return contents;
    }
  }
}
