package io.dimat.merge;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.dimat.align.Alignment;
import io.dimat.align.PermutationSpec;
import io.dimat.learn.Batches;
import io.dimat.learn.Learner;
import io.dimat.learn.RandomParams;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Network;
import io.dimat.protocol.ConsensusRule;
import io.dimat.tensor.ParamVector;
import java.util.List;
import org.junit.jupiter.api.Test;

class ConsensusModelTest {
  private final Network network = SmallNetworks.residual();
  private final Learner learner = new ReferenceLearner(network);
  private final Batches probe =
      new SyntheticImages(network.inputShape(), network.classes(), 1.0, 7).batches(2, 24, 1);

  @Test
  void of_plainMeanOfTwo_halfTheirDistanceEach() {
    List<ParamVector> models = List.of(RandomParams.of(network, 1), RandomParams.of(network, 2));

    ConsensusModel consensus =
        ConsensusModel.of(ConsensusRule.PLAIN_MEAN, 2, models::get, learner, probe);

    double half = Math.sqrt(models.get(0).squaredDistance(models.get(1))) / 2;
    assertThat(consensus.distance()).isCloseTo(half, within(1e-5 * half));
    assertThat(consensus.alignedDistance()).isEmpty();
    assertThat(consensus.model())
        .isEqualTo(ParamVector.weightedSum(new double[] {0.5, 0.5}, models));
  }

  @Test
  void of_permutedCopies_alignedDistanceIsZeroAndRawIsNot() {
    PermutationSpec spec = PermutationSpec.of(network);
    ParamVector first = RandomParams.of(network, 1);
    List<ParamVector> models =
        List.of(
            first,
            spec.apply(Alignment.random(spec, 5), first),
            spec.apply(Alignment.random(spec, 6), first));

    ConsensusModel consensus =
        ConsensusModel.of(ConsensusRule.ALIGNED_MEAN, 3, models::get, learner, probe);

    assertThat(consensus.distance()).isGreaterThan(0.1);
    assertThat(consensus.alignedDistance().orElseThrow()).isCloseTo(0, within(1e-6));
    assertThat(consensus.model().trainable()).isEqualTo(first.trainable());
  }
}
