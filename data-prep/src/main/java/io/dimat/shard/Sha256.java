package io.dimat.shard;

import java.nio.ByteBuffer;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** Content hashes in hexadecimal digits. */
final class Sha256 {
  private Sha256() {}

  /** As {@link BlockFile#sha256()} says. */
  static String of(ImageBlock block) {
    MessageDigest digest = digest();
    ByteBuffer head = ByteBuffer.allocate(Long.BYTES + Integer.BYTES);
    int size = block.shape().size();
    for (int i = 0; i < block.size(); i++) {
      head.clear().putLong(block.index(i)).putInt(block.label(i));
      digest.update(head.array());
      digest.update(block.rawPixels(), i * size, size);
    }
    return HexFormat.of().formatHex(digest.digest());
  }

  static String of(byte[] bytes) {
    return HexFormat.of().formatHex(digest().digest(bytes));
  }

  private static MessageDigest digest() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException("every JDK has SHA-256", e);
    }
  }
}
