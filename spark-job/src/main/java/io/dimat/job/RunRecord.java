package io.dimat.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.PropertyNamingStrategies;
import com.fasterxml.jackson.databind.SerializationFeature;
import io.dimat.metrics.MetricsFile;
import io.dimat.metrics.MetricsRow;
import io.dimat.metrics.RunDescription;
import io.dimat.report.HtmlReport;
import io.dimat.store.RunFolder;
import io.dimat.store.RunResult;
import io.dimat.store.StorageException;
import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;

/** The files of a run folder that people and programs read. */
final class RunRecord {
  static final String CONFIG = "config.conf";
  static final String FINGERPRINT = "fingerprint.txt";
  static final String DESCRIPTION = "run.json";
  static final String METRICS = "metrics.jsonl";
  static final String REPORT = "report.html";
  private static final ObjectMapper JSON =
      new ObjectMapper()
          .setPropertyNamingStrategy(PropertyNamingStrategies.SNAKE_CASE)
          .enable(SerializationFeature.INDENT_OUTPUT);

  private final RunFolder folder;

  RunRecord(RunFolder folder) {
    this.folder = folder;
  }

  void writeMetrics(List<MetricsRow> rows) {
    StringWriter text = new StringWriter();
    try {
      MetricsFile.write(rows, text);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    folder.replaceText(METRICS, text.toString());
  }

  void writeDescription(RunDescription description) {
    StringWriter text = new StringWriter();
    try {
      description.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    folder.replaceText(DESCRIPTION, text.toString());
  }

  /** Builds the report from the files that are there. */
  void writeReport() {
    StringWriter html = new StringWriter();
    try {
      HtmlReport.write(readDescription(), readMetrics(), html);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    folder.replaceText(REPORT, html.toString());
  }

  /** What an earlier run was. */
  RunDescription readDescription() {
    try {
      return RunDescription.read(new StringReader(required(DESCRIPTION)));
    } catch (IOException e) {
      throw damaged(DESCRIPTION, e);
    }
  }

  /** All rows that an earlier run wrote. */
  List<MetricsRow> readMetrics() {
    try {
      return MetricsFile.read(new StringReader(required(METRICS)));
    } catch (IOException e) {
      throw damaged(METRICS, e);
    }
  }

  private StorageException damaged(String file, IOException e) {
    return new StorageException(
        "%s is damaged: %s".formatted(folder.path(file), e.getMessage()), e);
  }

  void writeResult(RunResult result) {
    try {
      folder.replaceText(RunResult.FILE, JSON.writeValueAsString(result) + "\n");
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a result is always JSON", e);
    }
  }

  /** True if an earlier run ended in order after exactly this many rounds. */
  boolean isDone(int rounds) {
    Optional<String> text = folder.readText(RunResult.FILE);
    if (text.isEmpty()) {
      return false;
    }
    try {
      RunResult result = JSON.readValue(text.get(), RunResult.class);
      return result.status().equals(RunResult.DONE) && result.lastRound() == rounds;
    } catch (JsonProcessingException e) {
      return false; // cut off while it was written: the run did not end in order
    }
  }

  /**
   * A file that every run has.
   *
   * @throws IllegalArgumentException if it is not there
   */
  String required(String file) {
    return folder
        .readText(file)
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "%s has no %s: it is not the folder of a run"
                        .formatted(folder.location(), file)));
  }
}
