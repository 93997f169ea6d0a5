package io.dimat.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.align.MatchPoints;
import io.dimat.align.UnitZip;
import io.dimat.learn.ModelPair;
import io.dimat.learn.SmallNetworks;
import io.dimat.merge.report.GroupQuality;
import io.dimat.merge.report.MatchTable;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.tensor.ParamVector;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class ZipMergeTest {
  private static final double[] HALVES = {0.5, 0.5};
  private static final double[] WEIGHTS = {0.5, 0.2, 0.3};

  private static ZipMerge until(String group) {
    return new ZipMerge(UnitZip.DEFAULT, MatchPoints.LAST, group);
  }

  static Stream<Network> networks() {
    return SmallNetworks.all();
  }

  @ParameterizedTest
  @MethodSource("networks")
  void merge_untilTheFirstGroup_keepsTheReferencesHeadAndTheFunctionOfPermutedCopies(
      Network network) {
    MergeBench bench = MergeBench.of(network);
    String end = ends(network).get(0);
    ParamVector[] copies = bench.permutedCopies(2);

    Merged zipped = bench.merge(until(end), HALVES, copies);

    assertThat(zipped.referenceTensors()).contains("head.weight", "head.bias");
    assertThat(zipped.groups()).hasSizeLessThanOrEqualTo(bench.spec().groups().size());
    assertThat(bench.difference(copies[0], zipped.model())).isCloseTo(0, within(1e-5));
  }

  /** The names that the message offers. */
  private static List<String> ends(Network network) {
    String line = until("nothing").refusal(network).orElseThrow();
    return List.of(line.substring(line.indexOf('[') + 1, line.indexOf(']')).split(", "));
  }

  @Test
  void merge_untilAGroup_behindItNothingDependsOnTheOthersHeads() {
    Network network = SmallNetworks.mlp();
    MergeBench bench = MergeBench.of(network);
    ParamVector a = bench.random(1);
    ParamVector b = bench.random(2);
    ParamVector other = b.with("head.bias", new float[] {9, 9, 9, 9});

    ParamVector zipped = bench.merge(until("fc1"), HALVES, a, b).model();

    assertThat(bench.merge(until("fc1"), HALVES, a, other).model()).isEqualTo(zipped);
    assertThat(zipped.slice("head.weight")).isEqualTo(a.slice("head.weight"));
    assertThat(zipped.slice("fc1.bias")).isNotEqualTo(a.slice("fc1.bias"));
  }

  @Test
  void refusal_untilInsideAResidualStage_namesTheGroupsWhereANetworkCanBeCut() {
    assertThat(until("stem").refusal(SmallNetworks.residual())).isEmpty();
    assertThat(until("conv1").refusal(SmallNetworks.residual()))
        .hasValue(
            "zipping must end with a group that no other goes on beside,"
                + " of network residual one of [stem], got conv1");
    assertThat(ends(SmallNetworks.mlp())).containsExactly("fc1", "fc2");
    assertThat(until("").refusal(SmallNetworks.residual())).isEmpty();
  }

  @Test
  void merge_modelOfWeightZero_isLeftOut() {
    MergeBench bench = MergeBench.of(SmallNetworks.residual());
    ParamVector a = bench.random(1);
    ParamVector b = bench.random(2);

    Merged zipped = bench.merge(until(""), new double[] {0.4, 0.6, 0}, a, b, bench.random(3));

    assertThat(zipped.model())
        .isEqualTo(bench.merge(until(""), new double[] {0.4, 0.6}, a, b).model());
    assertThat(zipped.alignments()).containsOnlyKeys(3, 4);
    assertThat(bench.merge(until(""), new double[] {1, 0}, a, b).model()).isEqualTo(a);
  }

  @Test
  void merge_unusableWeights_areRefusedWithTheAgent() {
    MergeBench bench = MergeBench.of(SmallNetworks.mlp());
    ParamVector a = bench.random(1);

    assertThatThrownBy(() -> bench.merge(until(""), new double[] {0, 1}, a, bench.random(2)))
        .hasMessage(
            "zipping needs weights of at least 0, above 0 for the reference, got 0.0 for agent 3");
    assertThatThrownBy(() -> bench.merge(until(""), new double[] {1.5, -0.5}, a, bench.random(2)))
        .hasMessageEndingWith("got -0.5 for agent 4");
  }

  @Test
  void merge_sameModelTwice_correlatesFullyUnitByUnit() {
    MergeBench bench = MergeBench.of(SmallNetworks.depthwise());
    ParamVector a = bench.random(1);

    assertThat(bench.merge(until(""), WEIGHTS, a, a, a).groups())
        .isNotEmpty()
        .allMatch(g -> g.correlation() > 0.999 && g.identityFraction() > 0.999);
  }

  /** Every hidden layer has a bias, so that REPAIR has a place for its shift. */
  private static Network biased() {
    return new Network(
        "biased",
        List.of(
            new Layer.Input("in", new Shape(1, 4, 3)),
            new Layer.Flatten("flat", "in"),
            new Layer.Dense("fc1", "flat", 7, true),
            new Layer.Activation("act1", "fc1", Layer.Activation.Function.RELU),
            new Layer.Dense("fc2", "act1", 5, true),
            new Layer.Activation("act2", "fc2", Layer.Activation.Function.RELU),
            new Layer.Dense("head", "act2", 4, true),
            new Layer.Output("out", "head")));
  }

  private static CrossMoments moments(Probe probe, ParamVector model, String layer) {
    return probe
        .crossMoments(
            List.of(model), List.of(new ModelPair(0, 0)), List.of(new MatchPoint(0, layer)))
        .get(0)
        .get(0);
  }

  @Test
  void repair_partialZip_givesTheHeadTheReferencesOwnScale() {
    MergeBench bench = MergeBench.inOneBatch(biased(), 256);
    MergeInput input = bench.input(HALVES, bench.random(1), bench.random(2));
    Merged zipped = until("fc1").merge(input);

    ParamVector repaired = Repair.of(input, zipped);

    assertThat(repaired.isFinite()).isTrue();
    CrossMoments head = moments(input.probe(), repaired, "fc2");
    CrossMoments reference = moments(input.probe(), input.referenceModel(), "fc2");
    for (int u = 0; u < head.units(); u++) {
      double deviation = Math.sqrt(reference.variancesA()[u]);
      assertThat(Math.sqrt(head.variancesA()[u]))
          .isCloseTo(deviation, within(0.02 * deviation + 1e-4));
      assertThat(head.meansA()[u])
          .isCloseTo(reference.meansA()[u], within(0.02 * deviation + 1e-3));
    }
    assertThat(repaired.slice("fc1.weight")).isNotEqualTo(zipped.model().slice("fc1.weight"));
  }

  @Test
  void matchTable_partialZipWithAModelLeftOut_saysNothingOfWhatWasNotZipped() {
    MergeBench bench = MergeBench.of(SmallNetworks.mlp());
    MergeInput input =
        bench.input(new double[] {0.5, 0.5, 0}, bench.random(1), bench.random(2), bench.random(3));

    List<GroupQuality> table =
        MatchTable.of(
            input, until("fc1").merge(input), new TreeMap<>(Map.of(3, "a", 4, "b", 5, "c")));

    assertThat(table).hasSize(4);
    assertThat(table.get(0).correlationAfter()).isBetween(-1.0, 1.0);
    assertThat(table.subList(1, 4)).allMatch(row -> Double.isNaN(row.correlationAfter()));
  }
}
