package io.dimat.source;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.zip.Deflater;
import java.util.zip.GZIPOutputStream;

/**
 * Makes the embedded sample: the first images of every class of Fashion-MNIST, in file order, as
 * gzip IDX files. Run it from an IDE or with {@code java -cp}, arguments: the folder of the four
 * unpacked IDX files, and {@code data-prep/src/main/resources/io/dimat/source}. Afterwards the
 * hashes in {@code FashionMnistSampleTest} must still hold.
 *
 * <p>A predictor before the deflater would save 6 %; that is not worth a format of our own.
 */
public final class FashionMnistSampleMaker {
  private static final int CLASSES = 10;
  private static final int PIXELS = 28 * 28;

  private FashionMnistSampleMaker() {}

  public static void main(String[] folders) throws IOException {
    make(Path.of(folders[0]), Path.of(folders[1]), "train", 600);
    make(Path.of(folders[0]), Path.of(folders[1]), "t10k", 100);
  }

  private static void make(Path from, Path to, String part, int perClass) throws IOException {
    ByteBuffer images =
        ByteBuffer.wrap(Files.readAllBytes(from.resolve(part + "-images-idx3-ubyte")));
    ByteBuffer labels =
        ByteBuffer.wrap(Files.readAllBytes(from.resolve(part + "-labels-idx1-ubyte")));
    ByteArrayOutputStream pixels = new ByteArrayOutputStream();
    ByteArrayOutputStream classes = new ByteArrayOutputStream();
    int[] taken = new int[CLASSES];
    for (int i = 0; i < labels.getInt(4); i++) {
      byte label = labels.get(8 + i);
      if (taken[label]++ < perClass) {
        classes.write(label);
        pixels.write(images.array(), 16 + i * PIXELS, PIXELS);
      }
    }
    ByteBuffer imageHeader = ByteBuffer.allocate(16);
    imageHeader.putInt(0x803).putInt(classes.size()).putInt(28).putInt(28);
    ByteBuffer labelHeader = ByteBuffer.allocate(8).putInt(0x801).putInt(classes.size());
    write(to, part + "-images-idx3-ubyte", imageHeader.array(), pixels.toByteArray());
    write(to, part + "-labels-idx1-ubyte", labelHeader.array(), classes.toByteArray());
  }

  private static void write(Path to, String name, byte[] header, byte[] body) throws IOException {
    try (OutputStream out =
        new GZIPOutputStream(
            Files.newOutputStream(to.resolve("fashion-mnist-sample-" + name + ".gz"))) {
          {
            def.setLevel(Deflater.BEST_COMPRESSION);
          }
        }) {
      out.write(header);
      out.write(body);
    }
  }
}
