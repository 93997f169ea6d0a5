package io.dimat.learn;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.network.Shape;
import io.dimat.testing.RoundTrip;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class SyntheticImagesTest {
  private final SyntheticImages world = new SyntheticImages(new Shape(1, 2, 2), 3, 0.5, 11);

  private static List<Float> firstPixels(BatchSource batches) {
    List<Float> pixels = new ArrayList<>();
    for (Batch batch : batches) {
      for (int n = 0; n < batch.size(); n++) {
        pixels.add(batch.images()[n * batch.shape().size()]);
      }
    }
    return pixels;
  }

  @Test
  void training_everyEpoch_isAnotherOrderOfTheSameImages() {
    AgentData data = world.shard(0, 20);
    List<Float> first = firstPixels(data.training(0, 0, 6));
    List<Float> second = firstPixels(data.training(0, 1, 6));
    assertThat(first).hasSize(20).isNotEqualTo(second).containsExactlyInAnyOrderElementsOf(second);
    assertThat(firstPixels(data.training(0, 0, 6))).isEqualTo(first);
  }

  @Test
  void shards_ofTwoAgents_differButShareTheTestImages() {
    assertThat(firstPixels(world.shard(0, 8).probe(0)))
        .isNotEqualTo(firstPixels(world.shard(1, 8).probe(0)));
    assertThat(firstPixels(world.shard(0, 8).test()))
        .isEqualTo(firstPixels(world.shard(1, 8).test()));
  }

  @Test
  void batches_ofOneSource_differ() {
    Batches batches = world.batches(2, 5, 1);
    assertThat(batches.images()).isEqualTo(10);
    assertThat(batches.list().get(0).images()).isNotEqualTo(batches.list().get(1).images());
    assertThat(firstPixels(batches.singly())).isEqualTo(firstPixels(batches));
  }

  @Test
  void serialized_givesTheSameImages() {
    AgentData data = world.shard(2, 8);
    assertThat(firstPixels(RoundTrip.of(data).probe(0))).isEqualTo(firstPixels(data.probe(0)));
  }
}
