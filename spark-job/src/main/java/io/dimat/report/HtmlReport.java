package io.dimat.report;

import io.dimat.metrics.MetricsRow;
import io.dimat.metrics.RunDescription;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * One run as one HTML file that needs nothing else: style and drawings are inline, there is no
 * script and no address in it. A section whose metrics were not measured is left out.
 */
public final class HtmlReport {
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
    HtmlFile.write(
        run.algorithm() + " · " + run.data().name(),
        SECTIONS.stream().map(section -> section.render(run, series)).toList(),
        out);
  }
}
