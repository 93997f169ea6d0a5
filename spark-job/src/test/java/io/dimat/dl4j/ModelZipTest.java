package io.dimat.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.dl4j.zip.StoredModel;
import io.dimat.learn.Batch;
import io.dimat.learn.RandomParams;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

final class ModelZipTest {
  @TempDir private Path folder;

  @ParameterizedTest
  @MethodSource({"io.dimat.learn.SmallNetworks#all", "io.dimat.dl4j.OddNetworks#connected"})
  void read_whatWriteWrote_isTheSameNetworkAndTheSameLogits(Network network) throws Exception {
    ParamVector params = RandomParams.of(network, 3);
    Path file = folder.resolve("model.zip");
    try (OutputStream out = Files.newOutputStream(file)) {
      ModelZip.write(network, params, out);
    }
    StoredModel read = ModelZip.read(file, network.inputShape());
    assertThat(byName(read.network())).isEqualTo(byName(network));
    for (ParamSlice slice : network.layout().slices()) {
      assertThat(read.params().slice(slice.name())).isEqualTo(params.slice(slice.name()));
    }
    assertThat(read.notes()).isEmpty();
    Batch batch = new SyntheticImages(network.inputShape(), network.classes(), 0.5, 7).batch(4, 1);
    assertThat(logits(read.network(), read.params(), batch))
        .isEqualTo(logits(network, params, batch));
  }

  /** DL4J decides about the order of branches. */
  private static TreeMap<String, Layer> byName(Network network) {
    return network.layers().stream()
        .collect(Collectors.toMap(Layer::name, l -> l, (a, b) -> a, TreeMap::new));
  }

  private static float[] logits(Network network, ParamVector params, Batch batch) {
    try (Dl4jLearner learner = new Dl4jLearner(network)) {
      learner.load(params);
      return learner.logits(batch);
    }
  }
}
