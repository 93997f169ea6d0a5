package io.dimat.report;

import io.dimat.merge.report.MergeReport;
import java.io.IOException;
import java.io.Writer;
import java.util.List;

/**
 * One merge as one HTML file that needs nothing else, in the look of {@link HtmlReport}. What was
 * not measured is left out.
 */
public final class MergePage {
  private static final List<MergeSection> SECTIONS =
      List.of(
          new MergeHeadline(),
          new MergeModelsSection(),
          new MergeGroupsSection(),
          new MergeLinesSection(),
          new MergeSettingsSection());

  private MergePage() {}

  /**
   * Writes the report of one merge. The same input gives the same bytes.
   *
   * @param out characters to be stored as UTF-8; flushed and left open
   */
  public static void write(MergeReport merge, Writer out) throws IOException {
    MergeFigures figures = new MergeFigures(merge);
    HtmlFile.write(
        figures.isRefused() ? "REFUSED: " + figures.title() : figures.title(),
        SECTIONS.stream().map(section -> section.render(merge)).toList(),
        out);
  }
}
