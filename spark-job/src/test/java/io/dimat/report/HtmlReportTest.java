package io.dimat.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.metrics.MetricsRow;
import io.dimat.metrics.RunDescription;
import io.dimat.protocol.Metric;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class HtmlReportTest {
  private static final String[] SECTIONS = {
    "Accuracy over rounds",
    "Accuracy against traffic",
    "Consensus distance",
    "Consensus accuracy",
    "Correlation of matched units",
    "Units matched to themselves",
    "Correlation of matched units by permutation group and round",
    "Units matched to themselves by permutation group and round",
    "Training images by agent and class",
    "Class accuracy after training (%)",
    "Class accuracy after the merge (%)",
    "Who talks to whom: ring",
    "Time per phase",
    "Agents in the end",
    "Show the resolved configuration"
  };

  @Test
  void write_fullRun_hasEverySectionAndNeedsNoNetwork() throws Exception {
    String html = html(SampleRun.ring(5, 8), SampleRun.dimat(5, 8));

    assertThat(html).contains(SECTIONS);
    assertThat(html).doesNotContain("<script", "http://", "https://", "NaN", "Infinity");
    assertThat(parse(html).getElementsByTagName("figcaption").getLength())
        .isEqualTo(parse(html).getElementsByTagName("figure").getLength())
        .isGreaterThan(8);
  }

  @Test
  void write_everySize_isWellFormed() throws Exception {
    for (int[] size : new int[][] {{1, 0}, {1, 1}, {2, 1}, {3, 50}, {40, 3}}) {
      String html = html(SampleRun.ring(size[0], size[1]), SampleRun.dimat(size[0], size[1]));
      parse(html);
      assertThat(html).doesNotContain("NaN", "Infinity");
    }
    parse(html(SampleRun.fullyConnected(40, 2), SampleRun.dimat(40, 2)));
    parse(html(SampleRun.star(6, 2), SampleRun.dimat(6, 2)));
  }

  @Test
  void write_withoutMerge_speaksOfTrainingAndLeavesMatchingOut() throws Exception {
    RunDescription run = SampleRun.describe("none", "none", 5, 8, List.of());

    String html = html(run, SampleRun.isolated(5, 8));

    parse(html);
    assertThat(html).contains("test accuracy after training", "Time per phase");
    assertThat(html)
        .doesNotContain(
            "Matching quality", "Consensus distance", "Accuracy against traffic", "Topology</h2>");
  }

  @Test
  void write_groupsOfManyRounds_areInTheOrderOfTheNetworkAndThinnedOut() throws Exception {
    List<MetricsRow> rows = new ArrayList<>();
    for (int round = 1; round <= 1000; round++) {
      for (String group : List.of("stem", "layer2", "layer10")) {
        rows.add(MetricsRow.group("dimat", round, 0, group, Map.of(Metric.MATCH_CORRELATION, 0.5)));
      }
    }

    String html = html(SampleRun.ring(5, 1000), rows);

    parse(html);
    assertThat(html).containsSubsequence(">stem</text>", ">layer2</text>", ">layer10</text>");
    assertThat(html.split("<rect class=\"cell thin", -1)).hasSize(3 * 200 + 1);
    assertThat(html).doesNotContain("Units matched to themselves by");
  }

  @Test
  void write_nothingMeasured_isStillAPage() throws Exception {
    String html = html(SampleRun.ring(5, 8), List.of());

    parse(html);
    assertThat(html).contains("round 0 of 8").doesNotContain("Accuracy over rounds");
  }

  @Test
  void write_metricsNotFinite_areLeftOut() throws Exception {
    List<MetricsRow> rows = new ArrayList<>(SampleRun.dimat(3, 2));
    rows.add(
        MetricsRow.agent(
            "dimat", 3, 0, MetricsRow.TRAINED, Map.of(Metric.TEST_ACCURACY, Double.NaN)));
    rows.add(MetricsRow.round("dimat", 3, Map.of(Metric.CONSENSUS_DISTANCE, Double.NaN)));

    String html = html(SampleRun.ring(3, 3), rows);

    parse(html);
    assertThat(html).doesNotContain("NaN");
  }

  @Test
  void write_hostileText_isEscapedEverywhere() throws Exception {
    String hostile = "<script>alert('1')</script>&\"\u0001";
    RunDescription run =
        new RunDescription(
            hostile,
            new RunDescription.Data(hostile, List.of(hostile, hostile), List.of(List.of(3L, 4L))),
            new RunDescription.Network(hostile, 3),
            new RunDescription.Topology(
                hostile, 2, List.of(new RunDescription.Edge(0, 1)), List.of(), 0),
            1,
            hostile,
            1,
            hostile,
            hostile,
            List.of(hostile),
            hostile,
            new RunDescription.Outcome(hostile, 1));
    List<MetricsRow> rows =
        List.of(MetricsRow.group(hostile, 1, 0, hostile, Map.of(Metric.MATCH_CORRELATION, 0.5)));

    String html = html(run, rows);

    assertThat(html).doesNotContain("<script", "\u0001");
    assertThat(parse(html).getElementsByTagName("script").getLength()).isZero();
  }

  @Test
  void write_otherLocale_sameBytes() throws IOException {
    List<MetricsRow> rows = SampleRun.dimat(4, 3);
    String expected = html(SampleRun.ring(4, 3), rows);
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(html(SampleRun.ring(4, 3), rows)).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void summary_roundRowsWithBytesToo_agentsAreCountedOnce() {
    Map<String, Double> bytes = Map.of(Metric.BYTES_SENT, 3e6);
    List<MetricsRow> rows =
        List.of(
            MetricsRow.agent("dimat", 1, 0, MetricsRow.TRAINED, bytes),
            MetricsRow.agent("dimat", 1, 0, MetricsRow.MERGED, bytes),
            MetricsRow.agent("dimat", 1, 1, MetricsRow.MERGED, bytes),
            MetricsRow.round("dimat", 1, Map.of(Metric.BYTES_SENT, 0.0)));

    assertThat(TerminalSummary.of(SampleRun.ring(2, 1), rows, "report.html")).contains("6.00 MB");
  }

  @Test
  void summary_fullRun_isAShortTable() {
    String text =
        TerminalSummary.of(
            SampleRun.ring(5, 8), SampleRun.dimat(5, 8), "runs/quickstart/report.html");

    assertThat(text.lines().toList())
        .hasSize(8)
        .anyMatch(line -> line.matches("rounds +8 of 8"))
        .anyMatch(line -> line.matches("accuracy after merge +mean .* %, worst .* \\(agent .*"))
        .anyMatch(line -> line.matches("consensus model +84\\.4 %"))
        .anyMatch(line -> line.matches("sent between agents +16\\.7 MB"))
        .anyMatch(line -> line.endsWith("runs/quickstart/report.html"));
  }

  private static String html(RunDescription run, List<MetricsRow> rows) throws IOException {
    StringWriter out = new StringWriter();
    HtmlReport.write(run, rows, out);
    return out.toString();
  }

  /** The page is well-formed XML too, so that a forgotten escape or element fails here. */
  private static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }
}
