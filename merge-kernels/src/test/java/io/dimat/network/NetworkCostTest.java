package io.dimat.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.learn.SmallNetworks;
import org.junit.jupiter.api.Test;

class NetworkCostTest {
  @Test
  void multiplyAdds_denseLayers_areTheirWeights() {
    assertThat(NetworkCost.multiplyAdds(SmallNetworks.mlp())).isEqualTo(12 * 7 + 7 * 5 + 5 * 4);
  }

  @Test
  void multiplyAdds_convolutions_areTheirWeightsAtEveryPosition() {
    long weights = 2 * 3 * 9 + 3 * 4 * 9 + 4 * 3;
    assertThat(NetworkCost.multiplyAdds(SmallNetworks.residual()))
        .isEqualTo(weights * (4 * 3) + 3 * 3);
  }

  @Test
  void multiplyAdds_convolutionsInGroups_countTheInputsOfAGroup() {
    long all = (6 * 2 * 9) * (7 * 6) + (12 * 9 + 5 * 12) * (2 * 2) + 3 * 5;
    assertThat(NetworkCost.multiplyAdds(SmallNetworks.grouped())).isEqualTo(all);
  }
}
