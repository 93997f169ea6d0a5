package io.dimat.job;

import io.dimat.feed.BlockImages;
import io.dimat.feed.FileImages;
import io.dimat.feed.ImageSet;
import io.dimat.interchange.ImageFile;
import io.dimat.interchange.ModelReaders;
import io.dimat.interchange.TensorFile;
import io.dimat.interchange.TensorInfo;
import io.dimat.network.Shape;
import io.dimat.shard.ImageBlock;
import io.dimat.shard.ImageSamples;
import io.dimat.shard.Shards;
import io.dimat.source.DatasetInfo;
import io.dimat.source.ImageShape;
import io.dimat.source.ImageSource;
import io.dimat.source.Normalization;
import io.dimat.source.Part;
import io.dimat.source.Sources;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Where a merge takes its images from: a named dataset, prepared shards, or a file of images. Of
 * the first two, training images are matched on and test images scored; a file's first images are
 * matched on and the others, if there are any, scored.
 */
sealed interface MergeImages {
  /** As the user named it. */
  String name();

  /** Of one image. */
  Shape shape();

  /** Number of classes, where the data say. */
  Optional<Integer> classes();

  /** What was done to the pixels, where the data say. */
  Optional<Normalization> normalization();

  /**
   * Reads the images.
   *
   * @param probe how many to match on
   * @param score how many to score; 0 for all
   * @param classes labels are less
   */
  Chosen choose(SparkSession session, int probe, int score, long seed, int classes)
      throws IOException;

  /**
   * Images of one merge.
   *
   * @param scored empty without labels
   * @param separate true if scored images are not among the probe's
   */
  record Chosen(ImageSet probe, Optional<ImageSet> scored, boolean separate) {}

  /**
   * What the user means; reads what is needed to know the images' shape.
   *
   * @param data name, folder or file
   * @param path of a named dataset
   */
  static MergeImages of(SparkSession session, String data, Optional<String> path)
      throws IOException {
    if (Sources.names().contains(data)) {
      return new Named(Sources.open(data, path));
    }
    if (data.endsWith("." + ModelReaders.SAFETENSORS)) {
      return InFile.open(Path.of(data));
    }
    if (data.contains("/") || Files.isDirectory(Path.of(data))) {
      return new Prepared(Shards.open(session, data));
    }
    throw new IllegalArgumentException(
        "--data must be one of %s, a folder of prepared shards or a .safetensors file, got %s"
            .formatted(String.join(", ", Sources.names()), data));
  }

  private static Shape shape(ImageShape images) {
    return new Shape(images.channels(), images.height(), images.width());
  }

  private static Chosen labelled(ImageBlock probe, ImageBlock scored, DatasetInfo dataset) {
    Normalization normalization = dataset.normalization();
    return new Chosen(
        new BlockImages(probe, normalization),
        Optional.of(new BlockImages(scored, normalization)),
        true);
  }

  /** A dataset by name. */
  record Named(ImageSource source) implements MergeImages {
    @Override
    public String name() {
      return source.info().name();
    }

    @Override
    public Shape shape() {
      return MergeImages.shape(source.info().shape());
    }

    @Override
    public Optional<Integer> classes() {
      return Optional.of(source.info().classes());
    }

    @Override
    public Optional<Normalization> normalization() {
      return Optional.of(source.info().normalization());
    }

    @Override
    public Chosen choose(SparkSession session, int probe, int score, long seed, int classes) {
      return labelled(
          ImageSamples.of(session, source, Part.TRAIN, probe, seed),
          ImageSamples.of(session, source, Part.TEST, score, seed),
          source.info());
    }
  }

  /** Shards that {@code prepare} or a run wrote. */
  record Prepared(Shards shards) implements MergeImages {
    @Override
    public String name() {
      return "%s in %s".formatted(shards.dataset().name(), shards.folder());
    }

    @Override
    public Shape shape() {
      return MergeImages.shape(shards.dataset().shape());
    }

    @Override
    public Optional<Integer> classes() {
      return Optional.of(shards.dataset().classes());
    }

    @Override
    public Optional<Normalization> normalization() {
      return Optional.of(shards.dataset().normalization());
    }

    @Override
    public Chosen choose(SparkSession session, int probe, int score, long seed, int classes) {
      return labelled(
          ImageSamples.of(session, shards, Part.TRAIN, probe, seed),
          ImageSamples.of(session, shards, Part.TEST, score, seed),
          shards.dataset());
    }
  }

  /** A safetensors file of images that are normalised already. */
  record InFile(Path file, Shape shape) implements MergeImages {
    static InFile open(Path file) throws IOException {
      try (TensorFile tensors = TensorFile.open(file)) {
        TensorInfo images = tensors.tensors().get(ImageFile.IMAGES);
        if (images == null || images.shape().size() != 4) {
          throw new IllegalArgumentException(
              "%s must hold a tensor images of shape [n, c, h, w], got %s"
                  .formatted(file, images == null ? tensors.tensors().keySet() : images.shape()));
        }
        List<Integer> axes = images.shape().stream().map(Math::toIntExact).toList();
        return new InFile(file, new Shape(axes.get(1), axes.get(2), axes.get(3)));
      }
    }

    @Override
    public String name() {
      return file.toString();
    }

    @Override
    public Optional<Integer> classes() {
      return Optional.empty();
    }

    @Override
    public Optional<Normalization> normalization() {
      return Optional.empty();
    }

    @Override
    public Chosen choose(SparkSession session, int probe, int score, long seed, int classes)
        throws IOException {
      ImageFile images = ImageFile.read(file, classes);
      int matched = Math.min(probe, images.size());
      boolean separate = matched < images.size();
      int from = separate ? matched : 0;
      int to = score == 0 ? images.size() : Math.min(images.size(), from + score);
      return new Chosen(
          new FileImages(images, 0, matched),
          images.labelled() ? Optional.of(new FileImages(images, from, to)) : Optional.empty(),
          separate);
    }
  }
}
