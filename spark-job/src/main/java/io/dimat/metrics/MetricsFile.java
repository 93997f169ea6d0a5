package io.dimat.metrics;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * {@code metrics.jsonl}: one JSON object per line, UTF-8, identifying keys first and then the
 * metrics by name, so that equal rows are equal bytes. NaN is written as null and read back as NaN.
 */
public final class MetricsFile {
  private static final ObjectMapper JSON = new ObjectMapper();
  private static final Set<String> IDENTIFYING =
      Set.of(
          MetricsRow.KIND,
          MetricsRow.ALGORITHM,
          MetricsRow.ROUND_NUMBER,
          MetricsRow.AGENT_ID,
          MetricsRow.POINT,
          MetricsRow.GROUP_NAME,
          MetricsRow.PER_CLASS_ACCURACY);

  private MetricsFile() {}

  /** Writes one line per row, in list order; {@code out} is flushed and left open. */
  public static void write(List<MetricsRow> rows, Writer out) throws IOException {
    for (MetricsRow row : rows) {
      out.write(JSON.writeValueAsString(toJson(row)));
      out.write('\n');
    }
    out.flush();
  }

  /**
   * Reads all rows; blank lines are skipped and {@code in} is left open.
   *
   * @throws IOException if a line is not a row, naming the line
   */
  public static List<MetricsRow> read(Reader in) throws IOException {
    BufferedReader lines = new BufferedReader(in);
    List<MetricsRow> rows = new ArrayList<>();
    int number = 0;
    for (String line = lines.readLine(); line != null; line = lines.readLine()) {
      number++;
      if (!line.isBlank()) {
        rows.add(parse(line, number));
      }
    }
    return rows;
  }

  private static MetricsRow parse(String line, int number) throws IOException {
    try {
      return fromJson(JSON.readTree(line));
    } catch (JsonProcessingException | IllegalArgumentException e) {
      String reason =
          e instanceof JsonProcessingException json ? json.getOriginalMessage() : e.getMessage();
      throw new IOException("line " + number + " of the metrics is not a row: " + reason, e);
    }
  }

  private static ObjectNode toJson(MetricsRow row) {
    ObjectNode json = JSON.createObjectNode();
    json.put(MetricsRow.KIND, row.kind());
    json.put(MetricsRow.ALGORITHM, row.algorithm());
    json.put(MetricsRow.ROUND_NUMBER, row.round());
    row.agent().ifPresent(agent -> json.put(MetricsRow.AGENT_ID, agent));
    row.point().ifPresent(point -> json.put(MetricsRow.POINT, point));
    row.group().ifPresent(group -> json.put(MetricsRow.GROUP_NAME, group));
    row.values().forEach((name, value) -> json.put(name, orNull(value)));
    if (!row.perClassAccuracy().isEmpty()) {
      ArrayNode accuracies = json.putArray(MetricsRow.PER_CLASS_ACCURACY);
      row.perClassAccuracy().forEach(value -> accuracies.add(orNull(value)));
    }
    return json;
  }

  private static MetricsRow fromJson(JsonNode json) {
    if (!json.isObject()) {
      throw new IllegalArgumentException("an object is needed, got " + json.getNodeType());
    }
    JsonNode agent = json.get(MetricsRow.AGENT_ID);
    List<Double> accuracies = new ArrayList<>();
    json.path(MetricsRow.PER_CLASS_ACCURACY)
        .forEach(value -> accuracies.add(number(MetricsRow.PER_CLASS_ACCURACY, value)));
    return new MetricsRow(
        text(json, MetricsRow.KIND).orElse(""),
        text(json, MetricsRow.ALGORITHM).orElse(""),
        integer(MetricsRow.ROUND_NUMBER, json.path(MetricsRow.ROUND_NUMBER)),
        agent == null ? OptionalInt.empty() : OptionalInt.of(integer(MetricsRow.AGENT_ID, agent)),
        text(json, MetricsRow.POINT),
        text(json, MetricsRow.GROUP_NAME),
        metrics(json),
        accuracies);
  }

  private static SortedMap<String, Double> metrics(JsonNode json) {
    SortedMap<String, Double> values = new TreeMap<>();
    for (Map.Entry<String, JsonNode> field : json.properties()) {
      if (!IDENTIFYING.contains(field.getKey())) {
        values.put(field.getKey(), number(field.getKey(), field.getValue()));
      }
    }
    return values;
  }

  private static Optional<String> text(JsonNode json, String key) {
    return Optional.ofNullable(json.get(key)).map(JsonNode::asText);
  }

  private static int integer(String key, JsonNode value) {
    if (!value.canConvertToInt() || !value.isIntegralNumber()) {
      throw new IllegalArgumentException(key + " must be a whole number, got " + value);
    }
    return value.intValue();
  }

  private static double number(String key, JsonNode value) {
    if (value.isNull()) {
      return Double.NaN;
    }
    if (!value.isNumber()) {
      throw new IllegalArgumentException(key + " must be a number or null, got " + value);
    }
    return value.doubleValue();
  }

  private static Double orNull(double value) {
    return Double.isFinite(value) ? value : null;
  }
}
