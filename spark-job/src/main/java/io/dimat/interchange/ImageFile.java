package io.dimat.interchange;

import static io.dimat.interchange.ModelFileException.require;

import io.dimat.learn.Batch;
import io.dimat.network.Shape;
import java.io.IOException;
import java.io.Serializable;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Images in a safetensors file: {@code images} [n, c, h, w], used as they are (already normalised),
 * and optionally {@code labels} [n], integers from 0 on. All images are held in memory, 4 bytes for
 * each value. Immutable.
 */
public final class ImageFile implements Serializable {
  private static final long serialVersionUID = 1L;

  /** Name of the tensor of images. */
  public static final String IMAGES = "images";

  /** Name of the tensor of labels. */
  public static final String LABELS = "labels";

  private final Shape shape;
  private final float[] images;
  private final int[] labels;
  private final boolean labelled;

  private ImageFile(Shape shape, float[] images, int[] labels, boolean labelled) {
    this.shape = shape;
    this.images = images;
    this.labels = labels;
    this.labelled = labelled;
  }

  /**
   * Reads and checks all images.
   *
   * @param classes labels must be less
   * @throws ModelFileException if the file breaks its format, holds other tensors, no image, more
   *     than 2^31 - 9 values, a value that is not finite, or a label that is no class
   */
  public static ImageFile read(Path file, int classes) throws IOException {
    try (TensorFile tensors = TensorFile.open(file)) {
      return read(tensors, classes);
    } catch (ModelFileException e) {
      throw e.in(file);
    }
  }

  /**
   * Shape of one image of a file, of which only the header is read.
   *
   * @throws ModelFileException if the header breaks a rule of {@link #read}
   */
  public static Shape shapeIn(Path file) throws IOException {
    try (TensorFile tensors = TensorFile.open(file)) {
      return shape(axes(tensors));
    } catch (ModelFileException e) {
      throw e.in(file);
    }
  }

  private static List<Long> axes(TensorFile tensors) throws ModelFileException {
    Set<String> others = new TreeSet<>(tensors.tensors().keySet());
    others.removeAll(Set.of(IMAGES, LABELS));
    boolean there = tensors.tensors().containsKey(IMAGES) && others.isEmpty();
    require(
        there,
        "a file of images holds the tensors images and, optionally, labels, got "
            + FirstFew.of(tensors.tensors().keySet()));
    return tensors.tensors().get(IMAGES).shape();
  }

  private static ImageFile read(TensorFile tensors, int classes) throws IOException {
    List<Long> axes = axes(tensors);
    Shape shape = shape(axes);
    boolean labelled = tensors.tensors().containsKey(LABELS);
    int n = axes.get(0).intValue();
    int[] labels = labelled ? labels(tensors, n, classes) : new int[n];
    float[] images = tensors.floats(IMAGES);
    requireFinite(images, shape.size());
    return new ImageFile(shape, images, labels, labelled);
  }

  private static Shape shape(List<Long> axes) throws ModelFileException {
    boolean fits = axes.size() == 4 && axes.stream().allMatch(length -> length >= 1);
    require(fits, "images must have shape [n, c, h, w], each at least 1, got " + axes);
    long values = axes.stream().reduce(1L, (a, b) -> a * b); // the header's check bounds it
    require(
        values <= TensorFile.MAX_VALUES,
        "images may have "
            + TensorFile.MAX_VALUES
            + " values, "
            + axes
            + " has "
            + values
            + ": take fewer images");
    return new Shape(axes.get(1).intValue(), axes.get(2).intValue(), axes.get(3).intValue());
  }

  private static int[] labels(TensorFile tensors, int n, int classes) throws IOException {
    List<Long> axes = tensors.tensors().get(LABELS).shape();
    require(axes.equals(List.of((long) n)), "labels must have shape [" + n + "], got " + axes);
    int[] labels = tensors.integers(LABELS);
    for (int i = 0; i < n; i++) {
      if (labels[i] < 0 || labels[i] >= classes) {
        throw new ModelFileException(
            "labels must be from 0 to " + (classes - 1) + ", label " + i + " is " + labels[i]);
      }
    }
    return labels;
  }

  private static void requireFinite(float[] images, int size) throws ModelFileException {
    for (int i = 0; i < images.length; i++) {
      if (!Float.isFinite(images[i])) {
        throw new ModelFileException(
            "images must be finite, image " + i / size + " holds " + images[i]);
      }
    }
  }

  /** Number of images, at least 1. */
  public int size() {
    return labels.length;
  }

  /** Shape of one image. */
  public Shape shape() {
    return shape;
  }

  /** False if the file has no labels; every batch's labels are then 0 and mean nothing. */
  public boolean labelled() {
    return labelled;
  }

  /**
   * Images {@code from} to {@code from + count}, exclusive, copied.
   *
   * @throws IllegalArgumentException if there are not so many
   */
  public Batch batch(int from, int count) {
    if (from < 0 || count < 1 || count > size() - from) {
      throw new IllegalArgumentException(
          "there are " + size() + " images, asked for " + count + " from " + from + " on");
    }
    int each = shape.size();
    return new Batch(
        shape,
        Arrays.copyOfRange(images, from * each, (from + count) * each),
        Arrays.copyOfRange(labels, from, from + count));
  }

  /**
   * Copies of some images, in the given order.
   *
   * @param chosen from 0 to size - 1, at least one; not modified
   * @throws IndexOutOfBoundsException if one is not there
   */
  public ImageFile select(int[] chosen) {
    int each = shape.size();
    float[] pixels = new float[Math.multiplyExact(chosen.length, each)];
    int[] classes = new int[chosen.length];
    for (int i = 0; i < chosen.length; i++) {
      System.arraycopy(images, chosen[i] * each, pixels, i * each, each);
      classes[i] = labels[chosen[i]];
    }
    return new ImageFile(shape, pixels, classes, labelled);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ImageFile that
        && shape.equals(that.shape)
        && labelled == that.labelled
        && Arrays.equals(labels, that.labels)
        && Arrays.equals(images, that.images);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(images) + Arrays.hashCode(labels);
  }

  @Override
  public String toString() {
    return "ImageFile[" + size() + " images of " + shape + (labelled ? ", labelled]" : "]");
  }
}
