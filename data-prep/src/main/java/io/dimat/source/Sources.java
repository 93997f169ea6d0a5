package io.dimat.source;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.Function;

/** The datasets by the names that users choose them by. */
public final class Sources {
  /** The one dataset that needs no path: 6000 + 1000 images of Fashion-MNIST inside the jar. */
  public static final String SAMPLE = "fashion-mnist-sample";

  private static final ImageShape GREY_28 = new ImageShape(1, 28, 28);
  private static final ImageShape COLOUR_32 = new ImageShape(3, 32, 32);

  /** Mean and standard deviation of all pixels of its 60000 training images. */
  private static final Normalization FASHION_MNIST = grey(0.2860, 0.3530);

  /** The values everyone uses for MNIST: those of its 60000 training images. */
  private static final Normalization MNIST = grey(0.1307, 0.3081);

  /** The usual values for CIFAR-10: per channel, of its 50000 training images. */
  private static final Normalization CIFAR10 =
      new Normalization(List.of(0.4914, 0.4822, 0.4465), List.of(0.2470, 0.2435, 0.2616));

  /** Measured over all pixels of the 50000 training images of CIFAR-100. */
  private static final Normalization CIFAR100 =
      new Normalization(List.of(0.5071, 0.4866, 0.4409), List.of(0.2673, 0.2564, 0.2762));

  private static final List<String> CLOTHES =
      List.of(
          "T-shirt/top",
          "Trouser",
          "Pullover",
          "Dress",
          "Coat",
          "Sandal",
          "Shirt",
          "Sneaker",
          "Bag",
          "Ankle boot");
  private static final List<String> DIGITS =
      List.of("0", "1", "2", "3", "4", "5", "6", "7", "8", "9");
  private static final List<String> CIFAR10_CLASSES =
      List.of(
          "airplane", "automobile", "bird", "cat", "deer", "dog", "frog", "horse", "ship", "truck");

  private static final SortedMap<String, Function<String, ImageSource>> FROM_FOLDER =
      Collections.unmodifiableSortedMap(
          new TreeMap<>(
              java.util.Map.<String, Function<String, ImageSource>>of(
                  "fashion-mnist",
                  path -> idx("fashion-mnist", CLOTHES, FASHION_MNIST, path),
                  "mnist",
                  path -> idx("mnist", DIGITS, MNIST, path),
                  "cifar10",
                  Sources::cifar10,
                  "cifar100",
                  Sources::cifar100,
                  TinyImageNetSource.NAME,
                  TinyImageNetSource::open)));

  private Sources() {}

  /** All names, sorted. */
  public static SortedSet<String> names() {
    SortedSet<String> names = new java.util.TreeSet<>(FROM_FOLDER.keySet());
    names.add(SAMPLE);
    return Collections.unmodifiableSortedSet(names);
  }

  /**
   * The dataset of that name.
   *
   * @param path the folder of its files, for CIFAR also their .tar.gz archive, of any file system
   *     that Hadoop knows; not read for {@link #SAMPLE}
   * @throws DataException if the name is unknown or the path is missing, or the files that name the
   *     classes (of tiny-imagenet) cannot be read; other files are looked at later
   */
  public static ImageSource open(String name, Optional<String> path) {
    if (name.equals(SAMPLE)) {
      return new IdxSource(
          new DatasetInfo(SAMPLE, GREY_28, CLOTHES, FASHION_MNIST),
          new ResourceFolder("fashion-mnist-sample-"));
    }
    Function<String, ImageSource> fromFolder = FROM_FOLDER.get(name);
    if (fromFolder == null) {
      throw new DataException(
          "there is no dataset %s; choose one of %s".formatted(name, String.join(", ", names())));
    }
    return fromFolder.apply(
        path.filter(p -> !p.isBlank())
            .orElseThrow(
                () ->
                    new DataException(
                        "dataset %s needs a path to the folder of its files, got none; set one or choose %s"
                            .formatted(name, SAMPLE))));
  }

  private static ImageSource idx(
      String name, List<String> classes, Normalization normalization, String path) {
    return new IdxSource(
        new DatasetInfo(name, GREY_28, classes, normalization), new HadoopFolder(name, path));
  }

  private static ImageSource cifar10(String path) {
    return new CifarSource(
        new DatasetInfo("cifar10", COLOUR_32, CIFAR10_CLASSES, CIFAR10),
        cifarFiles("cifar10", path),
        CifarLayout.CIFAR10,
        List.of(
            "data_batch_1.bin",
            "data_batch_2.bin",
            "data_batch_3.bin",
            "data_batch_4.bin",
            "data_batch_5.bin"),
        "test_batch.bin");
  }

  private static ImageSource cifar100(String path) {
    return new CifarSource(
        new DatasetInfo("cifar100", COLOUR_32, cifar100Classes(), CIFAR100),
        cifarFiles("cifar100", path),
        CifarLayout.CIFAR100,
        List.of("train.bin"),
        "test.bin");
  }

  private static RecordFolder cifarFiles(String name, String path) {
    return path.endsWith(HadoopArchive.ENDING)
        ? new HadoopArchive(name, path)
        : new HadoopFolder(name, path);
  }

  private static List<String> cifar100Classes() {
    try (InputStream in = Sources.class.getResourceAsStream("cifar100-classes.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8).lines().toList();
    } catch (IOException e) {
      throw new java.io.UncheckedIOException(e);
    }
  }

  private static Normalization grey(double mean, double deviation) {
    return new Normalization(List.of(mean), List.of(deviation));
  }
}
