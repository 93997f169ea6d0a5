package io.dimat.store;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.protocol.AgentMetrics;
import io.dimat.protocol.GroupMetrics;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeMap;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestStoreTest {
  @TempDir Path folder;
  private ManifestStore manifests;
  private Path file;

  @BeforeEach
  void open() {
    manifests = new ManifestStore(RunFolder.onDefaultStorage(folder.toString()), () -> {});
    file = folder.resolve("rounds/3/train/manifest.json");
  }

  static PhaseManifest manifest() {
    TreeMap<String, Double> values = new TreeMap<>();
    values.put("test_accuracy", 0.1 + 0.2);
    values.put("test_loss", Double.NaN);
    AgentMetrics metrics =
        new AgentMetrics(
            values, List.of(0.25, 1.0 / 3), List.of(new GroupMetrics("conv1", 0.7, 0.125)));
    StateRef state = new StateRef("rounds/3/train/agent-0.state", "ab".repeat(32), 1L << 40);
    return new PhaseManifest(
        PhaseManifest.FORMAT,
        "fingerprint \"quoted\"",
        3,
        "train",
        "trained",
        "dl4j, 1 thread",
        List.of(
            new PhaseManifest.Entry(
                0,
                state,
                metrics,
                List.of(new PhaseManifest.Mail(1, state, List.of("model", "momentum"))))));
  }

  @Test
  void read_committedManifest_isEqual() {
    manifests.commit(manifest());

    assertThat(manifests.read(3, "train")).contains(manifest());
    assertThat(manifests.read(3, "merge")).isEmpty();
    assertThat(manifests.read(2, "train")).isEmpty();
  }

  @Test
  void read_cutOffAnywhere_isEmpty() throws Exception {
    manifests.commit(manifest());
    byte[] whole = Files.readAllBytes(file);
    for (int length = 0; length < whole.length; length++) {
      Files.write(file, java.util.Arrays.copyOf(whole, length));
      assertThat(manifests.read(3, "train")).as("cut to " + length).isEmpty();
    }
  }

  @Test
  void read_anyBitFlipped_isEmpty() throws Exception {
    manifests.commit(manifest());
    byte[] whole = Files.readAllBytes(file);
    for (int at = 0; at < whole.length; at++) {
      byte[] changed = whole.clone();
      changed[at] ^= (byte) (1 << at % 8);
      Files.write(file, changed);
      assertThat(manifests.read(3, "train")).as("flipped byte " + at).isEmpty();
    }
  }

  @Test
  void commit_overAnInvalidOne_replacesIt() throws Exception {
    Files.createDirectories(file.getParent());
    Files.writeString(file, "{");

    manifests.commit(manifest());

    assertThat(manifests.read(3, "train")).contains(manifest());
  }

  @Test
  void commit_driverThatMayNotWrite_writesNothing() {
    ManifestStore lost =
        new ManifestStore(
            RunFolder.onDefaultStorage(folder.toString()),
            () -> {
              throw new StorageException("taken over");
            });

    assertThatThrownBy(() -> lost.commit(manifest())).hasMessage("taken over");
    assertThat(file).doesNotExist();
  }
}
