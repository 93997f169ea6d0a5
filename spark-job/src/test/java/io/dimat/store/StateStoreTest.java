package io.dimat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.network.Initialization;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.protocol.AgentState;
import io.dimat.testing.RoundTrip;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class StateStoreTest {
  private static final Network NETWORK =
      Zoo.create("mlp", new ZooOptions(new Shape(1, 4, 4), 3, 1, Shortcut.CONV3X3));

  @TempDir Path folder;
  private StateStore states;
  private final AgentState state =
      AgentState.ofModel(Initialization.kaiming(NETWORK, 4)).with("epoch", 7);

  @BeforeEach
  void open() {
    states = new StateStore(RunFolder.onDefaultStorage(folder.toString()), NETWORK.layout());
  }

  @Test
  void read_writtenState_isEqualAndNamedByItsHash() {
    StateRef ref = states.write(2, "merge", 1, "lease.5", state);

    assertThat(states.read(ref)).isEqualTo(state);
    assertThat(ref.path()).isEqualTo("rounds/2/merge/agent-1-lease.5-" + ref.sha256() + ".state");
    assertThat(folder.resolve(ref.path())).hasSize(ref.bytes());
  }

  @Test
  void read_throughATask_findsTheSameFiles() {
    StateRef ref = states.write(0, "start", 0, "a", state);

    assertThat(RoundTrip.of(states).read(RoundTrip.of(ref))).isEqualTo(state);
  }

  @Test
  void write_sameAttemptTwice_neverOverwrites() {
    states.write(0, "start", 0, "a", state);

    assertThatThrownBy(() -> states.write(0, "start", 0, "a", state))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("cannot write");
  }

  @Test
  void read_changedFile_refused() throws Exception {
    StateRef ref = states.write(0, "start", 0, "a", state);
    Path file = folder.resolve(ref.path());
    byte[] bytes = Files.readAllBytes(file);
    bytes[bytes.length / 2] ^= 1;
    Files.write(file, bytes);

    assertThatThrownBy(() -> states.read(ref))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("was changed after it was written")
        .hasMessageContaining(ref.path());
  }

  @Test
  void read_missingFile_refused() {
    StateRef ref = new StateRef("rounds/0/start/agent-0.state", "00", 1);

    assertThatThrownBy(() -> states.read(ref))
        .isInstanceOf(StorageException.class)
        .hasMessageContaining("committed state is gone")
        .hasMessageContaining("agent-0.state");
  }
}
