package io.dimat.interchange;

import java.util.regex.Pattern;

/** Text of a file as it may stand in a message: bounded, on one line, without control codes. */
public final class OneLine {
  private static final int LONGEST = 120;
  private static final Pattern UNPRINTABLE = Pattern.compile("[\\p{C}\\p{Zl}\\p{Zp}]");

  private OneLine() {}

  /**
   * At most 120 characters of the text and three dots; what cannot be printed becomes {@code ?}.
   */
  public static String of(String text) {
    String head = text.length() <= LONGEST ? text : text.substring(0, LONGEST) + "...";
    return UNPRINTABLE.matcher(head).replaceAll("?");
  }
}
