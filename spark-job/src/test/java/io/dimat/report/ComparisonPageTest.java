package io.dimat.report;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.compare.Comparison;
import io.dimat.compare.SampleComparison;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.w3c.dom.Document;
import org.xml.sax.InputSource;

class ComparisonPageTest {
  private static String html(Comparison comparison) throws IOException {
    StringWriter out = new StringWriter();
    ComparisonPage.write(comparison, out);
    return out.toString();
  }

  private static Document parse(String html) throws Exception {
    return DocumentBuilderFactory.newInstance()
        .newDocumentBuilder()
        .parse(new InputSource(new StringReader(html)));
  }

  @Test
  void write_threeSeeds_isWellFormedAndSaysWhatDiffers() throws Exception {
    String html = html(SampleComparison.threeSeeds());

    parse(html);
    assertThat(html)
        .contains(
            "Accuracy against rounds",
            "Accuracy against megabytes sent",
            "Accuracy against gradient evaluations",
            "Accuracy against seconds",
            "Consensus distance",
            "What differs by more than chance",
            "71.0 % ± 2.5",
            "1 of 3, 2 diverged")
        .doesNotContain("<script", "http://", "https://", "NaN", "Every algorithm by itself");
  }

  @Test
  void write_thirtyAlgorithms_keepsLegendsShortAndShowsEachByItself() throws Exception {
    String html = html(SampleComparison.ofMany(30));

    Document page = parse(html);
    assertThat(html).contains("Every algorithm by itself", "the other 24 are in the table");
    assertThat(html)
        .contains("chain &amp; &lt;star&gt;")
        .containsSubsequence("Remarks", "refused one", "refused: needs a tree");
    String legend = html.substring(html.indexOf("<div class=\"legend\">"));
    legend = legend.substring(0, legend.indexOf("</div>"));
    assertThat(legend.split("class=\"key\"")).hasSize(1 + ComparisonTones.MOST + 1);
    assertThat(page.getElementsByTagName("h4").getLength()).isEqualTo(2 * 30);
  }
}
