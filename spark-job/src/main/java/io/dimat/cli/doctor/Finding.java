package io.dimat.cli.doctor;

/**
 * What a check found.
 *
 * @param found the value, in a few words
 * @param advice what to do about it; empty if all is well
 */
public record Finding(Status status, String found, String advice) {
  /** How bad it is. */
  public enum Status {
    OK,
    /** A run will work, not as well as it could. */
    WARN,
    /** A run will not work. */
    FAIL
  }

  public static Finding ok(String found) {
    return new Finding(Status.OK, found, "");
  }

  public static Finding warn(String found, String advice) {
    return new Finding(Status.WARN, found, advice);
  }

  public static Finding fail(String found, String advice) {
    return new Finding(Status.FAIL, found, advice);
  }
}
