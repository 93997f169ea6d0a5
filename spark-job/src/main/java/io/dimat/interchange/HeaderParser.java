package io.dimat.interchange;

import static io.dimat.interchange.ModelFileException.require;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.StreamReadConstraints;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Reads a safetensors header token by token, so that nothing is kept but what the format knows, and
 * every number is checked where it is read.
 */
final class HeaderParser {
  /** More tensors than any model we know of; bounds what a header of 100 MB can unfold to. */
  static final int MAX_TENSORS = 100_000;

  /** Likewise for the free text. */
  static final int MAX_PAIRS = 10_000;

  private static final int MAX_AXES = 8;
  private static final int MAX_DEPTH = 8;
  private static final JsonFactory FACTORY =
      JsonFactory.builder()
          .streamReadConstraints(StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
          .disable(JsonFactory.Feature.INTERN_FIELD_NAMES) // names of a stranger's file
          .disable(JsonFactory.Feature.CANONICALIZE_FIELD_NAMES)
          .build();

  private final JsonParser json;
  private final Set<Dtype> accepted;
  private final Set<String> names = new HashSet<>();
  private final List<TensorInfo> tensors = new ArrayList<>();
  private final SortedMap<String, String> metadata = new TreeMap<>();

  private HeaderParser(JsonParser json, Set<Dtype> accepted) {
    this.json = json;
    this.accepted = accepted;
  }

  /**
   * Reads a header.
   *
   * @param accepted dtypes that may occur
   * @throws ModelFileException if it is none, or if tensors overlap or leave gaps
   */
  static SafeTensorsHeader parse(byte[] header, Set<Dtype> accepted) throws IOException {
    require(header.length > 0 && header[0] == '{', "the header must begin with {");
    try (JsonParser json =
        FACTORY.createParser(
            new InputStreamReader(new ByteArrayInputStream(header), StandardCharsets.UTF_8))) {
      HeaderParser parser = new HeaderParser(json, accepted);
      parser.read();
      long bytes = requireTiled(parser.tensors);
      return new SafeTensorsHeader(header.length, parser.tensors, bytes, parser.metadata);
    } catch (JsonProcessingException e) {
      throw new ModelFileException(
          "the header must be JSON: " + OneLine.of(e.getOriginalMessage()), e);
    }
  }

  private void read() throws IOException {
    json.nextToken();
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String name = json.currentName();
      json.nextToken();
      requireOnce(names.add(name), name);
      if (name.equals(SafeTensorsHeader.METADATA)) {
        readMetadata();
      } else {
        require(
            tensors.size() < MAX_TENSORS,
            "a file may hold " + MAX_TENSORS + " tensors, there are more");
        tensors.add(tensor(name));
      }
    }
    require(json.nextToken() == null, "the header must be JSON: one object, there is more");
  }

  private void readMetadata() throws IOException {
    require(
        json.currentToken() == JsonToken.START_OBJECT,
        SafeTensorsHeader.METADATA + " must be an object, got " + shown());
    while (json.nextToken() == JsonToken.FIELD_NAME) {
      String key = json.currentName();
      boolean text = json.nextToken() == JsonToken.VALUE_STRING;
      require(text, SafeTensorsHeader.METADATA + " must hold only text, got " + shown());
      requireOnce(metadata.put(key, json.getText()) == null, key);
      require(
          metadata.size() <= MAX_PAIRS,
          SafeTensorsHeader.METADATA + " may hold " + MAX_PAIRS + " pairs, there are more");
    }
  }

  private TensorInfo tensor(String name) throws IOException {
    String shown = OneLine.of(name);
    Dtype dtype = null;
    List<Long> shape = null;
    List<Long> offsets = null;
    boolean object = json.currentToken() == JsonToken.START_OBJECT;
    while (object && json.nextToken() == JsonToken.FIELD_NAME) {
      String field = json.currentName();
      json.nextToken();
      switch (field) {
        case SafeTensorsHeader.DTYPE -> {
          requireOnce(dtype == null, field);
          dtype = dtype(shown);
        }
        case SafeTensorsHeader.SHAPE -> {
          requireOnce(shape == null, field);
          shape = wholeNumbers(shown);
        }
        case SafeTensorsHeader.OFFSETS -> {
          requireOnce(offsets == null, field);
          offsets = wholeNumbers(shown);
        }
        default -> json.skipChildren();
      }
    }
    json.skipChildren();
    if (dtype == null) {
      throw new ModelFileException(dtypeRule(shown, "nothing"));
    }
    require(shape != null && offsets != null, shown + " needs a shape and data_offsets");
    long bytes = bytes(shown, dtype, shape);
    require(
        spans(offsets, bytes),
        shown + " must span " + bytes + " bytes, its data_offsets are " + offsets);
    return new TensorInfo(name, dtype, shape, offsets.get(0), offsets.get(1));
  }

  /** The library's own check would remember the names of objects that are skipped, too. */
  private static void requireOnce(boolean first, String name) throws ModelFileException {
    require(
        first,
        "the header must be JSON that says everything once, got " + OneLine.of(name) + " twice");
  }

  private Dtype dtype(String tensor) throws IOException {
    boolean text = json.currentToken() == JsonToken.VALUE_STRING;
    String found = text ? json.getText() : "";
    return accepted.stream()
        .filter(dtype -> dtype.name().equals(found))
        .findFirst()
        .orElseThrow(() -> new ModelFileException(dtypeRule(tensor, shown())));
  }

  private String dtypeRule(String tensor, String got) {
    List<String> names = accepted.stream().map(Dtype::name).toList();
    return tensor + " must have dtype " + String.join(", ", names) + ", got " + got;
  }

  private List<Long> wholeNumbers(String tensor) throws IOException {
    require(
        json.currentToken() == JsonToken.START_ARRAY, tensor + " needs an array, got " + shown());
    List<Long> numbers = new ArrayList<>();
    while (json.nextToken() != JsonToken.END_ARRAY) {
      boolean whole =
          json.currentToken() == JsonToken.VALUE_NUMBER_INT
              && json.getNumberType() != JsonParser.NumberType.BIG_INTEGER;
      require(whole, tensor + " needs whole numbers, got " + shown());
      require(numbers.size() < MAX_AXES, tensor + " may have " + MAX_AXES + " axes, it has more");
      numbers.add(json.getLongValue());
    }
    return numbers;
  }

  private static long bytes(String tensor, Dtype dtype, List<Long> shape)
      throws ModelFileException {
    long bytes = dtype.bytes();
    for (long length : shape) {
      require(length >= 0, tensor + " needs axis lengths from 0 on, got " + shape);
      require(
          length == 0 || bytes <= Long.MAX_VALUE / length,
          tensor + " must have fewer than 2^63 bytes, got shape " + shape);
      bytes *= length;
    }
    return bytes;
  }

  private static boolean spans(List<Long> offsets, long bytes) {
    return offsets.size() == 2
        && offsets.get(0) >= 0
        && offsets.get(1) >= offsets.get(0)
        && offsets.get(1) - offsets.get(0) == bytes;
  }

  /**
   * Sorts by bytes and returns where they end; an empty tensor lies before one that begins there.
   */
  private static long requireTiled(List<TensorInfo> tensors) throws ModelFileException {
    tensors.sort(Comparator.comparingLong(TensorInfo::begin).thenComparingLong(TensorInfo::end));
    long end = 0;
    for (TensorInfo tensor : tensors) {
      require(
          tensor.begin() == end,
          "tensors must follow each other without gap or overlap: "
              + OneLine.of(tensor.name())
              + " begins at byte "
              + tensor.begin()
              + ", the one before it ends at "
              + end);
      end = tensor.end();
    }
    return end;
  }

  /** The current token as in the file, text in quotes. */
  private String shown() {
    try {
      boolean text = json.currentToken() == JsonToken.VALUE_STRING;
      return OneLine.of(text ? '"' + json.getText() + '"' : String.valueOf(json.getText()));
    } catch (IOException e) {
      return "something unreadable";
    }
  }
}
