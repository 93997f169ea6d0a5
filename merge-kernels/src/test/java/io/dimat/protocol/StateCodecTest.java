package io.dimat.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.learn.RandomParams;
import io.dimat.learn.SmallNetworks;
import io.dimat.network.Network;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Precision;
import io.dimat.tensor.Role;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

class StateCodecTest {
  private final Network network = SmallNetworks.residual();
  private final AgentState state =
      AgentState.ofModel(RandomParams.of(network, 1))
          .with("optimizer.momentum", RandomParams.of(network, 2).trainable())
          .with("optimizer.steps", 17.0)
          .with("odd", Double.MIN_VALUE);

  @Test
  void decode_encoded_isEqual() {
    assertThat(StateCodec.decode(StateCodec.encode(state, network.layout()), network.layout()))
        .isEqualTo(state);
  }

  @Test
  void encode_equalStates_equalBytes() {
    AgentState other =
        AgentState.ofModel(state.model())
            .with("odd", Double.MIN_VALUE)
            .with("optimizer.steps", 17.0)
            .with("optimizer.momentum", state.vector("optimizer.momentum"));

    assertThat(StateCodec.encode(other, network.layout()))
        .isEqualTo(StateCodec.encode(state, network.layout()));
  }

  @Test
  void decode_payloadsAndPackedVectors_areTheSame() {
    ParamVector model = state.model();
    AgentState full =
        state
            .with("code", Payload.of(new byte[] {1, -2, 3}))
            .with("statistics", model.statistics())
            .with("half", model.trainable())
            .with(
                "part", ParamVector.of(ParamLayout.flat(2, Precision.SINGLE), new float[] {1, 2}));

    assertThat(StateCodec.decode(StateCodec.encode(full, network.layout()), network.layout()))
        .isEqualTo(full);
  }

  @Test
  void decode_doublePrecision_keepsEveryBit() {
    ParamLayout layout =
        ParamLayout.builder()
            .precision(Precision.DOUBLE)
            .add("x", List.of(3), Role.TRAINABLE)
            .build();
    AgentState state =
        AgentState.ofModel(ParamVector.of(layout, new double[] {1.0 / 3, 1e-300, -0.0}));

    assertThat(StateCodec.decode(StateCodec.encode(state, layout), layout)).isEqualTo(state);
  }

  @Test
  void encode_vectorOfAnotherNetwork_isRefused() {
    assertThatThrownBy(() -> StateCodec.encode(state, SmallNetworks.mlp().layout()))
        .hasMessageContaining("must be a vector of the network");
  }

  @Test
  void decode_anyFlippedBit_isRefused() {
    byte[] bytes = StateCodec.encode(state, network.layout());
    for (int at = 0; at < bytes.length; at += Math.max(1, bytes.length / 97)) {
      byte[] damaged = bytes.clone();
      damaged[at] ^= 1;
      assertThatThrownBy(() -> StateCodec.decode(damaged, network.layout()))
          .isInstanceOf(CorruptStateException.class);
    }
  }

  @Test
  void decode_truncated_isRefused() {
    byte[] bytes = StateCodec.encode(state, network.layout());
    for (int length : new int[] {0, 7, 8, 40, bytes.length / 2, bytes.length - 1}) {
      assertThatThrownBy(() -> StateCodec.decode(Arrays.copyOf(bytes, length), network.layout()))
          .isInstanceOf(CorruptStateException.class);
    }
  }

  @Test
  void decode_anotherNetworksState_saysTheSizes() {
    byte[] bytes =
        StateCodec.encode(AgentState.ofModel(RandomParams.of(network, 1)), network.layout());
    Network other = SmallNetworks.mlp();

    assertThatThrownBy(() -> StateCodec.decode(bytes, other.layout()))
        .hasMessageContaining("with " + network.layout().size() + " values")
        .hasMessageContaining("the network has " + other.layout().size());
  }

  @Test
  void contents_committedMessage_holdsOnlyTheNamedVectors() {
    Message.Committed message = new Message.Committed(List.of(AgentState.MODEL));

    AgentState seen = message.contents(state);

    assertThat(seen).isEqualTo(AgentState.ofModel(state.model()));
    assertThat(seen.bytes()).isEqualTo(4L * network.layout().size());
    assertThatThrownBy(() -> seen.vector("optimizer.momentum"))
        .hasMessageContaining("no vector optimizer.momentum");
  }
}
