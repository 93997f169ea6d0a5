package io.dimat.align;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.learn.RandomParams;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.tensor.ParamVector;
import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

class SoftAlignmentTest {
  private static final int RANDOM_NETWORKS = 100;

  /** Two inputs, two hidden units, one of them read by two logits. */
  private static final Network PAIR =
      new Network(
          "pair",
          List.of(
              new Layer.Input("in", Shape.vector(2)),
              new Layer.Dense("fc", "in", 2, true),
              new Layer.BatchNorm("bn", "fc"),
              new Layer.Dense("head", "bn", 2, false),
              new Layer.Output("out", "head")));

  @Test
  void applyTo_permutationsOnRandomDags_isTheGather() {
    LongStream.range(0, RANDOM_NETWORKS)
        .forEach(
            seed -> {
              Network network = RandomNetworks.of(seed);
              PermutationSpec spec = PermutationSpec.of(network);
              ParamVector params = RandomParams.of(network, seed);
              Alignment alignment = Alignment.random(spec, seed + 1);
              SoftAlignment soft = SoftAlignment.of(alignment);
              assertThat(soft.applyTo(spec, params)).isEqualTo(alignment.applyTo(spec, params));
              assertThat(soft.applyTo(spec, params.trainable()))
                  .isEqualTo(alignment.applyTo(spec, params.trainable()));
            });
  }

  @Test
  void carry_permutation_gathersLikeTheBiases() {
    Alignment alignment = new Alignment(List.of(Permutation.of(2, 0, 1)));
    double[] numbers = {10, 20, 30};
    assertThat(alignment.carry(0, numbers)).containsExactly(30, 10, 20);
    assertThat(SoftAlignment.of(alignment).carry(0, numbers)).containsExactly(30, 10, 20);
  }

  @Test
  void applyTo_handMadeMatrices_mixesRowsByProduceAndColumnsByConsume() {
    PermutationSpec spec = PermutationSpec.of(PAIR);
    UnitMixing mixing =
        UnitMixing.of(2, new double[] {1, 0.5, 0, 2}, new double[] {1, 3, -0.25, 0.5});
    ParamVector mixed =
        new SoftAlignment(List.of(mixing))
            .applyTo(
                spec,
                ParamVector.zeros(PAIR.layout())
                    .with("fc.weight", new float[] {1, 2, 3, 4})
                    .with("fc.bias", new float[] {5, 6})
                    .with("bn.running_mean", new float[] {7, 8})
                    .with("bn.running_var", new float[] {2, 4})
                    .with("head.weight", new float[] {1, 2, 3, 4}));
    assertThat(mixed.slice("fc.weight")).containsExactly(2.5f, 4, 6, 8);
    assertThat(mixed.slice("fc.bias")).containsExactly(8, 12);
    assertThat(mixed.slice("bn.running_mean")).containsExactly(11, 16);
    assertThat(mixed.slice("bn.running_var")).containsExactly(4, 8);
    assertThat(mixed.slice("head.weight")).containsExactly(0.5f, 4, 2, 11);
  }

  @Test
  void applyTo_inverseMatricesOfALinearNetwork_keepsTheFunction() {
    Network linear =
        new Network(
            "linear",
            List.of(
                new Layer.Input("in", Shape.vector(3)),
                new Layer.Dense("fc", "in", 2, false),
                new Layer.Dense("head", "fc", 2, false),
                new Layer.Output("out", "head")));
    PermutationSpec spec = PermutationSpec.of(linear);
    ParamVector params = RandomParams.of(linear, 4);
    UnitMixing mixing = UnitMixing.of(2, new double[] {2, 1, 1, 1}, new double[] {1, -1, -1, 2});
    ParamVector mixed = new SoftAlignment(List.of(mixing)).applyTo(spec, params);
    assertThat(mixed).isNotEqualTo(params);
    assertThat(composed(mixed)).containsExactly(composed(params), within(1e-5));
  }

  /** {@code head fc}, [2, 3]. */
  private static double[] composed(ParamVector params) {
    float[] fc = params.slice("fc.weight");
    float[] head = params.slice("head.weight");
    double[] product = new double[6];
    for (int i = 0; i < product.length; i++) {
      int r = i / 3;
      int c = i % 3;
      product[i] = (double) head[2 * r] * fc[c] + (double) head[2 * r + 1] * fc[3 + c];
    }
    return product;
  }

  @Test
  void matrices_roundTrip_areThoseThatWereGiven() {
    double[] produce = {1, 0.5, 0, 2};
    double[] consume = {1, 3, -0.25, 0.5};
    UnitMixing mixing = UnitMixing.of(2, produce, consume);
    assertThat(mixing.produce()).containsExactly(produce);
    assertThat(mixing.consume()).containsExactly(consume);
    assertThat(mixing).isEqualTo(UnitMixing.of(2, produce, consume));
    assertThat(mixing).isNotEqualTo(UnitMixing.of(Permutation.identity(2)));
  }

  @Test
  void wrongSizes_areRefused() {
    PermutationSpec spec = PermutationSpec.of(PAIR);
    SoftAlignment three = SoftAlignment.of(new Alignment(List.of(Permutation.identity(3))));
    assertThatThrownBy(() -> three.applyTo(spec, ParamVector.zeros(PAIR.layout())))
        .hasMessageContaining("sizes [2], got [3]");
    assertThatThrownBy(() -> three.carry(0, new double[2])).hasMessageContaining("got 2");
    assertThatThrownBy(() -> UnitMixing.of(2, new double[4], new double[3]))
        .hasMessageContaining("consume needs 2 x 2 values, got 3");
    assertThatThrownBy(() -> UnitMixing.of(1, new double[] {Double.NaN}, new double[1]))
        .hasMessageContaining("produce needs finite values");
  }
}
