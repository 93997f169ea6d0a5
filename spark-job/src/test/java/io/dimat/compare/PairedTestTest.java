package io.dimat.compare;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PairedTestTest {
  private static SortedMap<Long, Double> bySeed(double... values) {
    SortedMap<Long, Double> map = new TreeMap<>();
    for (int i = 0; i < values.length; i++) {
      map.put((long) i, values[i]);
    }
    return map;
  }

  /** Values of scipy.stats.ttest_rel. */
  @Test
  void of_publishedPairs_hasTheKnownProbability() {
    PairedTest test =
        PairedTest.of(
            bySeed(30.02, 29.99, 30.11, 29.97, 30.01, 29.99),
            bySeed(29.89, 29.93, 29.72, 29.98, 30.02, 29.98));

    assertThat(test.p()).isCloseTo(0.19143688433660136, within(1e-9));
    assertThat(PairedTest.of(bySeed(1, 2, 3, 4, 5), bySeed(0, 0, 0, 0, 0)).p())
        .isCloseTo(0.01323559956368269, within(1e-9));
  }

  @Test
  void of_pairsTurnedAround_hasTheSameProbabilityAndTheOtherSign() {
    PairedTest one = PairedTest.of(bySeed(1, 2, 4), bySeed(0.5, 2.5, 1));
    PairedTest other = PairedTest.of(bySeed(0.5, 2.5, 1), bySeed(1, 2, 4));

    assertThat(other.p()).isCloseTo(one.p(), within(1e-12));
    assertThat(other.difference().mean()).isEqualTo(-one.difference().mean());
  }

  @Test
  void of_seedsThatOnlyOneHasRun_countsTheCommonOnes() {
    SortedMap<Long, Double> two = bySeed(1, 2);
    assertThat(PairedTest.of(two, bySeed(0, 0, 9)).difference().count()).isEqualTo(2);
    assertThat(PairedTest.of(two, new TreeMap<>()).difference().count()).isZero();
  }

  @Test
  void of_differencesEqualUpToRounding_isNoTest() {
    assertThat(PairedTest.of(bySeed(0.835, 0.6113), bySeed(0.815, 0.5913)).p()).isNaN();
  }

  @Test
  void of_differencesWithoutSpreadOrOneSeed_isNoTest() {
    assertThat(PairedTest.of(bySeed(1, 1, 1), bySeed(0, 0, 0)).p()).isNaN();
    assertThat(PairedTest.of(bySeed(1, 2), bySeed(1, 2)).p()).isNaN();
    assertThat(PairedTest.of(bySeed(1), bySeed(0)).p()).isNaN();
  }

  /** Worked by hand: 0.01 x 4, 0.02 x 3, 0.03 x 2, 0.04 x 1 made monotone. */
  @Test
  void holm_fourTests_areMultipliedStepByStepAndStayMonotone() {
    assertThat(PairedTest.holm(List.of(0.04, 0.01, 0.03, 0.02)))
        .usingElementComparator((a, b) -> Math.abs(a - b) < 1e-12 ? 0 : Double.compare(a, b))
        .containsExactly(0.06, 0.04, 0.06, 0.06);
    assertThat(PairedTest.holm(List.of(0.9, 0.8))).containsExactly(1.0, 1.0);
  }

  @Test
  void holm_testsThatDoNotExist_doNotCount() {
    assertThat(PairedTest.holm(List.of(Double.NaN, 0.02, Double.NaN)))
        .containsExactly(Double.NaN, 0.02, Double.NaN);
  }
}
