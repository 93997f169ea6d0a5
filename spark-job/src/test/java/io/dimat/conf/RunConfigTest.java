package io.dimat.conf;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class RunConfigTest {
  private static final String[] EVERYTHING = {
    "agents=3",
    "seed=-7",
    "data.path=/a \"b\"/c",
    "data.source=mnist",
    "train.learning-rate=1e-7",
    "topology.name=edges",
    "topology.edges=[[0,1],[2,1]]",
    "topology.probability=0.25",
    "topology.peers=2",
    "topology.matrices=7",
    "mixing.budget=0.75",
    "mixing.name=matrix",
    "mixing.matrix=[[0.5,0.5,0],[0.25,0.5,0.25],[0,0.5,0.5]]",
    "run.out=hdfs://host/x"
  };

  private static RunConfig config(String... sets) {
    return ConfigLoader.load(Optional.empty(), List.of(sets));
  }

  @Test
  void render_ofAnyConfiguration_loadsBackEqual(@TempDir Path folder) throws IOException {
    RunConfig config = config(EVERYTHING);
    Path file = Files.writeString(folder.resolve("config.conf"), config.render());
    assertThat(ConfigLoader.load(Optional.of(file), List.of())).isEqualTo(config);
  }

  @Test
  void fingerprintText_otherRoundsFolderOrResume_staysTheSame() {
    assertThat(config("rounds=99", "run.out=else", "run.resume=must").fingerprintText())
        .isEqualTo(config().fingerprintText())
        .doesNotContain("rounds =", "run.");
  }

  @Test
  void difference_otherValues_namesKeysAndBothValues() {
    String earlier = config("data.partitioner=iid", "seed=1").fingerprintText();
    RunConfig now = config("data.partitioner=dirichlet", "data.alpha=0.5", "seed=1");
    assertThat(now.difference(earlier))
        .containsExactly("data.partitioner: was iid, is dirichlet", "data.alpha: was 0.0, is 0.5");
  }

  @Test
  void difference_keyThatWasNotThere_saysSo() {
    assertThat(config().difference(config().fingerprintText().replace("seed = 1\n", "")))
        .containsExactly("seed: was not there, is 1");
  }

  @Test
  void serialization_roundTrip_isEqual() throws Exception {
    RunConfig config = config(EVERYTHING);
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(config);
    }
    try (ObjectInputStream in =
        new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray()))) {
      assertThat(in.readObject()).isEqualTo(config);
    }
  }
}
