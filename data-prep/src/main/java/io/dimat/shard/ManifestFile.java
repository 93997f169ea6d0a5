package io.dimat.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dimat.source.DataException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.FSDataInputStream;
import org.apache.hadoop.fs.FSDataOutputStream;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * The manifest as JSON. Its last field {@code checksum} is the SHA-256 of the same JSON without
 * that field and without white space between tokens.
 */
final class ManifestFile {
  static final String NAME = "manifest.json";
  private static final String CHECKSUM = "checksum";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private ManifestFile() {}

  static boolean exists(Path folder, Configuration conf) {
    try {
      return folder.getFileSystem(conf).exists(new Path(folder, NAME));
    } catch (IOException e) {
      throw new DataException("shards in %s: %s".formatted(folder, e.getMessage()), e);
    }
  }

  /**
   * Writes the manifest; never over another one.
   *
   * @throws DataException if there is one already or the file system refuses
   */
  static void write(Path folder, Configuration conf, ShardManifest manifest) {
    Path file = new Path(folder, NAME);
    try (FSDataOutputStream out = file.getFileSystem(conf).create(file, false)) {
      out.write(encode(manifest).getBytes(StandardCharsets.UTF_8));
    } catch (IOException e) {
      throw new DataException(
          "the manifest %s cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }

  /**
   * Reads and checks a manifest.
   *
   * @throws DataException if there is none, or it is damaged or of another format
   */
  static ShardManifest read(Path folder, Configuration conf) {
    Path file = new Path(folder, NAME);
    try {
      FileSystem fs = file.getFileSystem(conf);
      try (FSDataInputStream in = fs.open(file)) {
        return decode(new String(in.readAllBytes(), StandardCharsets.UTF_8), file.toString());
      }
    } catch (FileNotFoundException e) {
      throw new DataException(
          "%s has no %s: there are no shards or they were never finished; prepare them again"
              .formatted(folder, NAME),
          e);
    } catch (IOException e) {
      throw new DataException(
          "the manifest %s cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  static String encode(ShardManifest manifest) {
    ObjectNode tree = JSON.valueToTree(manifest);
    tree.put(CHECKSUM, checksum(tree));
    return tree.toPrettyString() + "\n";
  }

  static ShardManifest decode(String text, String name) {
    try {
      JsonNode tree = JSON.readTree(text);
      if (!(tree instanceof ObjectNode object)) {
        throw damaged(name, "it is not a JSON object");
      }
      JsonNode written = object.remove(CHECKSUM);
      if (written == null || !written.asText().equals(checksum(object))) {
        throw damaged(name, "its checksum does not match its content");
      }
      return JSON.treeToValue(object, ShardManifest.class);
    } catch (JsonProcessingException e) {
      throw DataException.behind(e).orElseGet(() -> damaged(name, e.getOriginalMessage()));
    }
  }

  private static String checksum(ObjectNode tree) {
    return Sha256.of(tree.toString().getBytes(StandardCharsets.UTF_8));
  }

  private static DataException damaged(String name, String why) {
    return new DataException(
        "the manifest %s is damaged: %s; prepare the shards again".formatted(name, why));
  }
}
