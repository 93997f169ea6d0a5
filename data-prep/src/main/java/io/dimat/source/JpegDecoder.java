package io.dimat.source;

import java.awt.image.Raster;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import javax.imageio.ImageIO;
import javax.imageio.ImageReader;
import javax.imageio.stream.ImageInputStream;
import javax.imageio.stream.MemoryCacheImageInputStream;

/**
 * Decodes JPEGs of one shape with the JDK's ImageIO, one after the other. Takes the samples as they
 * are stored: going through a colour model would brighten grey images, as Java counts them as
 * linear light.
 */
final class JpegDecoder implements AutoCloseable {
  private final ImageShape shape;
  private final ImageReader reader = ImageIO.getImageReadersByFormatName("jpeg").next();

  /**
   * @param shape of 3 channels
   */
  JpegDecoder(ImageShape shape) {
    this.shape = shape;
  }

  /**
   * Red, green and blue values, CHW; a grey image's are all three the same.
   *
   * @param file a whole file; not modified
   * @param name for messages
   * @throws DataException if it is no JPEG of the shape
   */
  byte[] pixels(byte[] file, String name) {
    requireWhole(file, name);
    try (ImageInputStream in = new MemoryCacheImageInputStream(new ByteArrayInputStream(file))) {
      reader.setInput(in, true, true);
      requireSize(reader.getWidth(0), reader.getHeight(0), name); // before memory is taken
      return planes(reader.read(0).getRaster(), name);
    } catch (DataException e) {
      throw e;
    } catch (IOException | RuntimeException e) { // a damaged file makes ImageIO throw many kinds
      throw new DataException(
          "%s cannot be decoded: %s; copy it again".formatted(name, e.getMessage()), e);
    }
  }

  /** ImageIO itself takes any file whose end is missing, and fills the image with grey. */
  private static void requireWhole(byte[] file, String name) {
    if (!mark(file, 0, 0xd8)) {
      throw new DataException(
          "a JPEG starts with ff d8, %s does not; copy it again".formatted(name));
    }
    if (!mark(file, file.length - 2, 0xd9)) {
      throw new DataException(
          "a JPEG ends in ff d9, %s does not: it is truncated; copy it again".formatted(name));
    }
  }

  private static boolean mark(byte[] file, int at, int second) {
    return file.length >= 4 && (file[at] & 0xff) == 0xff && (file[at + 1] & 0xff) == second;
  }

  private void requireSize(int width, int height, String name) {
    if (height != shape.height() || width != shape.width()) {
      throw new DataException(
          "images have %d x %d pixels, %s has %d x %d; take the dataset's own files"
              .formatted(shape.height(), shape.width(), name, height, width));
    }
  }

  private byte[] planes(Raster raster, String name) {
    int bands = raster.getNumBands();
    if (bands != 1 && bands != shape.channels()) {
      throw new DataException(
          "a JPEG has 1 or %d channels, %s has %d".formatted(shape.channels(), name, bands));
    }
    int area = shape.height() * shape.width();
    byte[] pixels = new byte[shape.size()];
    for (int channel = 0; channel < shape.channels(); channel++) {
      int band = Math.min(channel, bands - 1);
      int[] samples = raster.getSamples(0, 0, shape.width(), shape.height(), band, (int[]) null);
      for (int p = 0; p < area; p++) {
        pixels[channel * area + p] = (byte) samples[p];
      }
    }
    return pixels;
  }

  @Override
  public void close() {
    reader.dispose();
  }
}
