package io.dimat.protocol;

import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/** Mail of the previous phase, sorted by sender so that floats are always summed in agent order. */
public final class Inbox {
  private final TreeMap<Integer, AgentState> bySender;

  public Inbox(SortedMap<Integer, AgentState> bySender) {
    this.bySender = new TreeMap<>(bySender);
  }

  public static Inbox empty() {
    return new Inbox(new TreeMap<>());
  }

  /** Contents by sender, ascending; unmodifiable. */
  public SortedMap<Integer, AgentState> bySender() {
    return Collections.unmodifiableSortedMap(bySender);
  }
}
