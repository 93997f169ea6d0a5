package io.dimat.report;

import io.dimat.metrics.MetricsRow;
import io.dimat.metrics.RunDescription;
import io.dimat.protocol.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/** The few lines that a run ends with on a terminal. */
public final class TerminalSummary {
  private static final int LONGEST_SENTENCE = 72;

  private TerminalSummary() {}

  /**
   * A table of names and values, one per line; what was not measured is left out.
   *
   * @param rows all rows of the run, in any order
   * @param report where the HTML report is, as the user would open it
   */
  public static String of(RunDescription run, List<MetricsRow> rows, String report) {
    RunSeries series = new RunSeries(rows);
    StringBuilder text = new StringBuilder();
    line(text, "algorithm", run.algorithm());
    line(text, "rounds", series.lastRound() + " of " + run.roundsPlanned());
    if (!series.measuresOnce()) {
      accuracy(text, series, MetricsRow.TRAINED, "after training");
    }
    accuracy(
        text, series, MetricsRow.MERGED, series.measuresOnce() ? "after round" : "after merge");
    last(series.ofRounds(Metric.CONSENSUS_ACCURACY))
        .forEach((round, value) -> line(text, "consensus model", Numbers.percent(value)));
    last(series.cumulativeBytes())
        .forEach((round, value) -> line(text, "sent between agents", Numbers.megabytes(value)));
    if (run.outcome().wallSeconds() > 0) {
      line(text, "time of this session", Numbers.duration(run.outcome().wallSeconds()));
    }
    run.notes().forEach(note -> line(text, "note", note));
    line(text, "report", report);
    return text.toString();
  }

  private static void accuracy(StringBuilder text, RunSeries series, String point, String when) {
    last(series.acrossAgents(Metric.TEST_ACCURACY, point))
        .forEach(
            (round, s) ->
                line(
                    text,
                    "accuracy " + when,
                    "mean "
                        + Numbers.percent(s.mean())
                        + ", worst "
                        + Numbers.percent(s.min())
                        + " (agent "
                        + s.worst()
                        + "), best "
                        + Numbers.percent(s.max())
                        + " (agent "
                        + s.best()
                        + ")"));
  }

  private static <T> SortedMap<Integer, T> last(SortedMap<Integer, T> series) {
    return series.isEmpty()
        ? series
        : new TreeMap<>(Map.of(series.lastKey(), series.get(series.lastKey())));
  }

  /** A name and its value, as one line. */
  static void line(StringBuilder text, String name, String value) {
    text.append(String.format(Locale.ROOT, "%-24s  %s%n", name, value));
  }

  /** A name and values, each on a line of its own. */
  static void lines(StringBuilder text, String name, List<String> values) {
    for (int k = 0; k < values.size(); k++) {
      line(text, k == 0 ? name : "", values.get(k));
    }
  }

  /**
   * A name and a sentence, broken between words where a line would be too long to read.
   *
   * @param indent before the sentence and what follows of it
   */
  static void sentence(StringBuilder text, String name, String indent, String sentence) {
    String rest = sentence;
    List<String> lines = new ArrayList<>();
    while (rest.length() > LONGEST_SENTENCE && rest.lastIndexOf(' ', LONGEST_SENTENCE) > 0) {
      int end = rest.lastIndexOf(' ', LONGEST_SENTENCE);
      lines.add(indent + rest.substring(0, end));
      rest = rest.substring(end + 1);
    }
    lines.add(indent + rest);
    lines(text, name, lines);
  }
}
