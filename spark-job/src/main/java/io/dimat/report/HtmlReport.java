package io.dimat.report;

import io.dimat.metrics.MetricsRow;
import io.dimat.metrics.RunDescription;
import java.io.IOException;
import java.io.InputStream;
import java.io.Writer;
import java.nio.charset.StandardCharsets;
import java.util.List;

/**
 * One run as one HTML file that needs nothing else: style and drawings are inline, there is no
 * script and no address in it. A section whose metrics were not measured is left out.
 */
public final class HtmlReport {
  private static final String STYLE = "report.css";
  private static final List<Section> SECTIONS =
      List.of(
          new HeadlineSection(),
          new AccuracySection(),
          new ConsensusSection(),
          new MatchingSection(),
          new LabelSection(),
          new TopologySection(),
          new TimeSection(),
          new AgentTableSection(),
          new ConfigurationSection());

  private HtmlReport() {}

  /**
   * Writes the report of one run. The same input gives the same bytes.
   *
   * @param rows all rows of the run, in any order
   * @param out characters to be stored as UTF-8; flushed and left open
   */
  public static void write(RunDescription run, List<MetricsRow> rows, Writer out)
      throws IOException {
    RunSeries series = new RunSeries(rows);
    Markup html = new Markup();
    html.add("<!DOCTYPE html>").open("html", "lang", "en").open("head");
    html.add("<meta charset=\"utf-8\"/>");
    html.add("<meta name=\"viewport\" content=\"width=device-width, initial-scale=1\"/>");
    html.add("<meta name=\"color-scheme\" content=\"light dark\"/>");
    html.leaf("title", run.algorithm() + " · " + run.data().name());
    html.open("style").add(style()).close("style").close("head").open("body").open("main");
    SECTIONS.forEach(section -> html.add(section.render(run, series)));
    html.close("main").close("body").close("html").add("");
    out.write(html.toString());
    out.flush();
  }

  private static String style() throws IOException {
    try (InputStream in = HtmlReport.class.getResourceAsStream(STYLE)) {
      if (in == null) {
        throw new IOException("the job's jar must contain " + STYLE + ", it does not");
      }
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }
}
