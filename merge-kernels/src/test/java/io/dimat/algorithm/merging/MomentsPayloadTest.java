package io.dimat.algorithm.merging;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.align.PermutationSpec;
import io.dimat.learn.Batch;
import io.dimat.learn.BatchSource;
import io.dimat.learn.Batches;
import io.dimat.learn.Learner;
import io.dimat.learn.RandomParams;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.merge.LocalProbe;
import io.dimat.network.Network;
import io.dimat.protocol.Payload;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class MomentsPayloadTest {
  private static final Network NETWORK = SmallNetworks.residual();
  private static final List<MatchPoint> POINTS = PermutationSpec.of(NETWORK).matchPoints();
  private static final int[] UNITS = {3, 4};

  private static final SyntheticImages WORLD =
      new SyntheticImages(NETWORK.inputShape(), NETWORK.classes(), 0.7, 5);

  private final Learner learner = new ReferenceLearner(NETWORK);
  private final BatchSource probe = WORLD.batches(3, 8, 1);

  private List<CrossMoments> moments(int a, int b) {
    ParamVector first = RandomParams.of(NETWORK, a);
    return learner.crossMoments(first, List.of(RandomParams.of(NETWORK, b)), probe, POINTS).get(0);
  }

  private static void assertSame(CrossMoments actual, CrossMoments expected, double relative) {
    assertThat(actual.count()).isEqualTo(expected.count());
    assertClose(actual.meansA(), expected.meansA(), relative);
    assertClose(actual.meansB(), expected.meansB(), relative);
    assertClose(actual.variancesA(), expected.variancesA(), relative);
    assertClose(actual.variancesB(), expected.variancesB(), relative);
    assertClose(actual.covariance(), expected.covariance(), relative);
  }

  private static void assertClose(double[] actual, double[] expected, double relative) {
    double largest = Arrays.stream(expected).map(Math::abs).max().orElseThrow();
    assertThat(actual).containsExactly(expected, within(largest * relative));
  }

  @Test
  void read_ofWritten_isTheSameUpToSinglePrecision() {
    List<CrossMoments> moments = moments(1, 2);

    Payload payload = MomentsPayload.of(moments);
    List<CrossMoments> read = MomentsPayload.read(payload, UNITS);

    assertThat(payload.length()).isEqualTo(4 * (1 + 4 * 3 + 9) + 4 * (1 + 4 * 4 + 16));
    assertThat(read).hasSameSizeAs(moments);
    for (int p = 0; p < read.size(); p++) {
      assertSame(read.get(p), moments.get(p), 1e-6);
    }
    assertThat(MomentsPayload.of(read)).isEqualTo(payload);
  }

  @Test
  void read_ofAnotherLength_isRefused() {
    Payload payload = MomentsPayload.of(moments(1, 2));

    assertThatThrownBy(() -> MomentsPayload.read(payload, new int[] {3, 5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("moments of [3, 5] units have 272 bytes, got 220");
  }

  @Test
  void transposed_isTheMomentsOfTheModelsInTheOtherOrder() {
    List<CrossMoments> turned = moments(1, 2).stream().map(CrossMoments::transposed).toList();
    List<CrossMoments> other = moments(2, 1);

    for (int p = 0; p < turned.size(); p++) {
      assertSame(turned.get(p), other.get(p), 1e-6);
      assertThat(MomentsPayload.of(List.of(turned.get(p).transposed())))
          .isEqualTo(MomentsPayload.of(List.of(moments(1, 2).get(p))));
    }
  }

  @Test
  void sums_ofTwoAgentsMomentsOneSentOver_areTheMomentsOfBothTheirImages() {
    ParamVector mine = RandomParams.of(NETWORK, 1);
    ParamVector theirs = RandomParams.of(NETWORK, 2);
    Batches here = WORLD.batches(2, 8, 1);
    Batches there = WORLD.batches(3, 5, 2);
    List<CrossMoments> seen = learner.crossMoments(theirs, List.of(mine), there, POINTS).get(0);
    Payload mail = MomentsPayload.of(seen.stream().map(CrossMoments::transposed).toList());

    List<CrossMoments> sums =
        CrossMoments.sums(
            learner.crossMoments(mine, List.of(theirs), here, POINTS).get(0),
            MomentsPayload.read(mail, UNITS));

    List<Batch> both = new ArrayList<>(here.list());
    both.addAll(there.list());
    List<CrossMoments> together =
        new LocalProbe(learner, new Batches(both))
            .crossMoments(mine, List.of(theirs), POINTS)
            .get(0);
    for (int p = 0; p < sums.size(); p++) {
      assertSame(sums.get(p), together.get(p), 1e-5);
    }
  }
}
