package io.dimat.job;

import io.dimat.compare.Comparison;
import io.dimat.compare.ComparisonTable;
import io.dimat.report.ComparisonPage;
import io.dimat.store.RunFolder;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;

/** The files of a comparison that people and programs read; each is whole at any time. */
record CompareFiles(RunFolder folder) {
  static final String CSV = "comparison.csv";
  static final String MARKDOWN = "comparison.md";
  static final String JSON = "comparison.json";
  static final String REPORT = "report.html";

  void write(Comparison comparison) {
    ComparisonTable table = new ComparisonTable(comparison);
    StringWriter page = new StringWriter();
    try {
      ComparisonPage.write(comparison, page);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    folder.replaceText(CSV, table.csv());
    folder.replaceText(MARKDOWN, table.markdown());
    folder.replaceText(JSON, table.json());
    folder.replaceText(REPORT, page.toString());
  }
}
