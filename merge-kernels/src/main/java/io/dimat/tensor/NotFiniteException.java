package io.dimat.tensor;

/**
 * Values that must be finite are not: NaN or infinity came in, usually from training that diverged.
 */
public final class NotFiniteException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  /** With the rule and the value, in one line. */
  public NotFiniteException(String message) {
    super(message);
  }
}
