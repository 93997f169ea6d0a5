package io.dimat.metrics;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dimat.merge.report.Candidate;
import io.dimat.merge.report.GroupQuality;
import io.dimat.merge.report.InterpolationLine;
import io.dimat.merge.report.InterpolationLine.Treatment;
import io.dimat.merge.report.MergeReport;
import io.dimat.merge.report.Parent;
import io.dimat.merge.report.Score;
import io.dimat.merge.report.Verdict;
import java.io.IOException;
import java.io.StringWriter;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class MergeReportFileTest {
  private static final MergeReport MERGE =
      new MergeReport(
          "activation matching",
          new MergeReport.Network("resnet20", 272_474, true),
          List.of(new MergeReport.Setting("margin", "5 points")),
          new MergeReport.Images("CIFAR-10", 512, 2000, 500, true),
          List.of(
              new Parent(
                  "a",
                  "a.zip",
                  0.5,
                  true,
                  Optional.of(new Score(0.1 + 0.2, 0.9)),
                  Optional.of(new Score(0.25, 0.95))),
              new Parent("b", "b.zip", 0.5, false, Optional.empty(), Optional.empty())),
          List.of(
              new Candidate(
                  Candidate.Kind.AVERAGED_FINISHED,
                  Optional.of(new Score(Double.POSITIVE_INFINITY, 0.1)))),
          List.of(new GroupQuality("b", "conv1", 16, 0.1, Double.NaN, 0.5, 2, 1)),
          List.of(
              new InterpolationLine(
                  "b", Treatment.AS_IT_IS, List.of(0.0, 0.5, 1.0), List.of(1.0, 3.0, Double.NaN)),
              new InterpolationLine(
                  "b", Treatment.ALIGNED, List.of(0.0, 0.5, 1.0), List.of(1.0, 3.0, 2.0))),
          new Verdict(Verdict.Grade.UNJUDGED, List.of("a reason")),
          List.of("a note"));

  @Test
  void write_anyReport_hasItsComponentsInTheirOrder() throws IOException {
    assertThat(json().fieldNames())
        .toIterable()
        .containsExactly(
            "method",
            "network",
            "settings",
            "images",
            "parents",
            "candidates",
            "groups",
            "lines",
            "verdict",
            "notes");
    assertThat(json().path("network").toString())
        .isEqualTo("{\"name\":\"resnet20\",\"parameters\":272474,\"batchNorm\":true}");
    assertThat(text()).isEqualTo(text());
  }

  @Test
  void write_score_isAnObjectOrNull() throws IOException {
    JsonNode parents = json().path("parents");

    assertThat(parents.at("/0/score/loss").doubleValue()).isEqualTo(0.1 + 0.2);
    assertThat(parents.at("/0/recalibrated").toString())
        .isEqualTo("{\"loss\":0.25,\"accuracy\":0.95}");
    assertThat(parents.at("/1/score").isNull()).isTrue();
    assertThat(parents.at("/1/recalibrated").isNull()).isTrue();
  }

  @Test
  void write_notFinite_isNull() throws IOException {
    assertThat(json().at("/candidates/0/score/loss").isNull()).isTrue();
    assertThat(json().at("/groups/0/correlationAfter").isNull()).isTrue();
    assertThat(json().at("/lines/0/losses/2").isNull()).isTrue();
    assertThat(text()).doesNotContain("NaN", "Infinity");
  }

  @Test
  void write_line_hasItsBarrier() throws IOException {
    assertThat(json().at("/lines/1/barrier").doubleValue()).isEqualTo(1.5);
    assertThat(json().at("/lines/1/treatment").textValue()).isEqualTo("aligned");
    assertThat(json().at("/candidates/0/kind").textValue()).isEqualTo("averaged_finished");
  }

  private static JsonNode json() throws IOException {
    return new ObjectMapper().readTree(text());
  }

  private static String text() throws IOException {
    StringWriter out = new StringWriter();
    MergeReportFile.write(MERGE, out);
    return out.toString();
  }
}
