package io.dimat.algorithm;

import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.protocol.AgentProgram;
import java.util.Optional;

/**
 * An entry of the registry.
 *
 * @param name in configurations and reports
 * @param family heading it stands under in documentation
 * @param description one line without full stop
 * @param facts what a reader compares methods by
 * @param operator merge operator by its name in {@code Operators}, of methods that merge once a
 *     round
 * @param span whether it must know how long the run is
 */
public record Method(
    String name,
    String family,
    String description,
    Facts facts,
    Optional<String> operator,
    Span span,
    Maker maker) {
  /** What a method must know of the length of its run. */
  public enum Span {
    /** Nothing: the run can be extended. */
    OPEN,
    /** Its iterations, {@link MethodSettings.Schedule#iterations}. */
    KNOWN
  }

  /**
   * The row of documentation.
   *
   * @param equation one line
   * @param needs what topology, mixing matrix or network must satisfy
   * @param traffic per neighbour and iteration; S is one model
   * @param state vectors that an agent keeps besides its model
   * @param source paper; "reconstruction" where ours is one
   */
  public record Facts(String equation, String needs, String traffic, String state, String source) {}

  /** Makes the program of a configuration. */
  @FunctionalInterface
  public interface Maker {
    AgentProgram make(String name, MethodOptions options);
  }

  /** A method that exchanges at iterations. */
  static Method iterative(
      String name, String family, String description, Facts facts, IterativeMaker maker) {
    return new Method(
        name,
        family,
        description,
        facts,
        Optional.empty(),
        Span.OPEN,
        (called, options) -> maker.make(called, options.iterations(called), options));
  }

  /** The same method, which must know the length of its run. */
  Method knowingItsEnd() {
    return new Method(name, family, description, facts, operator, Span.KNOWN, maker);
  }

  /** Makes a program from the training that all such methods share. */
  @FunctionalInterface
  interface IterativeMaker {
    AgentProgram make(String name, IterativeTraining training, MethodOptions options);
  }
}
