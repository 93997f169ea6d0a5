package io.dimat.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.dl4j.zip.StoredModel;
import io.dimat.learn.Batch;
import io.dimat.learn.RandomParams;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Network;
import io.dimat.tensor.ParamVector;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ModelZipTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource({
    "io.dimat.learn.SmallNetworks#ungrouped",
    "io.dimat.dl4j.OddNetworks#connected",
    "io.dimat.learn.NarrowZoo#all"
  })
  void read_whatWriteWrote_isTheSameNetworkAndTheSameLogits(Network network) throws Exception {
    ParamVector params = RandomParams.of(network, 3);
    Path file = folder.resolve("model.zip");
    try (OutputStream out = Files.newOutputStream(file)) {
      ModelZip.write(network, params, out);
    }
    StoredModel read = ModelZip.read(file, network.inputShape());
    assertThat(read.network().layers()).isEqualTo(network.layers());
    assertThat(read.params()).isEqualTo(params);
    assertThat(read.notes()).isEmpty();
    Batch batch = new SyntheticImages(network.inputShape(), network.classes(), 0.5, 7).batch(4, 1);
    assertThat(logits(read.network(), read.params(), batch))
        .isEqualTo(logits(network, params, batch));
  }

  private static float[] logits(Network network, ParamVector params, Batch batch) {
    try (Dl4jLearner learner = new Dl4jLearner(network)) {
      learner.load(params);
      return learner.logits(batch);
    }
  }
}
