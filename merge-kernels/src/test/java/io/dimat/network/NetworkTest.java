package io.dimat.network;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.learn.SmallNetworks;
import org.junit.jupiter.api.Test;

class NetworkTest {
  @Test
  void largestLayer_inputOrConcat_isTheMostValuesOfASample() {
    assertThat(SmallNetworks.mlp().largestLayer()).isEqualTo(12);
    assertThat(SmallNetworks.residual().largestLayer()).isEqualTo((3 + 4) * (4 * 3));
  }
}
