package io.dimat.graph;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.testing.RoundTrip;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RememberedScheduleTest {
  private static final Topology RING = Topology.ring(4);

  /** W(t) by parity of the step; counts how often a matrix is made, in all copies. */
  private record Counting() implements MixingSchedule {
    private static final long serialVersionUID = 1L;
    static final AtomicInteger MADE = new AtomicInteger();

    @Override
    public Topology topology() {
      return RING;
    }

    @Override
    public MixingMatrix at(long step) {
      MADE.incrementAndGet();
      return step % 2 == 0 ? MixingMatrix.uniform(RING) : MixingMatrix.metropolisHastings(RING);
    }

    @Override
    public int period() {
      return 2;
    }
  }

  @Test
  void at_sameStepFromManyThreads_makesOneMatrix() {
    Counting.MADE.set(0);
    MixingSchedule schedule = RememberedSchedule.of(new Counting());

    long different =
        IntStream.range(0, 64).parallel().mapToObj(i -> schedule.at(7)).distinct().count();

    assertThat(different).isEqualTo(1);
    assertThat(Counting.MADE).hasValue(1);
  }

  @Test
  void at_manySteps_isTheScheduleItselfAndForgetsTheOldest() {
    Counting.MADE.set(0);
    MixingSchedule schedule = RememberedSchedule.of(new Counting());

    for (long step = 0; step < 10; step++) {
      assertThat(schedule.at(step)).isEqualTo(new Counting().at(step));
    }
    Counting.MADE.set(0);
    schedule.at(9);
    assertThat(Counting.MADE).hasValue(0);
    schedule.at(0);
    assertThat(Counting.MADE).hasValue(1);
  }

  @Test
  void at_afterSerialization_makesItsOwn() {
    MixingSchedule schedule = RememberedSchedule.of(new Counting());
    schedule.at(1);
    Counting.MADE.set(0);

    MixingSchedule there = RoundTrip.of(schedule);

    assertThat(there).isEqualTo(schedule);
    assertThat(there.period()).isEqualTo(2);
    assertThat(there.at(1)).isEqualTo(schedule.at(1));
    assertThat(Counting.MADE).hasValue(1);
  }

  @Test
  void of_oneMatrixOrRemembering_isItself() {
    MixingSchedule constant = MixingMatrix.uniform(RING);
    MixingSchedule remembering = RememberedSchedule.of(new Counting());

    assertThat(RememberedSchedule.of(constant)).isSameAs(constant);
    assertThat(RememberedSchedule.of(remembering)).isSameAs(remembering);
  }
}
