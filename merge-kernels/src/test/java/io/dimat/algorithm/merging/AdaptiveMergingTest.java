package io.dimat.algorithm.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.algorithm.Algorithms;
import io.dimat.algorithm.ImageRuns;
import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.control.MixingStrength;
import io.dimat.algorithm.control.ScheduledGossip;
import io.dimat.algorithm.part.CommunicationSchedule;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.GradientOracle;
import io.dimat.merge.BatchNormPolicy;
import io.dimat.merge.Finish;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.Operators;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Metric;
import io.dimat.testing.RoundTrip;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class AdaptiveMergingTest {
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(8));
  private static final Finish KEEP = new Finish(Finish.ScaleCorrection.NONE, BatchNormPolicy.KEEP);
  private static final MergeTiming TIMING =
      new MergeTiming(1, 4, 2, 16, 2, 3, 0.05, Double.MAX_VALUE, 1);

  @ParameterizedTest
  @ValueSource(ints = {1, 4})
  void run_fixedIntervalAndAveraging_isLocalSgdBitForBit(int every) {
    IterativeTraining training = Quadratics.training(0.1, 20);

    assertThat(Quadratics.het().models(averaging(training, every(every)), RING, 2))
        .containsExactly(
            Quadratics.het()
                .models(
                    new ScheduledGossip(
                        "scheduled",
                        training,
                        Momentum.NONE,
                        CommunicationSchedule.uniform(every),
                        MixingStrength.constant(1)),
                    RING,
                    2));
  }

  @Test
  void run_decayingStepSize_mergesLessAndLessOften() {
    LearningRate decaying = iteration -> 0.1 * Math.pow(0.95, (double) iteration);
    IterativeTraining training = Quadratics.training(decaying, GradientOracle.PLAIN, 4);

    SortedMap<Integer, AgentState> early =
        Quadratics.same().run(averaging(training, TIMING), RING, 1);
    SortedMap<Integer, AgentState> late =
        Quadratics.same().run(averaging(training, TIMING), RING, 40);

    assertThat(early.get(7).scalar("interval", 0)).isEqualTo(4);
    assertThat(late.get(7).scalar("interval", 0)).isEqualTo(16);
  }

  @Test
  void next_trendOfTheSignal_movesTheIntervalWithinItsBounds() {
    assertThat(TIMING.next(8, List.of(1.0))).isEqualTo(8);
    assertThat(TIMING.next(8, List.of(1.0, 1.04))).isEqualTo(8);
    assertThat(TIMING.next(8, List.of(1.0, 1.06))).isEqualTo(4);
    assertThat(TIMING.next(3, List.of(1.0, 3.0, 2.2))).isEqualTo(2);
    assertThat(TIMING.next(8, List.of(1.0, 0.9))).isEqualTo(16);
    assertThat(TIMING.next(16, List.of(1.0, 0.9))).isEqualTo(16);
  }

  @Test
  void forgets_lossAbovePatience_onlyOnceTheThresholdIsKnown() {
    MergeTiming timing = new MergeTiming(1, 4, 2, 16, 2, 3, 0.05, 1.5, 2);

    assertThat(timing.forgets(9, 1, 1)).isFalse();
    assertThat(timing.forgets(1.4, 2, 2)).isFalse();
    assertThat(timing.forgets(1.6, 2, 2)).isTrue();
  }

  @Test
  void run_someAreDue_theyAndTheirNeighboursMergeAndNobodyElse() {
    AdaptiveMerging program = averaging(Quadratics.training(0.1, 1), TIMING);
    SortedMap<Integer, AgentState> before = Quadratics.het().run(program, RING, 0);
    Set<Integer> sizes = new TreeSet<>();
    for (int round = 1; round <= 60; round++) {
      SortedMap<Integer, AgentState> after = Quadratics.het().run(program, RING, round);
      Set<Integer> expected = new TreeSet<>();
      for (int agent = 0; agent < 8; agent++) {
        AgentState state = before.get(agent);
        if (state.scalar("since-merge", 0) + 1 >= state.scalar("interval", 4)) {
          expected.addAll(List.of((agent + 7) % 8, agent, (agent + 1) % 8));
        }
      }
      Set<Integer> merged = new TreeSet<>();
      after.forEach(
          (agent, state) -> {
            if (state.scalar("since-merge", 0) == 0) {
              merged.add(agent);
            }
            assertThat(state.scalars()).doesNotContainKeys("due", "merging");
          });

      assertThat(merged).isEqualTo(expected);
      sizes.add(merged.size());
      before = after;
    }
    assertThat(sizes).contains(0, 8).hasSizeGreaterThan(2);
  }

  @Test
  void run_probeLossAboveThreshold_mergesBeforeTheIntervalIsUp() {
    MergeTiming hasty = new MergeTiming(1, 1000, 1, 1000, 2, 2, 0, 1e-6, 1);
    MergeTiming patient = new MergeTiming(1, 1000, 1, 1000, 2, 2, 0, 1e6, 1);

    assertThat(ImageRuns.of(images("wa", hasty)).metrics().get(0).values())
        .containsEntry(Metric.MERGES, 2.0);
    assertThat(ImageRuns.of(images("wa", patient)).metrics().get(0).values())
        .doesNotContainKey(Metric.MERGES);
  }

  @Test
  void run_activationMatchingOnARealNetwork_sameTwiceAndFinite() {
    AdaptiveMerging program = RoundTrip.of(images("dimat", every(2)));

    ImageRuns.Outcome outcome = ImageRuns.of(program);

    assertThat(outcome.finite()).isTrue();
    assertThat(ImageRuns.of(program).states()).isEqualTo(outcome.states());
    assertThat(outcome.states().get(0).vectors()).containsOnlyKeys("merged", "model");
    assertThat(outcome.metrics().get(0).values())
        .containsEntry(Metric.MERGES, 2.0)
        .containsEntry(
            Metric.BYTES_SENT, 2.0 * program.bytesPerNeighbor(ImageRuns.NETWORK.layout()))
        .containsKey(Metric.MATCH_CORRELATION);
  }

  @Test
  void create_badTiming_isRefusedInOneLine() {
    assertThatThrownBy(() -> new MergeTiming(1, 4, 5, 16, 2, 3, 0, 1, 1))
        .hasMessage(
            "merge timing needs check >= 1 and 1 <= shortest <= first <= longest, got 1 and 5, 4, 16");
    assertThatThrownBy(() -> new MergeTiming(1, 4, 2, 16, 1, 3, 0, 1, 1))
        .hasMessage(
            "merge timing needs step > 1, window >= 2 and tolerance in [0, 1), got 1.0, 3 and 0.0");
    assertThatThrownBy(() -> new MergeTiming(1, 4, 2, 16, 2, 3, 0, 0, 1))
        .hasMessage("merge timing needs patience > 0 and calm >= 1, got 0.0 and 1");
  }

  private static AdaptiveMerging averaging(IterativeTraining training, MergeTiming timing) {
    return new AdaptiveMerging(
        "adaptive",
        training,
        Momentum.NONE,
        Operators.create(Operators.WEIGHT_AVERAGING, Operators.Options.DEFAULTS),
        KEEP,
        ReferenceBasis.SELF,
        timing);
  }

  private static AdaptiveMerging images(String algorithm, MergeTiming timing) {
    MergeOperator operator =
        Operators.create(Algorithms.operator(algorithm).orElseThrow(), Operators.Options.DEFAULTS);
    return new AdaptiveMerging(
        "adaptive",
        ImageRuns.training(4),
        new Momentum(0.9, Momentum.Style.HEAVY_BALL),
        operator,
        Finish.RECALIBRATE,
        ReferenceBasis.SELF,
        timing);
  }

  /** Intervals of this many iterations, whatever is measured. */
  private static MergeTiming every(int iterations) {
    return new MergeTiming(
        iterations, iterations, iterations, iterations, 2, 2, 0, Double.MAX_VALUE, 1);
  }
}
