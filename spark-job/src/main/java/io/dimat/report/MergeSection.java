package io.dimat.report;

import io.dimat.merge.report.MergeReport;

/** A part of the page about a merge. */
@FunctionalInterface
interface MergeSection {
  /** The section's HTML; empty text if the merge has not measured what it shows. */
  String render(MergeReport merge);
}
