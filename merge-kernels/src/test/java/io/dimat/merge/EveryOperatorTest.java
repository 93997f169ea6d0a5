package io.dimat.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.align.MatchPoints;
import io.dimat.align.MatchScore;
import io.dimat.align.RandomNetworks;
import io.dimat.align.UnitZip;
import io.dimat.learn.SmallNetworks;
import io.dimat.merge.Operators.Options;
import io.dimat.network.Network;
import io.dimat.tensor.ParamVector;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.MethodSource;

/** What holds for every operator of the registry, on networks of every kind. */
class EveryOperatorTest {
  private static final double[] WEIGHTS = {0.5, 0.2, 0.3};

  /** Small ones and those random ones whose units matter: averaging permuted copies breaks them. */
  private static final List<Network> NETWORKS =
      Stream.concat(
              Stream.of(SmallNetworks.mlp(), SmallNetworks.residual(), SmallNetworks.depthwise()),
              LongStream.range(0, 30)
                  .mapToObj(RandomNetworks::of)
                  .filter(EveryOperatorTest::breaksWhenAveraged)
                  .limit(5))
          .toList();

  private static boolean breaksWhenAveraged(Network network) {
    MergeBench bench = MergeBench.of(network);
    ParamVector[] copies = bench.permutedCopies(3);
    Merged averaged = bench.merge(new WeightAveraging(), WEIGHTS, copies);
    return bench.difference(copies[0], averaged.model()) > 0.1;
  }

  static Stream<Arguments> cases() {
    return Operators.names().stream()
        .flatMap(name -> NETWORKS.stream().map(network -> Arguments.of(name, network)));
  }

  static Stream<Arguments> permuting() {
    return cases().filter(c -> aligns(c) && !operator(c).mixesUnits());
  }

  private static boolean aligns(Arguments arguments) {
    return operator(arguments).aligns();
  }

  private static MergeOperator operator(Arguments arguments) {
    return Operators.create((String) arguments.get()[0], Options.DEFAULTS);
  }

  private static MergeOperator operator(String name) {
    return Operators.create(name, Options.DEFAULTS);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void merge_oneModel_isThatModel(String name, Network network) {
    MergeBench bench = MergeBench.of(network);
    ParamVector model = bench.random(1);

    assertThat(bench.merge(operator(name), new double[] {1}, model).model()).isEqualTo(model);
  }

  @ParameterizedTest
  @MethodSource("permuting")
  void merge_permutedCopies_isTheSameFunction(String name, Network network) {
    requirePreserved(operator(name), network, 3, 1e-5);
  }

  private static void requirePreserved(
      MergeOperator operator, Network network, int copies, double tolerance) {
    MergeBench bench = MergeBench.of(network);
    ParamVector[] models = bench.permutedCopies(copies);
    double[] weights = copies == 2 ? new double[] {0.4, 0.6} : WEIGHTS;

    ParamVector merged = bench.merge(operator, weights, models).model();

    assertThat(bench.difference(models[0], merged)).isCloseTo(0, within(tolerance));
  }

  static Stream<Network> networks() {
    return NETWORKS.stream();
  }

  /** What is merged already counts less by the default factor, so only pairs surely find back. */
  @ParameterizedTest
  @MethodSource("networks")
  void zip_permutedCopies_isTheSameFunction(Network network) {
    UnitZip undiscounted = new UnitZip(1, UnitZip.DEFAULT.budget());

    requirePreserved(operator(Operators.ZIPIT), network, 2, 1e-5);
    requirePreserved(new ZipMerge(undiscounted, MatchPoints.LAST, ""), network, 3, 1e-5);
    requirePreserved(new ZipMerge(undiscounted, MatchPoints.ALL, ""), network, 3, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("networks")
  void transport_permutedCopies_isTheSameFunctionTheNearerTheLessRegularised(Network network) {
    MergeBench bench = MergeBench.of(network);
    ParamVector[] copies = bench.permutedCopies(3);
    for (Folding folding : Folding.values()) {
      double before = Double.POSITIVE_INFINITY;
      for (double regularisation : new double[] {0.05, 1e-2, 1e-3, 1e-4, 1e-5}) {
        Aligner aligner = new TransportAligner(MatchPoints.ALL, regularisation);
        Merged merged = bench.merge(new AlignedMerge(aligner, folding), WEIGHTS, copies);
        double difference = bench.difference(copies[0], merged.model());
        assertThat(difference).isLessThanOrEqualTo(before);
        before = difference;
      }
      assertThat(before).isCloseTo(0, within(1e-5));
    }
  }

  @ParameterizedTest
  @EnumSource
  void activationMatching_permutedCopiesByEveryScore_isTheSameFunction(MatchScore score) {
    for (Network network : NETWORKS) {
      for (MatchPoints points : MatchPoints.values()) {
        for (Folding folding : Folding.values()) {
          requirePreserved(
              new AlignedMerge(new ActivationAligner(points, score), folding), network, 3, 1e-5);
        }
      }
    }
  }

  @ParameterizedTest
  @MethodSource("networks")
  void weightMatching_permutedCopiesInTurn_isTheSameFunction(Network network) {
    requirePreserved(
        new AlignedMerge(new WeightAligner(3, 1), Folding.SEQUENTIAL), network, 3, 1e-5);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void merge_otherAgentNumbers_isTheSameUpToRounding(String name, Network network) {
    MergeBench bench = MergeBench.of(network);
    ParamVector a = bench.random(1);
    ParamVector b = bench.random(2);
    ParamVector c = bench.random(3);

    ParamVector merged = bench.merge(operator(name), WEIGHTS, a, b, c).model();
    ParamVector renumbered =
        bench.merge(operator(name), new double[] {0.5, 0.3, 0.2}, a, c, b).model();

    assertThat(renumbered.toArray())
        .usingComparatorWithPrecision(1e-5f)
        .containsExactly(merged.toArray());
  }

  @ParameterizedTest
  @MethodSource("cases")
  void merge_twice_sameBitsAndModelsAreNotModified(String name, Network network) {
    MergeBench bench = MergeBench.of(network);
    ParamVector[] models = {bench.random(1), bench.random(2), bench.random(3)};
    List<float[]> before = Stream.of(models).map(ParamVector::toArray).toList();

    Merged merged = bench.merge(operator(name), WEIGHTS, models);

    assertThat(bench.merge(operator(name), WEIGHTS, models)).isEqualTo(merged);
    assertThat(merged.model().isFinite()).isTrue();
    assertThat(Stream.of(models).map(ParamVector::toArray)).containsExactlyElementsOf(before);
  }

  @ParameterizedTest
  @MethodSource("cases")
  void merge_differentModels_reportsEveryGroupWithinItsRange(String name, Network network) {
    MergeBench bench = MergeBench.of(network);

    Merged merged =
        bench.merge(operator(name), WEIGHTS, bench.random(1), bench.random(2), bench.random(3));

    assertThat(merged.groups())
        .hasSize(operator(name).aligns() ? bench.spec().groups().size() : 0)
        .allMatch(g -> Math.abs(g.correlation()) <= 1 + 1e-6)
        .allMatch(g -> g.identityFraction() >= 0 && g.identityFraction() <= 1 + 1e-6);
  }
}
