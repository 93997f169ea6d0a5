package io.dimat.source;

import java.awt.image.BufferedImage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import javax.imageio.ImageIO;

/** A tiny Tiny ImageNet: uniform images, so that JPEG loses next to nothing. */
final class TinyImageNetFiles {
  static final String CAT = "n02124075";
  static final String DESK = "n03201208";

  private final Path root;

  /** wnids.txt names the desk first, though its ID is the larger one. */
  TinyImageNetFiles(Path root) throws IOException {
    this.root = root;
    text("wnids.txt", DESK + "\n" + CAT + "\n");
    text("words.txt", CAT + "\tEgyptian cat, tabby\nn00000000\tnothing\n");
    text("train/" + CAT + "/" + CAT + "_boxes.txt", "not an image\n");
    image("train/%s/images/%s_2.JPEG".formatted(CAT, CAT), rgb(200, 40, 90));
    image("train/%s/images/%s_10.JPEG".formatted(CAT, CAT), grey(100));
    image("train/%s/images/%s_0.JPEG".formatted(DESK, DESK), rgb(10, 20, 30));
    text(
        "val/val_annotations.txt",
        "val_9.JPEG\t%s\t0\t0\t9\t9\nval_1.JPEG\tn99999999\t1\t1\t2\t2\nval_3.JPEG\t%s\t0\t0\t9\t9\n"
            .formatted(CAT, DESK));
    image("val/images/val_9.JPEG", grey(250));
    image("val/images/val_3.JPEG", rgb(1, 250, 1));
  }

  void text(String file, String content) throws IOException {
    bytes(file, content.getBytes(java.nio.charset.StandardCharsets.UTF_8));
  }

  void image(String file, BufferedImage image) throws IOException {
    bytes(file, encoded(image, "jpeg"));
  }

  void bytes(String file, byte[] content) throws IOException {
    Path path = root.resolve(file);
    Files.createDirectories(path.getParent());
    Files.write(path, content);
  }

  static byte[] encoded(BufferedImage image, String format) throws IOException {
    ByteArrayOutputStream out = new ByteArrayOutputStream();
    ImageIO.write(image, format, out);
    return out.toByteArray();
  }

  static BufferedImage rgb(int red, int green, int blue) {
    return filled(64, BufferedImage.TYPE_INT_RGB, red, green, blue);
  }

  static BufferedImage grey(int value) {
    return filled(64, BufferedImage.TYPE_BYTE_GRAY, value);
  }

  static BufferedImage filled(int side, int type, int... values) {
    BufferedImage image = new BufferedImage(side, side, type);
    for (int x = 0; x < side; x++) {
      for (int y = 0; y < side; y++) {
        image.getRaster().setPixel(x, y, values);
      }
    }
    return image;
  }
}
