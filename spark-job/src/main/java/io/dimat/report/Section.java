package io.dimat.report;

import io.dimat.metrics.RunDescription;

/** A part of the report. */
@FunctionalInterface
interface Section {
  /** The section's HTML; empty text if the run has not measured what it shows. */
  String render(RunDescription run, RunSeries series);
}
