package io.dimat.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.protocol.Metric;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MetricsFileTest {
  @Test
  void write_allKinds_readsBackEqual() throws IOException {
    List<MetricsRow> rows =
        List.of(
            MetricsRow.agent(
                    "dimat",
                    3,
                    2,
                    MetricsRow.MERGED,
                    Map.of(Metric.TEST_ACCURACY, 0.1 + 0.2, Metric.BYTES_SENT, 4e9))
                .withPerClassAccuracy(List.of(0.5, Double.NaN)),
            MetricsRow.round("dimat", 3, Map.of(Metric.CONSENSUS_DISTANCE, 1e-300)),
            MetricsRow.group("dimat", 3, 0, "conv1", Map.of(Metric.MATCH_CORRELATION, 0.7)));

    assertThat(MetricsFile.read(new StringReader(text(rows)))).isEqualTo(rows);
  }

  @Test
  void write_oneRow_keysAreInStableOrder() throws IOException {
    MetricsRow row =
        MetricsRow.agent(
            "dimat",
            1,
            0,
            MetricsRow.TRAINED,
            Map.of(Metric.TEST_LOSS, 0.5, Metric.TEST_ACCURACY, 0.25));

    assertThat(text(List.of(row)))
        .isEqualTo(
            "{\"kind\":\"agent\",\"algorithm\":\"dimat\",\"round\":1,\"agent\":0,"
                + "\"point\":\"trained\",\"test_accuracy\":0.25,\"test_loss\":0.5}\n");
  }

  @Test
  void write_notFinite_isNullAndReadAsNotMeasured() throws IOException {
    MetricsRow row =
        MetricsRow.round(
            "dimat",
            1,
            Map.of(
                Metric.CONSENSUS_DISTANCE,
                Double.POSITIVE_INFINITY,
                Metric.CONSENSUS_ACCURACY,
                Double.NaN));

    String text = text(List.of(row));

    assertThat(text)
        .contains("\"consensus_distance\":null")
        .contains("\"consensus_accuracy\":null");
    MetricsRow read = MetricsFile.read(new StringReader(text)).get(0);
    assertThat(read).isEqualTo(row);
    assertThat(read.value(Metric.CONSENSUS_DISTANCE)).isEmpty();
  }

  @Test
  void read_badLine_namesTheLineAndTheRule() {
    String good = "{\"kind\":\"round\",\"algorithm\":\"dimat\",\"round\":1}\n";
    assertBad(good + "\n{\"kind\":\"round\"", "line 3");
    assertBad(good + "[1]", "an object is needed");
    assertBad("{\"kind\":\"epoch\",\"round\":1}", "kind must be one of [agent, round, group]");
    assertBad("{\"kind\":\"round\",\"round\":1.5}", "round must be a whole number, got 1.5");
    assertBad(
        "{\"kind\":\"round\",\"round\":1,\"test_loss\":\"x\"}",
        "test_loss must be a number or null, got \"x\"");
    assertBad("{\"kind\":\"agent\",\"round\":1}", "needs an agent");
  }

  private static void assertBad(String text, String message) {
    assertThatThrownBy(() -> MetricsFile.read(new StringReader(text)))
        .isInstanceOf(IOException.class)
        .hasMessageContaining(message);
  }

  private static String text(List<MetricsRow> rows) throws IOException {
    StringWriter out = new StringWriter();
    MetricsFile.write(rows, out);
    return out.toString();
  }
}
