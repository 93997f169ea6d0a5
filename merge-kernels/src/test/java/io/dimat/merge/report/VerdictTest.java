package io.dimat.merge.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class VerdictTest {
  private static final Verdict.Rule RULE = new Verdict.Rule(0.05, 1000, 10);

  @Test
  void of_mergeAsGoodAsTheParents_isGood() {
    assertThat(verdict(0.80, 0.10, 0.20, 0.82, 0.78).grade()).isEqualTo(Verdict.Grade.GOOD);
  }

  @Test
  void of_mergeBetweenItsControlsAndTheBestParent_isWeak() {
    assertThat(verdict(0.70, 0.10, 0.20, 0.90, 0.72).grade()).isEqualTo(Verdict.Grade.WEAK);
  }

  @Test
  void of_mergeBelowEveryParentByMoreThanTheMargin_isRefusedWithTheNumbers() {
    Verdict verdict = verdict(0.60, 0.10, 0.20, 0.90, 0.66);

    assertThat(verdict.grade()).isEqualTo(Verdict.Grade.REFUSED);
    assertThat(verdict.reasons())
        .containsExactly(
            "the merged model reaches 60.0 %, more than 5.0 points below every parent, the worst of which reaches 66.0 %");
  }

  @Test
  void of_mergeBelowEveryParentWithinTheMargin_isNotRefused() {
    assertThat(verdict(0.62, 0.10, 0.20, 0.66, 0.66).grade()).isEqualTo(Verdict.Grade.GOOD);
  }

  @Test
  void of_mergeBelowFinishedAveraging_isRefused() {
    Verdict verdict = verdict(0.60, 0.10, 0.70, 0.62, 0.62);

    assertThat(verdict.grade()).isEqualTo(Verdict.Grade.REFUSED);
    assertThat(verdict.reasons())
        .singleElement()
        .asString()
        .contains("averaging without alignment, which reaches 70.0 %");
  }

  @Test
  void of_parentMuchBetterOnceRecalibrated_makesTheMergeWeakAndSaysSo() {
    Parent parent =
        new Parent("a", "a.safetensors", 1, true, score(0.70), Optional.of(new Score(1, 0.80)));
    List<Candidate> candidates = List.of(new Candidate(Candidate.Kind.MERGED, score(0.72)));

    Verdict verdict = Verdict.of(List.of(parent), candidates, RULE);

    assertThat(verdict.grade()).isEqualTo(Verdict.Grade.WEAK);
    assertThat(verdict.reasons())
        .containsExactly(
            "the merged model reaches 72.0 %, the best parent 70.0 %, the best with batch norm re-estimated like the merge's 80.0 %");
  }

  @Test
  void of_fewImagesAndParentsAtChance_saysThatTheVerdictSaysLittle() {
    List<Parent> parents = List.of(parent("a", 0.12), parent("b", 0.14));
    List<Candidate> candidates = List.of(new Candidate(Candidate.Kind.MERGED, score(0.13)));

    Verdict verdict = Verdict.of(parents, candidates, new Verdict.Rule(0.05, 64, 10));

    assertThat(verdict.reasons())
        .hasSize(3)
        .anyMatch(reason -> reason.contains("guessing among 10 classes"))
        .anyMatch(reason -> reason.contains("on 64 images accuracies differ by up to"));
  }

  @Test
  void of_imagesWithoutLabels_isNotJudged() {
    List<Candidate> candidates = List.of(new Candidate(Candidate.Kind.MERGED, Optional.empty()));

    assertThat(Verdict.of(List.of(), candidates, RULE).grade()).isEqualTo(Verdict.Grade.UNJUDGED);
  }

  private static Verdict verdict(
      double merged, double averaged, double control, double first, double second) {
    List<Parent> parents = List.of(parent("a", first), parent("b", second));
    List<Candidate> candidates =
        List.of(
            new Candidate(Candidate.Kind.AVERAGED, score(averaged)),
            new Candidate(Candidate.Kind.AVERAGED_FINISHED, score(control)),
            new Candidate(Candidate.Kind.MERGED, score(merged)));
    return Verdict.of(parents, candidates, RULE);
  }

  private static Parent parent(String name, double accuracy) {
    return new Parent(
        name, name + ".safetensors", 0.5, name.equals("a"), score(accuracy), Optional.empty());
  }

  private static Optional<Score> score(double accuracy) {
    return Optional.of(new Score(1, accuracy));
  }
}
