package io.dimat.source;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;

/**
 * What lies where in the published folder: {@code wnids.txt}, {@code words.txt}, {@code
 * train/WNID/images/*.JPEG}, {@code val/val_annotations.txt} and {@code val/images/*.JPEG}.
 */
final class TinyImageNetFolder {
  private static final String ANNOTATIONS = "val/val_annotations.txt";
  private static final String IMAGE = "[A-Za-z0-9_-]+\\.JPEG";
  private static final String WNID = "n[0-9]{8}";

  /** Above the 2.6 MB of words.txt, its largest text. */
  private static final int MOST_TEXT_BYTES = 16 << 20;

  private final FileSystem fs;
  private final Path root;

  TinyImageNetFolder(FileSystem fs, Path root) {
    this.fs = fs;
    this.root = root;
  }

  /**
   * The WordNet IDs of the classes, in the order of wnids.txt.
   *
   * @throws DataException if the file is missing or is something else
   */
  List<String> wnids() throws IOException {
    List<String> wnids = lines("wnids.txt");
    for (String wnid : wnids) {
      if (!wnid.matches(WNID)) {
        throw new DataException(
            "a line of wnids.txt is a WordNet ID such as n02124075, %s has %s"
                .formatted(root, shown(wnid)));
      }
    }
    if (wnids.size() < 2 || new LinkedHashSet<>(wnids).size() != wnids.size()) {
      throw new DataException(
          "wnids.txt names at least 2 classes, each once, in %s it has %d lines, %d of them different"
              .formatted(root, wnids.size(), wnids.stream().distinct().count()));
    }
    return wnids;
  }

  /** For each ID the first of its names in words.txt; the ID itself where there is none. */
  List<String> classNames(List<String> wnids) throws IOException {
    Map<String, String> names = new HashMap<>();
    if (fs.exists(new Path(root, "words.txt"))) {
      for (String line : lines("words.txt")) {
        String[] fields = line.split("\t", 2);
        names.put(fields[0], fields[fields.length - 1].split(",", 2)[0].strip());
      }
    }
    return wnids.stream().map(wnid -> names.getOrDefault(wnid, wnid)).toList();
  }

  /**
   * The training images: class by class, in a class by name.
   *
   * @throws DataException if a class has no folder, or no image in it
   */
  List<LabelledFile> train(List<String> wnids) throws IOException {
    List<LabelledFile> files = new ArrayList<>();
    for (int label = 0; label < wnids.size(); label++) {
      String folder = "train/%s/images".formatted(wnids.get(label));
      for (String image : images(folder)) {
        files.add(new LabelledFile(folder + "/" + image, label));
      }
    }
    return files;
  }

  /** Sorted: file systems list in any order. */
  private List<String> images(String folder) throws IOException {
    try {
      List<String> images =
          Arrays.stream(fs.listStatus(new Path(root, folder)))
              .map(FileStatus::getPath)
              .map(Path::getName)
              .filter(name -> name.matches(IMAGE))
              .sorted()
              .toList();
      if (!images.isEmpty()) {
        return images;
      }
    } catch (FileNotFoundException e) {
      throw new DataException(noImages(folder), e);
    }
    throw new DataException(noImages(folder));
  }

  private String noImages(String folder) {
    return "every class of wnids.txt has images *.JPEG in train/WNID/images, %s has none in %s; unpack the dataset again"
        .formatted(root, folder);
  }

  /**
   * The validation images, by name.
   *
   * @throws DataException if val_annotations.txt is missing or is something else, or names no image
   *     of these classes
   */
  List<LabelledFile> validation(List<String> wnids) throws IOException {
    Map<String, Integer> labels = new HashMap<>();
    IntStream.range(0, wnids.size()).forEach(label -> labels.put(wnids.get(label), label));
    SortedMap<String, Integer> images = new TreeMap<>();
    for (String line : lines(ANNOTATIONS)) {
      String[] fields = line.split("\t", -1);
      if (fields.length < 2 || !fields[0].matches(IMAGE) || images.containsKey(fields[0])) {
        throw new DataException(
            "a line of %s starts with an image NAME.JPEG of its own, a tab and a WordNet ID, %s has %s"
                .formatted(ANNOTATIONS, root, shown(line)));
      }
      if (labels.containsKey(fields[1])) {
        images.put(fields[0], labels.get(fields[1]));
      }
    }
    if (images.isEmpty()) {
      throw new DataException(
          "%s must name images of the classes in wnids.txt, in %s it has none"
              .formatted(ANNOTATIONS, root));
    }
    return images.entrySet().stream()
        .map(image -> new LabelledFile("val/images/" + image.getKey(), image.getValue()))
        .toList();
  }

  /** All lines that are not blank, without blanks around them. */
  private List<String> lines(String file) throws IOException {
    try (InputStream in = fs.open(new Path(root, file))) {
      byte[] text = in.readNBytes(MOST_TEXT_BYTES + 1);
      if (text.length > MOST_TEXT_BYTES) {
        throw new DataException(
            "%s of %s has at most %d bytes, in %s it has more"
                .formatted(file, TinyImageNetSource.NAME, MOST_TEXT_BYTES, root));
      }
      return new String(text, StandardCharsets.UTF_8)
          .lines()
          .map(String::strip)
          .filter(line -> !line.isEmpty())
          .toList();
    } catch (FileNotFoundException e) {
      throw new DataException(
          "%s needs the file %s in %s, which has none; set the path to the folder that the dataset unpacks to"
              .formatted(TinyImageNetSource.NAME, file, root),
          e);
    }
  }

  private static String shown(String line) {
    String clean = line.replaceAll("\\p{Cntrl}", " ");
    return clean.length() > 60 ? clean.substring(0, 60) + "..." : clean;
  }
}
