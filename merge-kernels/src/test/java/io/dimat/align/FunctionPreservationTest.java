package io.dimat.align;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.learn.Batch;
import io.dimat.learn.RandomParams;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** A legal permutation of the units leaves the logits where they were. */
class FunctionPreservationTest {
  private static final int RANDOM_NETWORKS = 300;

  /** The networks of 10 to 25 million parameters are held on the native engine, in spark-job. */
  static Stream<Network> zoo() {
    Shape small = new Shape(3, 9, 8);
    return Stream.concat(
        SmallNetworks.all(),
        Stream.of(Shortcut.values())
            .flatMap(
                s ->
                    Stream.of("cnn", "mlp", "resnet20")
                        .map(n -> Zoo.create(n, options(small, s)))));
  }

  private static ZooOptions options(Shape input, Shortcut shortcut) {
    return new ZooOptions(input, 5, 1, shortcut);
  }

  private static double[] logits(Network network, ParamVector params) {
    Batch batch = new SyntheticImages(network.inputShape(), network.classes(), 0.5, 3).batch(4, 0);
    try (ReferenceLearner learner = new ReferenceLearner(network)) {
      learner.load(params);
      return learner.features(batch, network.layers().get(network.layers().size() - 1).name());
    }
  }

  /** Largest difference of the logits, relative to the largest logit. */
  private static double change(Network network, ParamVector before, ParamVector after) {
    double[] a = logits(network, before);
    double[] b = logits(network, after);
    double difference = 0;
    for (int i = 0; i < a.length; i++) {
      difference = Math.max(difference, Math.abs(a[i] - b[i]));
    }
    return difference / Arrays.stream(a).map(Math::abs).max().orElseThrow();
  }

  /** Moves every unit. */
  private static Alignment rotation(PermutationSpec spec) {
    return new Alignment(
        spec.groups().stream()
            .map(g -> IntStream.range(0, g.size()).map(r -> (r + 1) % g.size()).toArray())
            .map(Permutation::of)
            .toList());
  }

  private static void assertPreserved(Network network, long seed) {
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector params = RandomParams.of(network, seed);
    ParamVector permuted = spec.apply(Alignment.random(spec, seed + 1), params);
    assertThat(change(network, params, permuted))
        .as("%s seed %d", network.layers(), seed)
        .isLessThanOrEqualTo(1e-10);
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void apply_zooNetwork_keepsTheLogits(Network network) {
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector params = RandomParams.of(network, 4);
    assertThat(change(network, params, spec.apply(rotation(spec), params)))
        .isLessThanOrEqualTo(1e-10);
    assertPreserved(network, 4);
  }

  @Test
  void apply_randomDags_keepsTheLogits() {
    LongStream.range(0, RANDOM_NETWORKS).forEach(s -> assertPreserved(RandomNetworks.of(s), s));
  }

  @Test
  void randomDags_takenTogether_haveEverythingThatCanGoWrong() {
    List<PermutationSpec> specs = new ArrayList<>();
    List<Layer> layers = new ArrayList<>();
    for (long s = 0; s < RANDOM_NETWORKS; s++) {
      Network network = RandomNetworks.of(s);
      layers.addAll(network.layers());
      specs.add(PermutationSpec.of(network));
    }
    assertThat(layers.stream().map(Object::getClass).distinct()).hasSize(11);
    Stream<PermutedAxis> axes =
        specs.stream().flatMap(s -> s.groups().stream()).flatMap(g -> g.axes().stream());
    assertThat(axes).anyMatch(a -> a.offset() > 0 && a.repeat() > 1);
    assertThat(specs).anyMatch(s -> s.groups().stream().anyMatch(g -> g.ties().size() > 1));
    String fixed = String.join("\n", specs.stream().flatMap(s -> s.fixed().stream()).toList());
    assertThat(fixed)
        .contains("grouped differently", "groups, which units may not leave")
        .containsPattern("images.* ties ");
    assertThat(specs.stream().flatMap(s -> s.groups().stream()).flatMap(g -> g.ties().stream()))
        .anyMatch(tie -> tie.contains("depthwise"));
    assertThat(layers).anyMatch(layer -> layer instanceof Layer.Pool2d pool && pool.padding() > 0);
  }

  @ParameterizedTest
  @MethodSource("zoo")
  void apply_everyGroupWithoutOneAxis_changesTheLogits(Network network) {
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector params = RandomParams.of(network, 4);
    ParamVector permuted = spec.apply(rotation(spec), params);
    for (PermutationGroup group : spec.groups().subList(0, Math.min(3, spec.groups().size()))) {
      String tensor = group.axes().get(0).tensor();
      ParamVector broken = permuted.with(tensor, params.slice(tensor));
      assertThat(change(network, params, broken)).as(tensor).isGreaterThan(1e-6);
    }
  }
}
