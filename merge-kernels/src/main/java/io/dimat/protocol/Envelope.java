package io.dimat.protocol;

import java.io.Serializable;
import java.util.List;
import java.util.SortedSet;

/**
 * A message with its recipient.
 *
 * @param to index of the receiving agent
 */
public record Envelope(int to, Message message) implements Serializable {
  /** The same message to every recipient, in ascending order. */
  public static List<Envelope> toAll(SortedSet<Integer> recipients, Message message) {
    return recipients.stream().map(to -> new Envelope(to, message)).toList();
  }
}
