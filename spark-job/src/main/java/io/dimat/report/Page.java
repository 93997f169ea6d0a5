package io.dimat.report;

/** The frame of a section and of a figure inside it. */
final class Page {
  /** Width of a drawing that has the page for itself. */
  static final int WIDE = 860;

  /** Width of one of two drawings side by side. */
  static final int HALF = 420;

  /** Height of a chart. */
  static final int HEIGHT = 290;

  private Page() {}

  /** A section with a heading and its figures. */
  static String section(String heading, String... content) {
    Markup html = new Markup();
    html.open("section").leaf("h2", heading);
    for (String part : content) {
      html.add(part);
    }
    return html.close("section").toString();
  }

  /** Figures beside each other where the window is wide enough; any may be empty. */
  static String pair(String... figures) {
    return "<div class=\"pair\">" + String.join("", figures) + "</div>";
  }

  /** A drawing with its title and one sentence that says how to read it. */
  static String figure(String title, String drawing, String howToRead) {
    Markup html = new Markup();
    html.open("figure").leaf("h3", title).add(drawing);
    return html.leaf("figcaption", howToRead).close("figure").toString();
  }
}
