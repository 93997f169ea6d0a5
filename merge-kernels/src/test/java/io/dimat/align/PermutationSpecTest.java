package io.dimat.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.learn.RandomParams;
import io.dimat.learn.SmallNetworks;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.tensor.ParamVector;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.List;
import org.junit.jupiter.api.Test;

class PermutationSpecTest {
  private static final Shape CIFAR = new Shape(3, 32, 32);

  private static Network zoo(String name) {
    return Zoo.create(name, new ZooOptions(CIFAR, 10, 1, Shortcut.CONV3X3));
  }

  private static PermutationGroup group(PermutationSpec spec, String name) {
    return spec.groups().stream().filter(g -> g.name().equals(name)).findFirst().orElseThrow();
  }

  @Test
  void of_resnet20_hasTheTwelveSpacesOfTheOfficialGraph() {
    PermutationSpec spec = PermutationSpec.of(zoo("resnet20"));
    assertThat(spec.matchPoints().stream().map(MatchPoint::layer))
        .containsExactlyInAnyOrder(
            "layer1.0.relu1",
            "layer1.1.relu1",
            "layer1.2.relu1",
            "layer1.2.relu2",
            "layer2.0.relu1",
            "layer2.1.relu1",
            "layer2.2.relu1",
            "layer2.2.relu2",
            "layer3.0.relu1",
            "layer3.1.relu1",
            "layer3.2.relu1",
            "layer3.2.relu2");
    assertThat(spec.groups().stream().map(PermutationGroup::size))
        .containsExactly(16, 16, 16, 16, 32, 32, 32, 32, 64, 64, 64, 64);
  }

  @Test
  void of_resnet20_tiesTheStreamOfAStage() {
    PermutationGroup stream = group(PermutationSpec.of(zoo("resnet20")), "layer2.0.conv2");
    assertThat(stream.layers())
        .containsExactly(
            "layer2.0.conv2", "layer2.0.shortcut.0", "layer2.1.conv2", "layer2.2.conv2");
    assertThat(stream.ties())
        .containsExactly(
            "layer2.0.add ties layer2.0.bn2 and layer2.0.shortcut.1",
            "layer2.1.add ties layer2.1.bn2 and layer2.0.relu2",
            "layer2.2.add ties layer2.2.bn2 and layer2.1.relu2");
    assertThat(stream.axes())
        .contains(
            new PermutedAxis("layer2.0.shortcut.0.weight", 0, 0, 1),
            new PermutedAxis("layer2.0.shortcut.1.running_var", 0, 0, 1),
            new PermutedAxis("layer2.2.conv1.weight", 1, 0, 1),
            new PermutedAxis("layer3.0.shortcut.0.weight", 1, 0, 1))
        .hasSize(4 + 4 * 4 + 4);
    assertThat(stream.matchPoint()).isEqualTo(new MatchPoint(stream.index(), "layer2.2.relu2"));
  }

  @Test
  void of_anyZooNetwork_fixesImagesAndLogitsOnly() {
    assertThat(PermutationSpec.of(zoo("resnet20")).fixed())
        .containsExactly(
            "the units of input keep their order: they are the channels of the images",
            "the units of linear keep their order: they are the logits");
    assertThat(PermutationSpec.of(zoo("mlp")).fixed()).hasSize(2);
    assertThat(PermutationSpec.of(zoo("cnn")).fixed()).hasSize(2);
  }

  @Test
  void of_resnet50_hasTheThirtySevenSpacesOfTheOfficialGraph() {
    PermutationSpec spec = PermutationSpec.of(zoo("resnet50"));
    assertThat(spec.groups()).hasSize(37);
    assertThat(spec.groups().stream().filter(g -> g.layers().size() > 1))
        .extracting(PermutationGroup::size)
        .containsExactly(256, 512, 1024, 2048);
    assertThat(spec.groups().get(0).matchPoint().layer()).isEqualTo("relu");
    assertThat(group(spec, "layer3.0.conv3").matchPoint().layer()).isEqualTo("layer3.5.relu3");
  }

  @Test
  void of_vgg_hasAGroupPerConvolutionSeenBehindItsActivation() {
    PermutationSpec plain = PermutationSpec.of(zoo("vgg11"));
    assertThat(plain.groups().stream().map(PermutationGroup::size))
        .containsExactly(64, 128, 256, 256, 512, 512, 512, 512);
    assertThat(plain.matchPoints().stream().map(MatchPoint::layer))
        .startsWith("features.1", "features.4")
        .endsWith("features.19");
    assertThat(PermutationSpec.of(zoo("vgg16-bn")).groups()).hasSize(13);
  }

  @Test
  void of_vggOnLargeImages_repeatsTheClassifiersColumns() {
    ZooOptions options = new ZooOptions(new Shape(3, 64, 64), 10, 1, Shortcut.CONV3X3);
    PermutationSpec spec = PermutationSpec.of(Zoo.create("vgg11", options));
    assertThat(group(spec, "features.18").axes())
        .contains(new PermutedAxis("classifier.weight", 1, 0, 4));
  }

  @Test
  void of_depthwiseConvolution_sharesOneGroupAndGathersAxisZeroOnly() {
    PermutationGroup shared = group(PermutationSpec.of(SmallNetworks.depthwise()), "expand");
    assertThat(shared.layers()).containsExactly("expand", "each");
    assertThat(shared.ties())
        .containsExactly("each is depthwise and ties its units to those of act1");
    assertThat(shared.axes().stream().filter(a -> a.tensor().startsWith("each.")))
        .containsExactly(
            new PermutedAxis("each.weight", 0, 0, 1), new PermutedAxis("each.bias", 0, 0, 1));
    assertThat(shared.matchPoint().layer()).isEqualTo("act2");
  }

  @Test
  void of_depthwiseConvolutionOfAConcat_followsEveryBranch() {
    Network network =
        new Network(
            "both",
            List.of(
                new Layer.Input("in", new Shape(1, 4, 4)),
                new Layer.Conv2d("a", "in", 2, 1, 1, 0, true),
                new Layer.Conv2d("b", "in", 3, 1, 1, 0, true),
                new Layer.Concat("ab", List.of("a", "b")),
                new Layer.Conv2d("each", "ab", 5, 3, 1, 1, 5, false),
                new Layer.GlobalAveragePool("pool", "each"),
                new Layer.Dense("head", "pool", 2, true),
                new Layer.Output("out", "head")));
    PermutationSpec spec = PermutationSpec.of(network);
    assertThat(group(spec, "a").axes()).contains(new PermutedAxis("each.weight", 0, 0, 1));
    assertThat(group(spec, "b").axes()).contains(new PermutedAxis("each.weight", 0, 2, 1));
  }

  @Test
  void of_convolutionInGroups_fixesBothSidesAndNamesTheLayer() {
    PermutationSpec spec = PermutationSpec.of(SmallNetworks.grouped());
    assertThat(spec.groups().stream().map(PermutationGroup::name)).containsExactly("mix");
    assertThat(spec.fixed())
        .contains(
            "the units of pairs keep their order: pairs is a convolution in 2 groups, which units"
                + " may not leave; twice is a convolution in 6 groups, which units may not leave",
            "the units of twice keep their order: twice is a convolution in 6 groups, which units"
                + " may not leave");
  }

  @Test
  void of_concatAndFlatten_offsetsAndRepeatsColumns() {
    PermutationSpec spec = PermutationSpec.of(SmallNetworks.branches());
    PermutationGroup right = group(spec, "right");
    assertThat(right.axes())
        .containsExactly(
            new PermutedAxis("right.weight", 0, 0, 1),
            new PermutedAxis("right.bias", 0, 0, 1),
            new PermutedAxis("head.weight", 1, 2 * 9, 9));
    // The activation sees both branches side by side, so each is observed before it.
    assertThat(right.matchPoint().layer()).isEqualTo("right");
  }

  @Test
  void of_sumOfDifferentlyGroupedUnits_fixesThemAndSaysWhy() {
    Network network =
        new Network(
            "mixed",
            List.of(
                new Layer.Input("in", new Shape(1, 4, 4)),
                new Layer.Conv2d("a", "in", 2, 1, 1, 0, true),
                new Layer.Conv2d("b", "in", 3, 1, 1, 0, true),
                new Layer.Conv2d("c", "in", 5, 1, 1, 0, true),
                new Layer.Concat("ab", List.of("a", "b")),
                new Layer.Add("sum", List.of("ab", "c")),
                new Layer.GlobalAveragePool("pool", "sum"),
                new Layer.Dense("head", "pool", 2, true),
                new Layer.Output("out", "head")));
    PermutationSpec spec = PermutationSpec.of(network);
    assertThat(spec.groups()).isEmpty();
    assertThat(spec.fixed())
        .contains("the units of c keep their order: sum adds units that are grouped differently");
    ParamVector params = RandomParams.of(network, 1);
    assertThat(spec.apply(Alignment.identity(spec), params)).isEqualTo(params);
  }

  @Test
  void of_sumOfEquallyGroupedUnits_tiesThemPairwise() {
    Network network =
        new Network(
            "pairs",
            List.of(
                new Layer.Input("in", new Shape(1, 4, 4)),
                new Layer.Conv2d("a", "in", 2, 1, 1, 0, true),
                new Layer.Conv2d("b", "in", 3, 1, 1, 0, true),
                new Layer.Conv2d("c", "in", 2, 1, 1, 0, true),
                new Layer.Conv2d("d", "in", 3, 1, 1, 0, true),
                new Layer.Concat("ab", List.of("a", "b")),
                new Layer.Concat("cd", List.of("c", "d")),
                new Layer.Add("sum", List.of("ab", "cd")),
                new Layer.GlobalAveragePool("pool", "sum"),
                new Layer.Dense("head", "pool", 2, true),
                new Layer.Output("out", "head")));
    assertThat(PermutationSpec.of(network).groups().stream().map(PermutationGroup::layers))
        .containsExactly(List.of("a", "c"), List.of("b", "d"));
  }

  @Test
  void of_branchAddedToTheLogits_isFixedWithItsReason() {
    Network network =
        new Network(
            "heads",
            List.of(
                new Layer.Input("in", Shape.vector(4)),
                new Layer.Dense("one", "in", 3, true),
                new Layer.Dense("two", "in", 3, true),
                new Layer.Add("sum", List.of("one", "two")),
                new Layer.Output("out", "sum")));
    assertThat(PermutationSpec.of(network).fixed())
        .contains(
            "the units of one, two keep their order: they are the logits"
                + " (sum ties one and two)");
  }

  @Test
  void of_everyUnit_belongsToOneGroupOrIsFixed() {
    for (long seed = 0; seed < 50; seed++) {
      Network network = RandomNetworks.of(seed);
      PermutationSpec spec = PermutationSpec.of(network);
      long makers =
          network.layers().stream()
              .filter(l -> l instanceof Layer.Conv2d || l instanceof Layer.Dense)
              .filter(l -> spec.groups().stream().noneMatch(g -> g.layers().contains(l.name())))
              .filter(l -> spec.fixed().stream().noneMatch(f -> f.matches(mentions(l.name()))))
              .count();
      assertThat(makers).isZero();
      for (PermutationGroup group : spec.groups()) {
        assertThat(network.shape(group.matchPoint().layer()).channels()).isEqualTo(group.size());
      }
    }
  }

  private static String mentions(String layer) {
    return "the units of (.*, )?" + layer + "(,.*)? keep .*";
  }

  @Test
  void apply_oneGroup_gathersItsAxesAndNothingElse() {
    Network network = zoo("cnn");
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector params = RandomParams.of(network, 2);
    Permutation p = Permutation.random(32, 9);
    Alignment alignment =
        new Alignment(List.of(Permutation.identity(16), p, Permutation.identity(64)));
    ParamVector applied = spec.apply(alignment, params);
    float[] before = params.slice("conv3.weight");
    float[] after = applied.slice("conv3.weight");
    for (int i = 0; i < after.length; i++) {
      int out = i / (32 * 9);
      int in = i / 9 % 32;
      assertThat(after[i]).isEqualTo(before[(out * 32 + p.get(in)) * 9 + i % 9]);
    }
    for (String vector : List.of("weight", "bias", "running_mean", "running_var")) {
      float[] old = params.slice("bn2." + vector);
      float[] gathered = applied.slice("bn2." + vector);
      for (int r = 0; r < 32; r++) {
        assertThat(gathered[r]).isEqualTo(old[p.get(r)]);
      }
    }
    assertThat(applied.slice("conv1.weight")).isEqualTo(params.slice("conv1.weight"));
    assertThat(applied.slice("linear.weight")).isEqualTo(params.slice("linear.weight"));
  }

  @Test
  void apply_inverseAndComposition_behaveLikeAGroup() {
    Network network = SmallNetworks.residual();
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector params = RandomParams.of(network, 2);
    Alignment one = Alignment.random(spec, 1);
    Alignment two = Alignment.random(spec, 2);
    assertThat(spec.apply(one.inverse(), spec.apply(one, params))).isEqualTo(params);
    assertThat(spec.apply(one.compose(two), params))
        .isEqualTo(spec.apply(two, spec.apply(one, params)));
    assertThat(one.compose(one.inverse()).identityFraction()).isEqualTo(1);
  }

  @Test
  void apply_trainablePart_isTheTrainablePartOfTheWhole() {
    Network network = zoo("resnet20");
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector params = RandomParams.of(network, 2);
    Alignment alignment = Alignment.random(spec, 1);
    assertThat(spec.apply(alignment, params.trainable()))
        .isEqualTo(spec.apply(alignment, params).trainable());
  }

  @Test
  void apply_foreignAlignmentOrVector_isRefused() {
    PermutationSpec spec = PermutationSpec.of(zoo("cnn"));
    ParamVector params = RandomParams.of(zoo("cnn"), 2);
    Alignment foreign = new Alignment(List.of(Permutation.identity(3)));
    assertThatThrownBy(() -> spec.apply(foreign, params))
        .hasMessageContaining("sizes [16, 32, 64], got [3]");
    assertThatThrownBy(() -> spec.apply(Alignment.identity(spec), RandomParams.of(zoo("mlp"), 2)))
        .hasMessageContaining("an alignment applies to vectors of");
  }

  @Test
  void serialization_roundTrip_isEqual() throws IOException, ClassNotFoundException {
    PermutationSpec spec = PermutationSpec.of(zoo("cnn"));
    Object[] values = {spec, Alignment.random(spec, 1)};
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(values);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat((Object[]) in.readObject()).containsExactly(values);
    }
  }
}
