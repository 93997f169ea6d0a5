package io.dimat.compare;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dimat.compare.Comparison.Row;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * The table of a comparison, as CSV, Markdown and JSON. The same comparison gives the same text.
 */
public final class ComparisonTable {
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private static final MathContext DIGITS = new MathContext(9);

  private final Comparison comparison;

  public ComparisonTable(Comparison comparison) {
    this.comparison = comparison;
  }

  /**
   * One line per algorithm and setting; for every measure its mean and half the width of the 95 %
   * interval over seeds. Accuracies are fractions; what does not exist is empty.
   */
  public String csv() {
    List<String> columns =
        new ArrayList<>(List.of("setting", "algorithm", "role", "runs", "learning_rate", "note"));
    for (Measure measure : Measure.values()) {
      columns.add(measure.key());
      columns.add(measure.key() + "_ci95");
    }
    StringBuilder text = new StringBuilder(String.join(",", columns)).append('\n');
    for (Row row : comparison.rows()) {
      List<String> cells = new ArrayList<>();
      cells.add(quoted(row.setting()));
      cells.add(quoted(row.algorithm()));
      cells.add(row.role().name().toLowerCase(Locale.ROOT));
      cells.add(quoted(row.state(comparison.seeds().size())));
      cells.add(row.learningRate().isPresent() ? number(row.learningRate().getAsDouble()) : "");
      cells.add(quoted(row.note()));
      for (Measure measure : Measure.values()) {
        Estimate estimate = row.estimate(measure);
        cells.add(number(estimate.mean()));
        cells.add(number(estimate.halfWidth()));
      }
      text.append(String.join(",", cells)).append('\n');
    }
    return text.toString();
  }

  private static String quoted(String text) {
    boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\n' || c == '\r');
    return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
  }

  /** Nine significant digits, without trailing zeros. */
  private static String number(double value) {
    return Double.isFinite(value)
        ? new BigDecimal(value).round(DIGITS).stripTrailingZeros().toPlainString()
        : "";
  }

  /** For reading: one table per setting with what the tests say below it. */
  public String markdown() {
    StringBuilder text = new StringBuilder("# ").append(comparison.title()).append("\n\n");
    comparison.lines().forEach(line -> text.append("* ").append(line).append('\n'));
    for (String setting : comparison.settings()) {
      if (!setting.isEmpty()) {
        text.append("\n## ").append(setting).append('\n');
      }
      text.append("\n| algorithm | runs | step size |");
      for (Measure measure : Measure.values()) {
        text.append(' ').append(measure.words()).append(" |");
      }
      text.append("\n|---|---|---:|").append("---:|".repeat(Measure.values().length)).append('\n');
      comparison.in(setting).forEach(row -> text.append(line(row)));
      text.append('\n');
      for (String sentence : Statements.of(comparison, setting)) {
        text.append("* ").append(sentence).append('\n');
      }
    }
    return text.toString();
  }

  private String line(Row row) {
    StringBuilder line = new StringBuilder("| ");
    boolean control = row.role() == Comparison.Role.CONTROL;
    line.append(cell(row.algorithm())).append(control ? " (control)" : "").append(" | ");
    line.append(cell(row.state(comparison.seeds().size())));
    line.append(row.note().isEmpty() ? "" : "; " + cell(row.note())).append(" | ");
    line.append(row.learningRate().isPresent() ? number(row.learningRate().getAsDouble()) : "–");
    for (Measure measure : Measure.values()) {
      line.append(" | ").append(measure.shown(row.estimate(measure)));
    }
    return line.append(" |\n").toString();
  }

  private static String cell(String text) {
    return text.replace("|", "\\|").replace('\n', ' ');
  }

  /**
   * Everything, every seed by itself too. Accuracies are fractions; what does not exist is null.
   */
  public String json() {
    ObjectNode root = JSON.createObjectNode();
    root.put("title", comparison.title());
    ArrayNode seeds = root.putArray("seeds");
    comparison.seeds().forEach(seeds::add);
    ArrayNode rows = root.putArray("rows");
    comparison.rows().forEach(row -> rows.add(json(row)));
    ArrayNode tests = root.putArray("tests");
    for (String setting : comparison.settings()) {
      for (Measure measure : Statements.TESTED) {
        Significance.of(comparison, setting, measure)
            .findings()
            .forEach(finding -> tests.add(json(setting, measure, finding)));
      }
    }
    ObjectNode statements = root.putObject("statements");
    for (String setting : comparison.settings()) {
      ArrayNode sentences = statements.putArray(setting);
      Statements.of(comparison, setting).forEach(sentences::add);
    }
    try {
      return JSON.writeValueAsString(root) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException("a tree is always JSON", e);
    }
  }

  private static ObjectNode json(String setting, Measure measure, Significance.Finding finding) {
    Estimate difference = finding.test().difference();
    ObjectNode json = JSON.createObjectNode();
    json.put("setting", setting);
    json.put("measure", measure.key());
    json.put("algorithm", finding.algorithm());
    json.put("against", finding.against());
    json.put("seeds", difference.count());
    json.put("difference", orNull(difference.mean()));
    json.put("ci95", orNull(difference.halfWidth()));
    json.put("p", orNull(finding.test().p()));
    json.put("p_holm", orNull(finding.corrected()));
    return json;
  }

  private static ObjectNode json(Row row) {
    ObjectNode json = JSON.createObjectNode();
    json.put("setting", row.setting());
    json.put("algorithm", row.algorithm());
    json.put("role", row.role().name().toLowerCase(Locale.ROOT));
    json.put("learning_rate", orNull(row.learningRate().orElse(Double.NaN)));
    json.put("note", row.note());
    for (Measure measure : Measure.values()) {
      Estimate estimate = row.estimate(measure);
      ObjectNode node = json.putObject(measure.key());
      node.put("runs", estimate.count());
      node.put("mean", orNull(estimate.mean()));
      node.put("ci95", orNull(estimate.halfWidth()));
    }
    ObjectNode cells = json.putObject("cells");
    row.cells()
        .forEach(
            (seed, cell) -> {
              ObjectNode node = cells.putObject(Long.toString(seed));
              node.put("status", cell.status().words());
              node.put("reason", cell.reason());
              for (Measure measure : Measure.values()) {
                node.put(measure.key(), orNull(cell.curve().last(measure)));
              }
            });
    return json;
  }

  private static Double orNull(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
