package io.dimat.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.metrics.MetricsRow;
import io.dimat.protocol.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CurveTest {
  private static final String NAME = "any";

  private static MetricsRow row(int round, int agent, String point, Map<String, Double> values) {
    return MetricsRow.agent(NAME, round, agent, point, values);
  }

  private static List<MetricsRow> twoAgents() {
    List<MetricsRow> rows = new ArrayList<>();
    for (int agent = 0; agent < 2; agent++) {
      rows.add(row(0, agent, MetricsRow.TRAINED, Map.of(Metric.TEST_ACCURACY, 0.1)));
      rows.add(
          row(
              1,
              agent,
              MetricsRow.TRAINED,
              Map.of(
                  Metric.TEST_ACCURACY, 0.9,
                  Metric.BYTES_SENT, 1e6,
                  Metric.IMAGES_TRAINED, 50.0,
                  Metric.SECONDS_TRAIN, 2.0 + agent)));
      rows.add(
          row(
              1,
              agent,
              MetricsRow.MERGED,
              Map.of(
                  Metric.TEST_ACCURACY,
                  0.4 + 0.2 * agent,
                  Metric.BYTES_SENT,
                  5e5,
                  Metric.SECONDS_MERGE,
                  1.0 - agent)));
    }
    rows.add(MetricsRow.round(NAME, 1, Map.of(Metric.CONSENSUS_ACCURACY, 0.7)));
    return rows;
  }

  @Test
  void of_rowsOfBothPoints_takesTheAccuracyAfterTheMergeAndAddsAllCosts() {
    Curve curve = Curve.of(twoAgents());

    assertThat(curve.points()).hasSize(2);
    Curve.Point last = curve.points().get(1);
    assertThat(last.accuracy()).isEqualTo(0.5);
    assertThat(last.worst()).isEqualTo(0.4);
    assertThat(last.megabytes()).isEqualTo(3);
    assertThat(last.gradients()).isEqualTo(100);
    assertThat(last.seconds()).as("slowest in training and slowest in merging").isEqualTo(4);
    assertThat(curve.last(Measure.CONSENSUS_ACCURACY)).isEqualTo(0.7);
    assertThat(curve.last(Measure.CONSENSUS_DISTANCE)).isNaN();
  }

  @Test
  void of_rowsThatCountGradients_doesNotCountImages() {
    List<MetricsRow> rows = new ArrayList<>(twoAgents());
    rows.add(
        row(
            2,
            0,
            MetricsRow.TRAINED,
            Map.of(Measure.GRADIENTS.key(), 30.0, Metric.IMAGES_TRAINED, 10.0)));

    assertThat(Curve.of(rows).last(Measure.GRADIENTS)).isEqualTo(130);
  }

  @Test
  void of_noRows_hasNoValue() {
    assertThat(Curve.of(List.of()).last(Measure.ACCURACY)).isNaN();
  }
}
