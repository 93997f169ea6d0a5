package io.dimat.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.OptionalInt;

/**
 * Which models of a run to write, and how.
 *
 * @param run output folder of a run, as a path or a Hadoop URI
 * @param models {@code consensus} or {@code agent-N}, at least one
 * @param formats file formats by name, at least one
 * @param round whose states to write; the last committed one if empty
 * @param out a file if one model is written in one format, else a folder
 * @param existing what becomes of files that are there already
 */
public record ExportRequest(
    String run,
    List<String> models,
    List<String> formats,
    OptionalInt round,
    Path out,
    Existing existing) {
  public ExportRequest {
    models = models.stream().distinct().toList();
    formats = formats.stream().distinct().toList();
  }

  /** What to do with a file that would be written over. */
  public enum Existing {
    REFUSE,
    REPLACE
  }
}
