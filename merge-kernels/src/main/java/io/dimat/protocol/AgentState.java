package io.dimat.protocol;

import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.Collections;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Everything an agent carries from one phase to the next, for every algorithm: named vectors plus
 * named scalars. Immutable. One versioned codec (StateCodec) therefore serves all programs.
 */
public final class AgentState implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Name of the vector that is the agent's model. */
  public static final String MODEL = "model";

  private final TreeMap<String, ParamVector> vectors;
  private final TreeMap<String, Double> scalars;

  public AgentState(SortedMap<String, ParamVector> vectors, SortedMap<String, Double> scalars) {
    this.vectors = new TreeMap<>(vectors);
    this.scalars = new TreeMap<>(scalars);
  }

  /** A state that holds a model and nothing else. */
  public static AgentState ofModel(ParamVector model) {
    return new AgentState(new TreeMap<>(), new TreeMap<>()).with(MODEL, model);
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
    AgentState copy = new AgentState(vectors, scalars);
    copy.vectors.put(name, vector);
    return copy;
  }

  /** This state with one scalar added or replaced. */
  public AgentState with(String name, double scalar) {
    AgentState copy = new AgentState(vectors, scalars);
    copy.scalars.put(name, scalar);
    return copy;
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
        && scalars.equals(that.scalars);
  }

  @Override
  public int hashCode() {
    return 31 * vectors.hashCode() + scalars.hashCode();
  }

  @Override
  public String toString() {
    return "AgentState[" + vectors.keySet() + ", " + scalars + "]";
  }
}
