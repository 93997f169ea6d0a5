package io.dimat.algorithm.control;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.ImageRuns;
import io.dimat.algorithm.Quadratics;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Metric;
import java.util.Arrays;
import java.util.SortedMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class DynamicAveragingTest {
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(8));

  @Test
  void run_tinyThreshold_isCentralized() {
    DynamicAveraging program =
        new DynamicAveraging("dynamic", Quadratics.training(0.1, 400), 1e-30, 1);

    assertThat(Quadratics.het().worstError(Quadratics.het().models(program, RING, 1)))
        .isLessThan(1e-12);
  }

  @Test
  void run_hugeThreshold_neverAverages() {
    DynamicAveraging program =
        new DynamicAveraging("dynamic", Quadratics.training(0.1, 600), 1e9, 1);

    assertThat(Quadratics.het().models(program, RING, 1))
        .containsExactly(Quadratics.het().b(), within(1e-9));
  }

  @ParameterizedTest
  @ValueSource(doubles = {4, 0.5, 0.01})
  void run_checkedEveryIteration_agentsStayNearTheReferenceAndEachOther(double threshold) {
    SortedMap<Integer, AgentState> states =
        Quadratics.het()
            .run(
                new DynamicAveraging("dynamic", Quadratics.training(0.1, 37), threshold, 1),
                RING,
                1);

    double[] models = states.values().stream().mapToDouble(s -> s.model().at(0)).toArray();
    double mean = Arrays.stream(models).average().orElseThrow();
    assertThat(states.values())
        .allMatch(
            state ->
                Math.pow(state.model().at(0) - state.vector("reference").at(0), 2) <= threshold)
        .allMatch(state -> state.vector("reference").equals(states.get(0).vector("reference")));
    assertThat(Arrays.stream(models).map(x -> (x - mean) * (x - mean)).average().orElseThrow())
        .isLessThanOrEqualTo(threshold);
  }

  @Test
  void run_equalCurvature_keepsTheMean() {
    double[] models =
        Quadratics.same()
            .models(new DynamicAveraging("dynamic", Quadratics.training(0.1, 20), 0.3, 2), RING, 1);

    assertThat(Arrays.stream(models).average().orElseThrow())
        .isCloseTo(3.5 * (1 - Math.pow(0.9, 20)), within(1e-12));
  }

  @Test
  void run_realNetwork_sameTwiceAndAveragesAreCountedWithTheirBytes() {
    DynamicAveraging program = new DynamicAveraging("dynamic", ImageRuns.training(4), 1e-12, 2);

    ImageRuns.Outcome outcome = ImageRuns.of(program);

    assertThat(outcome.finite()).isTrue();
    assertThat(ImageRuns.of(program).states()).isEqualTo(outcome.states());
    assertThat(outcome.states().get(2).model()).isEqualTo(outcome.states().get(0).model());
    assertThat(outcome.metrics().get(0).values())
        .containsEntry(Metric.VIOLATIONS, 2.0)
        .containsEntry(Metric.GLOBAL_AVERAGES, 2.0)
        .containsEntry(Metric.CONTROL_BYTES, 16.0)
        .containsEntry(
            Metric.BYTES_SENT, 2.0 * program.bytesPerNeighbor(ImageRuns.NETWORK.layout()));
  }

  @Test
  void create_badThreshold_isRefused() {
    assertThatThrownBy(() -> new DynamicAveraging("dynamic", Quadratics.training(0.1, 1), 0, 1))
        .hasMessage(
            "dynamic averaging needs a threshold > 0 and a check every 1 or more iterations, got 0.0 and 1");
  }
}
