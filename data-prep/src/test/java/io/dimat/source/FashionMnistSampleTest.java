package io.dimat.source;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.LocalSpark;
import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;

class FashionMnistSampleTest {
  private final ImageSource sample = Sources.open(Sources.SAMPLE, Optional.empty());

  @Test
  void read_train_has600ImagesOfEachClassAndTheirBytes() throws Exception {
    assertContent(
        Part.TRAIN, 600, "272dfcef6e15fd5e14ebb589d1c47b3d2abdb26ecefe0a3a2979495c2443a8a3");
  }

  @Test
  void read_test_has100ImagesOfEachClassAndTheirBytes() throws Exception {
    assertContent(
        Part.TEST, 100, "f167f241b021de1ea2179fdd028cd205523891c07b4d45831d3e206202dac0d5");
  }

  private void assertContent(Part part, int perClass, String hash) throws Exception {
    List<Row> rows = sample.read(LocalSpark.session(), part).collectAsList();
    MessageDigest digest = MessageDigest.getInstance("SHA-256");
    int[] counts = new int[10];
    for (int i = 0; i < rows.size(); i++) {
      assertThat(rows.get(i).getLong(0)).isEqualTo(i);
      counts[rows.get(i).getInt(1)]++;
      digest.update(ByteBuffer.allocate(4).putInt(rows.get(i).getInt(1)).array());
      digest.update(rows.get(i).<byte[]>getAs(2));
    }
    assertThat(counts).containsOnly(perClass);
    assertThat(HexFormat.of().formatHex(digest.digest())).isEqualTo(hash);
  }
}
