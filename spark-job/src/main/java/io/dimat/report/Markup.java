package io.dimat.report;

import java.util.Locale;

/** Builds HTML and SVG text; every text and attribute value is escaped here and nowhere else. */
final class Markup {
  private final StringBuilder text = new StringBuilder();

  /** Opens an element; {@code attributes} alternate name and value. */
  Markup open(String tag, String... attributes) {
    text.append('<').append(tag);
    for (int i = 0; i + 1 < attributes.length; i += 2) {
      text.append(' ').append(attributes[i]).append("=\"");
      text.append(escape(attributes[i + 1])).append('"');
    }
    text.append('>');
    return this;
  }

  Markup close(String tag) {
    text.append("</").append(tag).append(">");
    return this;
  }

  /** An element that holds only text. */
  Markup leaf(String tag, String content, String... attributes) {
    return open(tag, attributes).write(content).close(tag);
  }

  /** Escaped text. */
  Markup write(String content) {
    text.append(escape(content));
    return this;
  }

  /** Text that is markup already. */
  Markup add(String markup) {
    text.append(markup).append('\n');
    return this;
  }

  @Override
  public String toString() {
    return text.toString();
  }

  /**
   * The characters that have a meaning in markup as references; control characters, which HTML does
   * not allow, as U+FFFD.
   */
  static String escape(String content) {
    StringBuilder safe = new StringBuilder(content.length() + 16);
    for (int i = 0; i < content.length(); i++) {
      char c = content.charAt(i);
      switch (c) {
        case '&' -> safe.append("&amp;");
        case '<' -> safe.append("&lt;");
        case '>' -> safe.append("&gt;");
        case '"' -> safe.append("&quot;");
        case '\'' -> safe.append("&#39;");
        case '\n', '\t' -> safe.append(c);
        default -> safe.append(Character.isISOControl(c) ? '\uFFFD' : c);
      }
    }
    return safe.toString();
  }

  /** A coordinate with one decimal: enough on screen, and half the bytes. */
  static String at(double coordinate) {
    return String.format(Locale.ROOT, "%.1f", coordinate);
  }
}
