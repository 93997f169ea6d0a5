package io.dimat.protocol;

import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.Collections;
import java.util.Objects;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything an agent carries from one phase to the next, for every algorithm: named vectors, named
 * scalars and named payloads. Immutable. One versioned codec (StateCodec) therefore serves all
 * programs, and mail of its own making has the same form.
 */
public final class AgentState implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Name of the vector that is the agent's model. */
  public static final String MODEL = "model";

  private final TreeMap<String, ParamVector> vectors;
  private final TreeMap<String, Double> scalars;
  private final TreeMap<String, Payload> payloads;

  public AgentState(
      SortedMap<String, ParamVector> vectors,
      SortedMap<String, Double> scalars,
      SortedMap<String, Payload> payloads) {
    this.vectors = new TreeMap<>(vectors);
    this.scalars = new TreeMap<>(scalars);
    this.payloads = new TreeMap<>(payloads);
  }

  /** A state that holds nothing. */
  public static AgentState empty() {
    return new AgentState(new TreeMap<>(), new TreeMap<>(), new TreeMap<>());
  }

  /** A state that holds a model and nothing else. */
  public static AgentState ofModel(ParamVector model) {
    return empty().with(MODEL, model);
  }

  public ParamVector model() {
    return vector(MODEL);
  }

  /**
   * The vector of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public ParamVector vector(String name) {
    ParamVector vector = vectors.get(name);
    if (vector == null) {
      throw new IllegalArgumentException(
          "the state has no vector " + name + ", it has " + vectors.keySet());
    }
    return vector;
  }

  /** The scalar of that name, or {@code otherwise} if there is none. */
  public double scalar(String name, double otherwise) {
    return scalars.getOrDefault(name, otherwise);
  }

  /** This state with one vector added or replaced. */
  public AgentState with(String name, ParamVector vector) {
    AgentState copy = new AgentState(vectors, scalars, payloads);
    copy.vectors.put(name, vector);
    return copy;
  }

  /** This state with one scalar added or replaced. */
  public AgentState with(String name, double scalar) {
    AgentState copy = new AgentState(vectors, scalars, payloads);
    copy.scalars.put(name, scalar);
    return copy;
  }

  /** This state with one payload added or replaced. */
  public AgentState with(String name, Payload payload) {
    AgentState copy = new AgentState(vectors, scalars, payloads);
    copy.payloads.put(name, payload);
    return copy;
  }

  /** This state without the vector, scalar and payload of that name, if it has any. */
  public AgentState without(String name) {
    AgentState copy = new AgentState(vectors, scalars, payloads);
    copy.vectors.remove(name);
    copy.scalars.remove(name);
    copy.payloads.remove(name);
    return copy;
  }

  /** True if there is a vector of that name. */
  public boolean has(String vector) {
    return vectors.containsKey(vector);
  }

  /**
   * The payload of that name.
   *
   * @throws IllegalArgumentException if there is none
   */
  public Payload payload(String name) {
    Payload payload = payloads.get(name);
    if (payload == null) {
      throw new IllegalArgumentException(
          "the state has no payload " + name + ", it has " + payloads.keySet());
    }
    return payload;
  }

  /** What it takes to send all of this: values at their precision, payloads as they are. */
  public long bytes() {
    long bytes = (long) scalars.size() * Double.BYTES;
    for (ParamVector vector : vectors.values()) {
      bytes += (long) vector.size() * vector.layout().precision().bytes();
    }
    for (Payload payload : payloads.values()) {
      bytes += payload.length();
    }
    return bytes;
  }

  /** All payloads by name; unmodifiable. */
  public SortedMap<String, Payload> payloads() {
    return Collections.unmodifiableSortedMap(payloads);
  }

  /** All vectors by name; unmodifiable. */
  public SortedMap<String, ParamVector> vectors() {
    return Collections.unmodifiableSortedMap(vectors);
  }

  /** All scalars by name; unmodifiable. */
  public SortedMap<String, Double> scalars() {
    return Collections.unmodifiableSortedMap(scalars);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof AgentState that
        && vectors.equals(that.vectors)
        && scalars.equals(that.scalars)
        && payloads.equals(that.payloads);
  }

  @Override
  public int hashCode() {
    return Objects.hash(vectors, scalars, payloads);
  }

  @Override
  public String toString() {
    return "AgentState[" + vectors.keySet() + ", " + scalars + ", " + payloads + "]";
  }
}
