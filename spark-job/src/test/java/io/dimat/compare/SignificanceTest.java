package io.dimat.compare;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.compare.Significance.Finding;
import io.dimat.compare.Significance.Verdict;
import java.util.List;
import org.junit.jupiter.api.Test;

class SignificanceTest {
  private final Significance tests =
      Significance.of(SampleComparison.threeSeeds(), "ring", Measure.ACCURACY);

  @Test
  void of_oneSetting_testsAlgorithmsAgainstEachOtherAndAgainstControls() {
    assertThat(tests.findings())
        .extracting(f -> f.algorithm() + " / " + f.against())
        .containsExactlyInAnyOrder(
            "good / control",
            "same, nearly / control",
            "broken / control",
            "same, nearly / good",
            "broken / good",
            "broken / same, nearly");
  }

  @Test
  void verdict_ofEachPair_followsFromTheCorrectedProbability() {
    assertThat(finding("good", "control").verdict()).isEqualTo(Verdict.BETTER);
    assertThat(finding("same, nearly", "good").verdict()).isEqualTo(Verdict.WORSE);
    assertThat(finding("same, nearly", "control").verdict()).isEqualTo(Verdict.NOT_SHOWN);
    assertThat(finding("broken", "good").verdict()).isEqualTo(Verdict.NOT_SHOWN);
    assertThat(tests.findings())
        .filteredOn(f -> !Double.isNaN(f.corrected()))
        .allMatch(f -> f.corrected() >= f.test().p());
  }

  private Finding finding(String algorithm, String against) {
    return tests.findings().stream()
        .filter(f -> f.algorithm().equals(algorithm) && f.against().equals(against))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void statements_oneSeed_sayThatNothingCanBeSaid() {
    assertThat(Statements.of(SampleComparison.ofMany(3), "ring"))
        .singleElement()
        .asString()
        .startsWith("One seed: nothing can be said");
  }

  @Test
  void statements_threeSeeds_nameTheBestTheDifferencesAndWhatIsNotShown() {
    List<String> sentences = Statements.of(SampleComparison.threeSeeds(), "ring");

    assertThat(sentences.get(0))
        .startsWith(
            "Highest mean agent accuracy of the algorithms that lost no run: good, 71.0 % ± 2.5. Against it, worse: same, nearly")
        .contains("no difference shown: broken -20.0 points");
    assertThat(sentences.get(1))
        .startsWith("Mean agent accuracy against control (60.8 % ± 1.9): better: good +10.2 points")
        .contains("no difference shown: same, nearly +0.2 points");
    assertThat(sentences.get(sentences.size() - 1)).contains("Holm", "does not mean equal");
  }

  @Test
  void statements_aRowThatLostARunIsHigher_nameTheBestOfTheOthersAsThat() {
    assertThat(Statements.of(SampleComparison.threeSeeds(0.99), "ring").get(0))
        .startsWith("Highest mean agent accuracy of the algorithms that lost no run: good, 71.0 %");
  }

  @Test
  void ranked_rowsWithAndWithoutValues_areBestFirst() {
    assertThat(SampleComparison.threeSeeds().ranked("ring", Measure.ACCURACY))
        .extracting(Comparison.Row::algorithm)
        .containsExactly("good", "same, nearly", "control", "broken");
  }

  @Test
  void ranked_rowThatLostARun_isBelowTheOthersHoweverGood() {
    Comparison comparison = SampleComparison.threeSeeds();
    double lucky = 0.99;

    assertThat(comparison.in("ring").get(2).hasLost()).isTrue();
    assertThat(SampleComparison.threeSeeds(lucky).ranked("ring", Measure.ACCURACY))
        .extracting(Comparison.Row::algorithm)
        .containsExactly("good", "same, nearly", "control", "broken");
  }
}
