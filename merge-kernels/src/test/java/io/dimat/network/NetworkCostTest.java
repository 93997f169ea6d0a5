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
}
