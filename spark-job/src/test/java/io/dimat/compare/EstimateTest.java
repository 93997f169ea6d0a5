package io.dimat.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import org.junit.jupiter.api.Test;

class EstimateTest {
  @Test
  void of_fiveValues_hasStudentsInterval() {
    Estimate estimate = Estimate.of(List.of(1.0, 2.0, 3.0, 4.0, 5.0));

    assertThat(estimate.mean()).isEqualTo(3);
    assertThat(estimate.halfWidth()).isCloseTo(1.9632431614775572, within(1e-9));
    assertThat(estimate.low()).isCloseTo(1.0367568385, within(1e-9));
    assertThat(estimate.high()).isCloseTo(4.9632431615, within(1e-9));
  }

  @Test
  void of_valuesThatAreNotThere_countsTheOthers() {
    Estimate estimate = Estimate.of(List.of(Double.NaN, 2.0, Double.POSITIVE_INFINITY));

    assertThat(estimate.count()).isEqualTo(1);
    assertThat(estimate.mean()).isEqualTo(2);
    assertThat(estimate.hasInterval()).isFalse();
    assertThat(Estimate.of(List.of()).count()).isZero();
  }

  @Test
  void shown_ofAnEstimate_hasAnIntervalWhereThereIsOne() {
    assertThat(Measure.ACCURACY.shown(Estimate.of(List.of(0.5, 0.6)))).isEqualTo("55.0 % ± 63.5");
    assertThat(Measure.ACCURACY.shown(Estimate.of(List.of(0.5)))).isEqualTo("50.0 %");
    assertThat(Measure.ACCURACY.shown(Estimate.of(List.of()))).isEqualTo("–");
    assertThat(Measure.MEGABYTES.shown(Estimate.of(List.of(7.0, 7.0)))).isEqualTo("7.0");
  }
}
