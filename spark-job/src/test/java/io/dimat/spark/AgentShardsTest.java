package io.dimat.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.shard.FeatureSkew;
import io.dimat.shard.ImageBlock;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class AgentShardsTest {
  @TempDir Path folder;

  @Test
  void open_featureSkew_firstAgentsImagesAsStoredAndTheOthersChangedByTheirAmount() {
    SmallRun small = new SmallRun(folder);
    FeatureSkew noise = new FeatureSkew(FeatureSkew.Kind.NOISE, 0.5, 4);

    try (AgentShards shards = AgentShards.open(small.shards, SmallRun.SESSION, noise)) {
      List<ImageBlock> seen = shards.blocks().collect();

      for (int agent = 0; agent < seen.size(); agent++) {
        ImageBlock stored = small.shards.train(agent);
        assertThat(seen.get(agent)).isEqualTo(noise.apply(stored, agent, seen.size()));
        assertThat(Arrays.equals(seen.get(agent).image(0), stored.image(0))).isEqualTo(agent == 0);
      }
    }
  }
}
