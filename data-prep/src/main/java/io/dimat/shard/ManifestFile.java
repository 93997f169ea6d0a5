package io.dimat.shard;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dimat.source.DataException;
import java.io.EOFException;
import java.io.FileNotFoundException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.Optional;
import org.apache.hadoop.conf.Configuration;
import org.apache.hadoop.fs.ChecksumException;
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

  /**
   * The manifest of a finished folder; empty if there is none, or only what a writer that was
   * killed left of one.
   *
   * @throws DataException if the file system refuses, or the manifest is whole but of a format that
   *     this code does not read: neither says that the shards are unfinished
   */
  static Optional<ShardManifest> find(Path folder, Configuration conf) {
    Path file = new Path(folder, NAME);
    return text(file, conf)
        .filter(text -> intact(text).isPresent())
        .map(text -> decode(text, file.toString()));
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
    String text =
        text(file, conf)
            .orElseThrow(
                () ->
                    new DataException(
                        "%s has no %s: there are no shards or they were never finished; prepare them again"
                            .formatted(folder, NAME)));
    return decode(text, file.toString());
  }

  /** What the file holds; blank if the file system itself knows that it was not written whole. */
  private static Optional<String> text(Path file, Configuration conf) {
    try {
      FileSystem fs = file.getFileSystem(conf);
      try (FSDataInputStream in = fs.open(file)) {
        return Optional.of(new String(in.readAllBytes(), StandardCharsets.UTF_8));
      }
    } catch (FileNotFoundException e) {
      return Optional.empty();
    } catch (ChecksumException | EOFException e) {
      return Optional.of("");
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
    ObjectNode tree =
        intact(text)
            .orElseThrow(
                () ->
                    new DataException(
                        "the manifest %s is damaged: it is not JSON that ends in the checksum of its content; prepare the shards again"
                            .formatted(name)));
    try {
      return JSON.treeToValue(tree, ShardManifest.class);
    } catch (JsonProcessingException e) {
      throw DataException.behind(e)
          .orElseGet(
              () ->
                  new DataException(
                      "the manifest %s is of another version: %s; prepare the shards again elsewhere"
                          .formatted(name, e.getOriginalMessage()),
                      e));
    }
  }

  /** The JSON without its checksum, if that fits. */
  private static Optional<ObjectNode> intact(String text) {
    try {
      if (JSON.readTree(text) instanceof ObjectNode tree) {
        JsonNode written = tree.remove(CHECKSUM);
        return written != null && written.asText().equals(checksum(tree))
            ? Optional.of(tree)
            : Optional.empty();
      }
      return Optional.empty();
    } catch (JsonProcessingException e) {
      return Optional.empty();
    }
  }

  private static String checksum(ObjectNode tree) {
    return Sha256.of(tree.toString().getBytes(StandardCharsets.UTF_8));
  }
}
