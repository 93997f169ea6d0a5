package io.dimat.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.learn.NarrowZoo;
import io.dimat.learn.RandomParams;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class WeightMatchingTest {
  private static final int RANDOM_NETWORKS = 300;
  private static final int RESTARTS = 4;

  static Stream<Network> zoo() {
    Shape shape = new Shape(3, 12, 12);
    Stream<Network> small =
        Stream.of(Shortcut.values())
            .flatMap(
                shortcut ->
                    Stream.of("cnn", "mlp", "resnet20")
                        .map(name -> Zoo.create(name, new ZooOptions(shape, 4, 1, shortcut))));
    return Stream.concat(small, NarrowZoo.all());
  }

  private static WeightMatching matching(PermutationSpec spec) {
    return new WeightMatching(spec, new BlockedMatrixProduct());
  }

  private static WeightMatch matchPermutedCopy(Network network, Alignment shuffle, long seed) {
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector reference = RandomParams.of(network, seed);
    return matching(spec).best(reference, spec.apply(shuffle, reference), seed, RESTARTS);
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void best_permutedCopyOfAZooNetwork_isUndoneExactly(Network network) {
    Alignment shuffle = Alignment.random(PermutationSpec.of(network), 7);
    WeightMatch match = matchPermutedCopy(network, shuffle, 3);
    assertThat(match.alignment()).isEqualTo(shuffle.inverse());
    assertThat(match.matching().groups())
        .allSatisfy(g -> assertThat(g.matchedCorrelation()).isCloseTo(1, within(1e-6)))
        .allMatch(g -> g.deadUnits() == 0 && g.tiedUnits() == 0);
  }

  @Test
  void best_permutedCopiesOfRandomDags_areUndoneExactly() {
    List<Long> missed = new ArrayList<>();
    LongStream.range(0, RANDOM_NETWORKS)
        .forEach(
            seed -> {
              Network network = RandomNetworks.of(seed);
              Alignment shuffle = Alignment.random(PermutationSpec.of(network), seed + 1);
              WeightMatch match = matchPermutedCopy(network, shuffle, seed);
              if (!match.alignment().equals(shuffle.inverse())) {
                missed.add(seed);
              }
            });
    assertThat(missed).isEmpty();
  }

  @Test
  void match_moreSweeps_neverLowerTheObjective() {
    Network network =
        Zoo.create("resnet20", new ZooOptions(new Shape(3, 8, 8), 4, 1, Shortcut.CONV3X3));
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector a = RandomParams.of(network, 1);
    ParamVector b = RandomParams.of(network, 2);
    WeightScores scores = new WeightScores(spec, a, b, new BlockedMatrixProduct());
    WeightDescent descent = new WeightDescent(scores, Alignment.identity(spec));
    double objective = scores.total(descent.alignment());
    int changes = 0;
    for (int visit = 0; visit < 100; visit++) {
      boolean changed = descent.visit(visit * 7 % spec.groups().size());
      double now = scores.total(descent.alignment());
      assertThat(now - objective > 1e-12).isEqualTo(changed);
      changes += changed ? 1 : 0;
      objective = now;
    }
    assertThat(changes).isGreaterThan(10);
    assertThat(
            matching(spec).match(a, b, descent.alignment(), VisitingOrder.ascending()).objective())
        .isGreaterThanOrEqualTo(objective);
  }

  @Test
  void match_oneHiddenLayer_isOneAssignment() {
    Network network = hidden(9);
    PermutationSpec spec = PermutationSpec.of(network);
    WeightMatch match =
        matching(spec)
            .match(
                RandomParams.of(network, 1),
                RandomParams.of(network, 2),
                Alignment.identity(spec),
                VisitingOrder.random(4));
    assertThat(match.sweeps()).isEqualTo(2);
    GroupMatch group = match.matching().groups().get(0);
    assertThat(group.matchedCorrelation()).isBetween(0.2, 0.99);
    assertThat(group.objective()).isLessThanOrEqualTo(match.objective() + 1);
  }

  private static Network hidden(int units) {
    return new Network(
        "hidden",
        List.of(
            new Layer.Input("in", Shape.vector(3)),
            new Layer.Dense("fc", "in", units, true),
            new Layer.BatchNorm("bn", "fc"),
            new Layer.Activation("relu", "bn", Layer.Activation.Function.RELU),
            new Layer.Dense("head", "relu", 2, true),
            new Layer.Output("out", "head")));
  }

  @Test
  void match_runningStatistics_doNotCount() {
    Network network = hidden(6);
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector a = RandomParams.of(network, 1);
    ParamVector b = RandomParams.of(network, 2);
    ParamVector shifted = b.with("bn.running_mean", new float[] {9, 1, 8, 2, 7, 3});
    assertThat(matching(spec).best(a, shifted, 1, 1)).isEqualTo(matching(spec).best(a, b, 1, 1));
  }

  @Test
  void best_duplicatedAndDeadUnits_keepTheirIndexAndAreCounted() {
    Network network = hidden(4);
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector model =
        ParamVector.zeros(network.layout())
            .with("fc.weight", new float[] {1, 2, 3, 1, 2, 3, 0, 0, 0, -3, 1, 2})
            .with("head.weight", new float[] {1, 1, 0, 2, 3, 3, 0, 4});
    WeightMatch match = matching(spec).best(model, model, 1, RESTARTS);
    assertThat(match.alignment().isIdentity()).isTrue();
    GroupMatch group = match.matching().groups().get(0);
    assertThat(group.tiedUnits()).isEqualTo(2);
    assertThat(group.deadUnits()).isEqualTo(2);
    assertThat(group.matchedCorrelation()).isCloseTo(1, within(1e-6));
  }

  @Test
  void best_sameSeed_isTheSameAndNoWorseThanFewerRestarts() {
    Network network =
        Zoo.create("cnn", new ZooOptions(new Shape(3, 12, 12), 4, 1, Shortcut.CONV3X3));
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector a = RandomParams.of(network, 1);
    ParamVector b = RandomParams.of(network, 2);
    WeightMatch three = matching(spec).best(a, b, 5, 3);
    assertThat(matching(spec).best(a, b, 5, 3)).isEqualTo(three);
    assertThat(three.objective())
        .isGreaterThanOrEqualTo(matching(spec).best(a, b, 5, 1).objective());
  }

  @Test
  void wrongArguments_areRefused() {
    Network network = hidden(2);
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector zeros = ParamVector.zeros(network.layout());
    ParamVector broken = zeros.with("fc.bias", new float[] {1, Float.NaN});
    assertThatThrownBy(() -> matching(spec).best(zeros, zeros, 1, 0))
        .hasMessageContaining("at least 1 restart, got 0");
    assertThatThrownBy(() -> matching(spec).best(zeros, broken, 1, 1))
        .hasMessageContaining("finite vectors");
    assertThatThrownBy(() -> matching(spec).best(zeros.trainable(), zeros, 1, 1))
        .hasMessageContaining("got reference of ParamVector");
    VisitingOrder recorded = VisitingOrder.recorded(List.of());
    assertThatThrownBy(() -> matching(spec).match(zeros, zeros, Alignment.identity(spec), recorded))
        .hasMessageContaining("needs sweep 0 over 1 groups");
  }
}
