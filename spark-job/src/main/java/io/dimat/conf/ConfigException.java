package io.dimat.conf;

import java.util.List;

/** A configuration that cannot be run; carries every problem found, one line each. */
public final class ConfigException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  @SuppressWarnings("serial") // made by List.copyOf, which is serializable
  private final List<String> problems;

  /**
   * @param problems one line each, at least one
   */
  public ConfigException(List<String> problems) {
    super(String.join(System.lineSeparator(), problems));
    this.problems = List.copyOf(problems);
  }

  public List<String> problems() {
    return problems;
  }
}
