package io.dimat.job;

import io.dimat.cli.ExportRequest.Existing;
import io.dimat.store.StorageException;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Where models go as files: one file, or a folder of files {@code MODEL.FORMAT}. */
final class ModelFiles {
  private static final double MEGABYTE = 1e6;

  private final List<Target> targets;

  private record Target(String model, ModelFormat format, Path file) {}

  private ModelFiles(List<Target> targets) {
    this.targets = List.copyOf(targets);
  }

  /**
   * Decides on all files; writes nothing.
   *
   * @param out the file of a single model in a single format, unless it is a folder; else a folder
   * @throws IllegalArgumentException if a file is there that may not be replaced, or a file stands
   *     where the folder should be
   */
  static ModelFiles plan(
      List<String> models, List<ModelFormat> formats, Path out, Existing existing) {
    boolean single = models.size() == 1 && formats.size() == 1 && !Files.isDirectory(out);
    List<Target> targets = new ArrayList<>();
    for (String model : models) {
      for (ModelFormat format : formats) {
        Path file = single ? out : out.resolve(model + "." + format.extension());
        targets.add(new Target(model, format, file.toAbsolutePath().normalize()));
      }
    }
    if (!single && Files.exists(out) && !Files.isDirectory(out)) {
      throw new IllegalArgumentException(
          "%d files need a folder, %s is a file: choose another --out"
              .formatted(targets.size(), out));
    }
    if (existing == Existing.REFUSE) {
      targets.forEach(target -> requireNew(target.file));
    }
    return new ModelFiles(targets);
  }

  private static void requireNew(Path file) {
    if (Files.exists(file)) {
      throw new IllegalArgumentException(
          "%s exists: choose another --out, or add --force to replace it".formatted(file));
    }
  }

  /**
   * Writes the model's files and says so, a line each.
   *
   * @throws StorageException if a file cannot be written; the one that was there stays then
   */
  void write(NamedModel model, PrintStream out) {
    for (Target target : targets) {
      if (target.model.equals(model.name())) {
        long bytes = write(model, target);
        out.printf(Locale.ROOT, "%s  %.1f MB  %s%n", target.file, bytes / MEGABYTE, model.story());
      }
    }
  }

  /** Beside the file first, then moved: nobody sees half a model or loses an old one for it. */
  private static long write(NamedModel model, Target target) {
    String unfinished =
        "%s.%d.part".formatted(target.file.getFileName(), ProcessHandle.current().pid());
    Path part = target.file.resolveSibling(unfinished);
    try {
      Files.createDirectories(target.file.getParent());
      try (OutputStream out = new BufferedOutputStream(Files.newOutputStream(part))) {
        target.format.write(model.network(), model.parameters(), model.metadata(), out);
      }
      long bytes = Files.size(part);
      Files.move(part, target.file, StandardCopyOption.REPLACE_EXISTING);
      return bytes;
    } catch (IOException e) {
      throw new StorageException(
          "cannot write %s: %s; check --out, space and permissions".formatted(target.file, e), e);
    } finally {
      part.toFile().delete();
    }
  }
}
