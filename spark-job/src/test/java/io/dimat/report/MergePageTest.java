package io.dimat.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.merge.report.Candidate;
import io.dimat.merge.report.MergeReport;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Locale;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class MergePageTest {
  @Test
  void write_fullMerge_hasEverySectionAndNeedsNoNetwork() throws Exception {
    for (int parents : new int[] {2, 4, 40}) {
      String html = html(SampleMerge.resnet50(parents));

      Document page = parse(html);
      assertThat(html)
          .contains(
              "Accuracy of parents, controls and the merge",
              "Correlation with the reference, before and after matching",
              "Loss along the line",
              "Loss barrier",
              "Settings and images",
              "verdict good");
      assertThat(html).doesNotContain("<script", "http://", "https://", "NaN", "Infinity");
      assertThat(count(page, "figure")).isEqualTo(parents - 1 + 3);
      assertThat(count(page, "details")).isEqualTo(parents - 1);
    }
  }

  @Test
  void write_everyCandidate_hasItsAccuracyWithStandardError() throws Exception {
    String html = html(SampleMerge.resnet50(2));

    for (Candidate.Kind kind : Candidate.Kind.values()) {
      assertThat(html).contains(kind.label());
    }
    assertThat(html).contains("52.4 % ± 1.1", "78.1 % ± 0.9", "a (reference)");
  }

  @Test
  void write_recalibratedParents_haveABarAndARowBelowTheirOwn() throws Exception {
    String html = html(SampleMerge.resnet50(2));

    assertThat(html)
        .containsSubsequence(
            "<title>a (reference): 81.2 % ± 0.9</title>",
            "mark pale",
            "<title>a, batch norm re-estimated: 82.3 % ± 0.9</title>",
            "<title>b: 79.9 % ± 0.9</title>",
            "<title>b, batch norm re-estimated: 81.0 % ± 0.9</title>",
            "The pale bar below a parent",
            "<th scope=\"row\">a (reference)</th>",
            "<th scope=\"row\" class=\"long\">a, batch norm re-estimated</th>",
            "<td class=\"number\">82.3 % ± 0.9</td>");
    assertThat(html(SampleMerge.ofText("x"))).doesNotContain("re-estimated", "mark pale");
  }

  @Test
  void write_tiles_sayWhatEachNumberIsOf() throws Exception {
    assertThat(html(SampleMerge.resnet50(2)))
        .containsSubsequence(
            "best parent",
            "81.2 % ± 0.9",
            ">a; 82.3 % with batch norm re-estimated<",
            ">plain averaging<",
            "11.3 % ± 0.7",
            "52.4 % finished like the merge");
    assertThat(html(SampleMerge.weak()))
        .contains(
            ">b; a 90.0 % with batch norm re-estimated<",
            "Weak: clearly worse than the best parent with its batch norm re-estimated");
  }

  @Test
  void numbers_thatRoundToZero_haveNoSign() {
    assertThat(Numbers.hundredths(-0.004)).isEqualTo("0.00");
    assertThat(Numbers.hundredths(-0.006)).isEqualTo("-0.01");
    assertThat(Numbers.weight(-0.0)).isEqualTo("0");
    assertThat(Numbers.weight(-0.0004)).isEqualTo("0");
    assertThat(Numbers.weight(-0.0006)).isEqualTo("-0.001");
    assertThat(Numbers.nats(-1e-9)).isEqualTo("0.000");
    assertThat(Numbers.thousandths(-0.0004)).isEqualTo("0.000");
  }

  @Test
  void write_refusedMerge_saysSoFirst() throws Exception {
    String html = html(SampleMerge.refused());

    parse(html);
    assertThat(html)
        .contains(
            "<title>REFUSED: 2 × resnet50 by activation matching</title>",
            "<div class=\"verdict refused\"",
            "REFUSED: do not use the merged model",
            "more than 5.0 points below averaging without alignment");
    assertThat(html.indexOf("REFUSED: do not")).isLessThan(html.indexOf("<section"));
  }

  @Test
  void write_withoutLabels_leavesScoresAndLinesOut() throws Exception {
    String html = html(SampleMerge.unlabelled());

    parse(html);
    assertThat(html)
        .contains("Not judged", ">Parents<", "Matching quality", "none: the images have no labels")
        .doesNotContain("Loss along the line", "accuracy (%)", ">loss (nats)<", "NaN");
  }

  @Test
  void write_lossesNotFinite_areShownInWords() throws Exception {
    String html = html(SampleMerge.broken());

    parse(html);
    assertThat(html)
        .contains(
            "<td class=\"number\">undefined</td>",
            "<td class=\"number\">infinite</td>",
            "Not drawn: not aligned at 0.5, loss infinite")
        .containsPattern("d=\"M[0-9. ]+L[0-9. ]+M[0-9. ]+L[0-9. ]+\"")
        .doesNotContain("NaN", "Infinity");
  }

  @Test
  void shown_accuracy_hasItsBinomialStandardError() {
    assertThat(new MeasuredAccuracy(0.5, 10_000).shown()).isEqualTo("50.0 % ± 0.5");
    assertThat(new MeasuredAccuracy(1, 100).shown()).isEqualTo("100.0 % ± 0.0");
    assertThat(new MeasuredAccuracy(0.5, 0).shown()).isEqualTo("50.0 %");
    assertThat(new MeasuredAccuracy(Double.NaN, 100).shown()).isEqualTo("undefined");
  }

  @Test
  void write_hostileText_isEscapedEverywhere() throws Exception {
    String html = html(SampleMerge.ofText("<script>alert('1')</script>&\"\u0001"));

    assertThat(html).doesNotContain("<script", "\u0001");
    assertThat(count(parse(html), "script")).isZero();
  }

  @Test
  void write_otherLocale_sameBytes() throws IOException {
    String expected = html(SampleMerge.resnet50(3));
    Locale before = Locale.getDefault();
    try {
      Locale.setDefault(Locale.GERMANY);
      assertThat(html(SampleMerge.resnet50(3))).isEqualTo(expected);
    } finally {
      Locale.setDefault(before);
    }
  }

  @Test
  void summary_fullMerge_isAShortTable() {
    String text =
        MergeSummary.of(SampleMerge.resnet50(2), List.of("out/merged.zip", "out/report.html"));

    assertThat(text.lines().toList())
        .hasSize(16)
        .anyMatch(line -> line.matches("method +activation matching"))
        .allMatch(line -> line.length() <= 100)
        .anyMatch(
            line ->
                line.matches(
                    "reference a +accuracy 81\\.2 % ± 0\\.9, loss 0\\.610; "
                        + "batch norm re-estimated 82\\.3 %"))
        .anyMatch(line -> line.matches("averaging +.*; finished like the merge 52\\.4 %"))
        .anyMatch(line -> line.matches("merge +.*; before batch norm or REPAIR 14\\.6 %"))
        .anyMatch(line -> line.matches("matched correlation +0\\.\\d+, before 0\\.\\d+"))
        .anyMatch(line -> line.matches("barrier to b +1\\.900  not aligned"))
        .anyMatch(line -> line.matches(" {26}0\\.150  aligned, finished like the merge"))
        .anyMatch(line -> line.matches("verdict +Good: .*"))
        .anyMatch(line -> line.matches(" {28}the merged model reaches .*"))
        .anyMatch(line -> line.matches("files +out/merged\\.zip"))
        .anyMatch(line -> line.matches(" {26}out/report\\.html"));
  }

  @Test
  void summary_severalParents_countsTheirBarriers() {
    assertThat(MergeSummary.of(SampleMerge.resnet50(4), List.of()))
        .contains("highest of 3 barriers     1.900  not aligned")
        .doesNotContain("barrier to");
  }

  @Test
  void sentence_long_isBrokenBetweenWordsOnly() {
    String word = "x".repeat(80);
    StringBuilder text = new StringBuilder();
    TerminalSummary.sentence(text, "note", "", "word ".repeat(20) + word + " end");

    assertThat(text.toString().replaceAll("\\s+", " "))
        .isEqualTo("note " + "word ".repeat(20) + word + " end ");
    assertThat(text.toString().lines().filter(line -> !line.contains(word)))
        .hasSizeGreaterThan(1)
        .allMatch(line -> line.length() <= 98);
  }

  @Test
  void summary_refusedUnlabelledAndBroken_sayWhatIsKnown() {
    assertThat(MergeSummary.of(SampleMerge.refused(), List.of())).contains("REFUSED", "52.4 %");
    assertThat(MergeSummary.of(SampleMerge.unlabelled(), List.of()))
        .contains("Not judged")
        .doesNotContain("accuracy", "barrier");
    assertThat(MergeSummary.of(SampleMerge.broken(), List.of()))
        .contains("loss infinite", "loss undefined", "barrier to b", "undefined  aligned")
        .doesNotContain("NaN", "Infinity", "matched correlation");
  }

  private static String html(MergeReport merge) throws IOException {
    StringWriter out = new StringWriter();
    MergePage.write(merge, out);
    return out.toString();
  }

  private static int count(Document page, String tag) {
    return page.getElementsByTagName(tag).getLength();
  }

  /** The page is well-formed XML too, so that a forgotten escape or element fails here. */
  private static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }
}
