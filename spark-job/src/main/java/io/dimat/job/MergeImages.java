package io.dimat.job;

import io.dimat.feed.BlockImages;
import io.dimat.feed.FileImages;
import io.dimat.feed.ImageSet;
import io.dimat.interchange.ImageFile;
import io.dimat.interchange.ModelReaders;
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
import java.util.Optional;

/**
 * Where a merge takes its images from: a named dataset, prepared shards, or a file of images. Of
 * the first two, training images are matched on and test images scored; of a file, images that the
 * seed draws are matched on and others, if there are any, scored.
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
   * @param seed of which images, and of their order
   * @param classes labels are less
   */
  Chosen choose(Session session, int probe, int score, long seed, int classes) throws IOException;

  /**
   * Images of one merge.
   *
   * @param scored empty without labels
   * @param separate true if scored images are not among the probe's
   */
  record Chosen(ImageSet probe, Optional<ImageSet> scored, boolean separate) {}

  /**
   * What the user means, unless it is a folder of prepared shards, which Spark must open; reads
   * what is needed to know the images' shape.
   *
   * @param data name, folder or file
   * @param path of a named dataset
   * @throws IllegalArgumentException if it is none of them
   */
  static Optional<MergeImages> withoutSpark(String data, Optional<String> path) throws IOException {
    if (Sources.names().contains(data)) {
      return Optional.of(new Named(Sources.open(data, path)));
    }
    Path place = Path.of(data);
    if (ModelReaders.extension(place).equals(ModelReaders.SAFETENSORS)) {
      return Optional.of(new InFile(place, ImageFile.shapeIn(place)));
    }
    if (data.contains("/") || Files.isDirectory(place)) {
      return Optional.empty();
    }
    throw new IllegalArgumentException(
        "--data must be one of %s, a folder of prepared shards or a .safetensors file, got %s"
            .formatted(String.join(", ", Sources.names()), data));
  }

  /** A folder of prepared shards. */
  static MergeImages prepared(Session session, String folder) {
    return new Prepared(Shards.open(session.sql(), folder));
  }

  private static Shape shape(ImageShape images) {
    return new Shape(images.channels(), images.height(), images.width());
  }

  private static Chosen labelled(
      ImageBlock probe, ImageBlock scored, DatasetInfo dataset, long seed) {
    Normalization normalization = dataset.normalization();
    return new Chosen(
        new BlockImages(probe, normalization, seed),
        Optional.of(new BlockImages(scored, normalization, seed)),
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
    public Chosen choose(Session session, int probe, int score, long seed, int classes) {
      return labelled(
          ImageSamples.of(session.sql(), source, Part.TRAIN, probe, seed),
          ImageSamples.of(session.sql(), source, Part.TEST, score, seed),
          source.info(),
          seed);
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
    public Chosen choose(Session session, int probe, int score, long seed, int classes) {
      return labelled(
          ImageSamples.of(session.sql(), shards, Part.TRAIN, probe, seed),
          ImageSamples.of(session.sql(), shards, Part.TEST, score, seed),
          shards.dataset(),
          seed);
    }
  }

  /** A safetensors file of images that are normalised already. */
  record InFile(Path file, Shape shape) implements MergeImages {
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
    public Chosen choose(Session session, int probe, int score, long seed, int classes)
        throws IOException {
      ImageFile images = ImageFile.read(file, classes);
      int matched = Math.min(probe, images.size());
      boolean separate = matched < images.size();
      int from = separate ? matched : 0;
      int left = images.size() - from;
      int to = from + (score == 0 ? left : Math.min(left, score));
      return new Chosen(
          FileImages.drawn(images, 0, matched, seed),
          images.labelled()
              ? Optional.of(FileImages.drawn(images, from, to, seed))
              : Optional.empty(),
          separate);
    }
  }
}
