package io.dimat.shard;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dimat.partition.ClassShardPartitioner;
import io.dimat.partition.Division;
import io.dimat.partition.Selection;
import io.dimat.source.DataException;
import io.dimat.source.DatasetInfo;
import io.dimat.source.Sources;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ManifestFileTest {
  private static ShardManifest manifest() {
    DatasetInfo info = Sources.open("cifar100", Optional.of("folder")).info();
    Division division =
        new Division(new ClassShardPartitioner(), 2, new Selection(0, Selection.ALL), -5);
    List<Integer> even = Collections.nCopies(100, 2);
    return new ShardManifest(
        ShardManifest.FORMAT,
        ShardSpec.of(info, division),
        List.of(
            new BlockFile("train/agent=0/a.parquet", 200, even, "00"),
            new BlockFile("train/agent=1/b.parquet", 200, even, "01")),
        new BlockFile("test/c.parquet", 200, even, "02"),
        List.of());
  }

  @Test
  void decode_encoded_equal() {
    assertThat(ManifestFile.decode(ManifestFile.encode(manifest()), "m")).isEqualTo(manifest());
  }

  @Test
  void encode_checksum_isTheLastField() {
    assertThat(ManifestFile.encode(manifest()).stripTrailing())
        .matches("(?s).*\"checksum\" : \"[0-9a-f]{64}\"\\s*}");
  }

  @Test
  void decode_garbage_damaged() {
    assertThatThrownBy(() -> ManifestFile.decode("{\"format\": 1", "m"))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("manifest m is damaged");
    assertThatThrownBy(() -> ManifestFile.decode("7", "m")).isInstanceOf(DataException.class);
    assertThatThrownBy(() -> ManifestFile.decode("{}", "m")).isInstanceOf(DataException.class);
  }

  @Test
  void decode_anyTruncation_damaged() {
    String text = ManifestFile.encode(manifest()).stripTrailing();
    for (int length = 0; length < text.length(); length += 7) {
      String torn = text.substring(0, length);
      assertThatThrownBy(() -> ManifestFile.decode(torn, "m"))
          .isInstanceOf(DataException.class)
          .hasMessageContaining("manifest m is damaged");
    }
  }

  @Test
  void find_wholeManifestOfAnotherFormat_notTakenForUnfinished(@TempDir java.nio.file.Path folder)
      throws Exception {
    String content = ManifestFile.encode(manifest()).replace("\"format\" : 1", "\"format\" : 2");
    ObjectNode tree = (ObjectNode) new ObjectMapper().readTree(content);
    tree.remove("checksum");
    tree.put("checksum", Sha256.of(tree.toString().getBytes(StandardCharsets.UTF_8)));
    Files.writeString(folder.resolve(ManifestFile.NAME), tree.toString());

    assertThatThrownBy(
            () -> ManifestFile.find(new Path(folder.toString()), new Configuration(false)))
        .isInstanceOf(DataException.class)
        .hasMessageContaining("shard format 1 can be read, got 2");
  }

  @Test
  void blockFile_outsideItsFolder_refused() {
    assertThatThrownBy(() -> new BlockFile("../other", 1, List.of(1), "00"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("inside its folder");
  }

  @Test
  void histogramTable_manyClasses_summary() {
    assertThat(new HistogramTable(manifest()).toString())
        .isEqualTo(
            """
            agent  images  skew  classes  fewest  most
                0     200  0.00      100       2     2
                1     200  0.00      100       2     2
            """);
  }
}
