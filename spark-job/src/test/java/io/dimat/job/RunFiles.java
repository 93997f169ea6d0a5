package io.dimat.job;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What lies in a folder. */
final class RunFiles {
  private RunFiles() {}

  /** Paths of all files below a folder, relative to it; empty if there is no folder. */
  static SortedSet<String> below(Path folder) {
    if (!Files.exists(folder)) {
      return new TreeSet<>();
    }
    try (Stream<Path> all = Files.walk(folder)) {
      return all.filter(Files::isRegularFile)
          .map(file -> folder.relativize(file).toString())
          .collect(Collectors.toCollection(TreeSet::new));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The same with agents' attempts and hashes, which differ from run to run, left out. */
  static SortedSet<String> kinds(Path folder) {
    return below(folder).stream()
        .filter(file -> !file.startsWith("shards/"))
        .map(file -> file.replaceAll("-[0-9a-f]{8}\\.\\d+-[0-9a-f]{64}\\.state$", ".state"))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  static String text(Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
