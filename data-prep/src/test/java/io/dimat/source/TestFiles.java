package io.dimat.source;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.GZIPOutputStream;

/** Small dataset files; byte p of image i is (i + p) mod 256. */
public final class TestFiles {
  private TestFiles() {}

  /** An IDX image and label file of {@code prefix}; image i has class i mod 10. */
  public static void idx(Path folder, String prefix, int images, int labels) throws IOException {
    Files.write(folder.resolve(prefix + "-images-idx3-ubyte"), idxImages(images, 28));
    Files.write(folder.resolve(prefix + "-labels-idx1-ubyte"), idxLabels(labels));
  }

  static byte[] idxImages(int images, int side) {
    ByteBuffer bytes = ByteBuffer.allocate(16 + images * side * side);
    bytes.putInt(0x803).putInt(images).putInt(side).putInt(side);
    for (int i = 0; i < images; i++) {
      for (int p = 0; p < side * side; p++) {
        bytes.put((byte) (i + p));
      }
    }
    return bytes.array();
  }

  static byte[] idxLabels(int labels) {
    ByteBuffer bytes = ByteBuffer.allocate(8 + labels).putInt(0x801).putInt(labels);
    for (int i = 0; i < labels; i++) {
      bytes.put((byte) (i % 10));
    }
    return bytes.array();
  }

  /** Records with the given label bytes each. */
  public static byte[] cifar(int records, int firstImage, byte[]... labels) {
    ByteBuffer bytes = ByteBuffer.allocate(records * (labels[0].length + 3072));
    for (int i = 0; i < records; i++) {
      bytes.put(labels[i % labels.length]);
      for (int p = 0; p < 3072; p++) {
        bytes.put((byte) (firstImage + i + p));
      }
    }
    return bytes.array();
  }

  static void gzip(Path file, byte[] content) throws IOException {
    try (OutputStream out = new GZIPOutputStream(Files.newOutputStream(file))) {
      out.write(content);
    }
  }
}
