package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.compare.Comparison.Cell;
import io.dimat.compare.Comparison.Status;
import io.dimat.compare.Curve;
import io.dimat.compare.SampleComparison;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class CompareTuningTest {
  private static final Cell FAILED = new Cell(Status.FAILED, "disk full", new Curve(List.of()));

  private static CompareTuning tuning(Cell small, Cell middle, Cell large) {
    return new CompareTuning(new TreeMap<>(Map.of(0.01, small, 0.1, middle, 1.0, large)));
  }

  @Test
  void best_insideTheGrid_isTheHighestWithoutRemark() {
    CompareTuning tuning =
        tuning(SampleComparison.done(0.5), SampleComparison.done(0.7), SampleComparison.diverged());

    assertThat(tuning.best()).hasValue(0.1);
    assertThat(tuning.note()).isEmpty();
  }

  @Test
  void best_atTheEdge_isRemarked() {
    CompareTuning tuning =
        tuning(SampleComparison.done(0.5), SampleComparison.done(0.7), SampleComparison.done(0.8));

    assertThat(tuning.best()).hasValue(1.0);
    assertThat(tuning.note()).isEqualTo("best step size 1.0 is at the edge of the grid");
  }

  @Test
  void best_aTrialFailed_waitsForIt() {
    CompareTuning tuning = tuning(SampleComparison.done(0.5), FAILED, SampleComparison.done(0.8));

    assertThat(tuning.best()).isEmpty();
    assertThat(tuning.failures()).isEqualTo(1);
    assertThat(tuning.note()).isEqualTo("step size 0.1 failed: disk full");
  }

  @Test
  void best_allDiverged_isNone() {
    CompareTuning tuning =
        tuning(
            SampleComparison.diverged(), SampleComparison.diverged(), SampleComparison.diverged());

    assertThat(tuning.best()).isEmpty();
    assertThat(tuning.note()).isEqualTo("no step size of the grid works");
  }
}
