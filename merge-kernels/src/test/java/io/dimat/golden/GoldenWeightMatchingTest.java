package io.dimat.golden;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.align.Alignment;
import io.dimat.align.BlockedMatrixProduct;
import io.dimat.align.Permutation;
import io.dimat.align.PermutationSpec;
import io.dimat.align.VisitingOrder;
import io.dimat.align.WeightMatch;
import io.dimat.align.WeightMatching;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Weight matching finds what the official code found, and more where it may look longer. */
class GoldenWeightMatchingTest {
  private static final int GROUPS = 5;

  /** The visiting order of every sweep, as recorded in the manifest. */
  private static final List<Permutation> VISITS =
      List.of(
          Permutation.of(4, 0, 1, 3, 2),
          Permutation.of(3, 4, 0, 1, 2),
          Permutation.of(2, 4, 1, 3, 0),
          Permutation.of(1, 4, 3, 2, 0),
          Permutation.of(1, 0, 4, 2, 3));

  private final PermutationSpec spec = PermutationSpec.of(GoldenVgg.network());
  private final WeightMatching matching = new WeightMatching(spec, new BlockedMatrixProduct());
  private ParamVector a;
  private ParamVector b;
  private Alignment recorded;
  private GoldenVgg golden;

  @BeforeEach
  void findRecording() {
    golden = GoldenVgg.orSkip();
    a = golden.model("model_A_raw");
    b = golden.model("model_B_raw");
    recorded =
        new Alignment(
            IntStream.range(0, GROUPS)
                .mapToObj(k -> Permutation.of(golden.weightPermutation(k)))
                .toList());
  }

  @Test
  void match_recordedVisitingOrder_isTheRecordedMatching() {
    WeightMatch match =
        matching.match(a, b, Alignment.identity(spec), VisitingOrder.recorded(VISITS));
    assertThat(match.alignment()).isEqualTo(recorded);
    assertThat(match.sweeps()).isEqualTo(VISITS.size());
    ParamVector aligned = spec.apply(match.alignment(), b);
    for (ParamSlice slice : aligned.layout().slices()) {
      assertThat(aligned.slice(slice.name()))
          .as(slice.name())
          .containsExactly(golden.weightMatched(slice.name()));
    }
  }

  @Test
  void best_ofAFewRestarts_isAtLeastAsGoodAsTheRecordedOne() {
    ParamVector aligned = spec.apply(recorded, b);
    double objective = 0;
    for (int i = 0; i < aligned.size(); i++) {
      objective += (double) a.at(i) * aligned.at(i);
    }
    assertThat(matching.best(a, b, 1, 5).objective()).isGreaterThanOrEqualTo(objective);
  }
}
