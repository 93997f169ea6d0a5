package io.dimat.report;

import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** A page in one file that needs nothing else: the style is inline, there is no script. */
final class HtmlFile {
  private static final String STYLE = "report.css";

  private HtmlFile() {}

  /**
   * Writes a page.
   *
   * @param parts markup of its sections; empty ones leave nothing behind
   * @param out characters to be stored as UTF-8; flushed and left open
   */
  static void write(String title, List<String> parts, Writer out) throws IOException {
    Markup html = new Markup();
    html.add("<!DOCTYPE html>").open("html", "lang", "en").open("head");
    html.add("<meta charset=\"utf-8\"/>");
    html.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
    html.add("<meta name=\"color-scheme\" content=\"light dark\"/>");
    html.leaf("title", title);
    html.open("style").add(style()).close("style").close("head").open("body").open("main");
    parts.forEach(html::add);
    html.close("main").close("body").close("html").add("");
    out.write(html.toString());
    out.flush();
  }

  private static String style() throws IOException {
    try (InputStream in = HtmlFile.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new IOException("the job's jar must contain " + STYLE + ", it does not");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
