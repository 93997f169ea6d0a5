package io.dimat.interchange;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The JSON header of a safetensors file: which bytes after it belong to which tensor.
 *
 * @param begin first byte of each tensor of the layout, in the layout's order, from the end of the
 *     header on
 * @param dataBytes number of bytes after the header
 * @param metadata free text pairs
 */
record SafeTensorsHeader(List<Long> begin, long dataBytes, SortedMap<String, String> metadata) {
  private static final String METADATA = "__metadata__";
  private static final String DTYPE = "dtype";
  private static final String SHAPE = "shape";
  private static final String OFFSETS = "data_offsets";
  private static final String F32 = "F32";
  private static final int MAX_DEPTH = 8;
  private static final ObjectMapper JSON =
      JsonMapper.builder(
              JsonFactory.builder()
                  .streamReadConstraints(
                      StreamReadConstraints.builder().maxNestingDepth(MAX_DEPTH).build())
                  .build())
          .enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .build();

  private record Extent(String name, long from, long to) {}

  /** The header of a vector in layout order, padded with spaces to a multiple of 8 bytes. */
  static byte[] encode(ParamLayout layout, Map<String, String> metadata) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode pairs = header.putObject(METADATA);
      new TreeMap<>(metadata).forEach(pairs::put);
    }
    for (ParamSlice slice : layout.slices()) {
      ObjectNode tensor = header.putObject(slice.name());
      tensor.put(DTYPE, F32);
      slice.shape().forEach(tensor.withArray(SHAPE)::add);
      long from = (long) Float.BYTES * slice.offset();
      tensor.withArray(OFFSETS).add(from).add(from + (long) Float.BYTES * slice.length());
    }
    byte[] json = JSON.writeValueAsBytes(header);
    byte[] padded = Arrays.copyOf(json, (json.length + 7) / 8 * 8);
    Arrays.fill(padded, json.length, padded.length, (byte) ' ');
    return padded;
  }

  /**
   * Reads a header and holds it against the layout.
   *
   * @throws ModelFileException if it is not a header, if tensors overlap or leave gaps, or if
   *     names, types or shapes differ from the layout's
   */
  static SafeTensorsHeader decode(byte[] json, ParamLayout layout) throws IOException {
    JsonNode header = parse(json);
    SortedMap<String, String> metadata = new TreeMap<>();
    List<Extent> extents = new ArrayList<>();
    for (Map.Entry<String, JsonNode> field : header.properties()) {
      if (field.getKey().equals(METADATA)) {
        metadata.putAll(metadata(field.getValue()));
      } else {
        extents.add(extent(field.getKey(), field.getValue(), layout));
      }
    }
    long bytes = requireTiled(extents);
    Map<String, Long> begin = new TreeMap<>();
    extents.forEach(extent -> begin.put(extent.name, extent.from));
    List<Long> inOrder = new ArrayList<>();
    for (ParamSlice slice : layout.slices()) {
      require(
          begin.containsKey(slice.name()),
          "the network needs " + slice.name() + ", the file has no such tensor");
      inOrder.add(begin.get(slice.name()));
    }
    return new SafeTensorsHeader(inOrder, bytes, metadata);
  }

  private static JsonNode parse(byte[] json) throws IOException {
    require(json.length > 0 && json[0] == '{', "the header must begin with {");
    try {
      return JSON.readTree(new String(json, StandardCharsets.UTF_8));
    } catch (JsonProcessingException e) {
      throw new ModelFileException("the header must be JSON: " + e.getOriginalMessage(), e);
    }
  }

  private static SortedMap<String, String> metadata(JsonNode pairs) throws ModelFileException {
    require(pairs.isObject(), METADATA + " must be an object");
    SortedMap<String, String> metadata = new TreeMap<>();
    for (Map.Entry<String, JsonNode> pair : pairs.properties()) {
      require(
          pair.getValue().isTextual(),
          METADATA + " must hold only text, got " + shown(pair.getValue()));
      metadata.put(pair.getKey(), pair.getValue().textValue());
    }
    return metadata;
  }

  private static Extent extent(String name, JsonNode tensor, ParamLayout layout)
      throws ModelFileException {
    require(layout.contains(name), "the network has no tensor " + shorten(name));
    ParamSlice slice = layout.slice(name);
    JsonNode dtype = tensor.path(DTYPE);
    require(F32.equals(dtype.textValue()), name + " must have dtype F32, got " + shown(dtype));
    List<Long> wanted = slice.shape().stream().map(Integer::longValue).toList();
    JsonNode shape = tensor.path(SHAPE);
    require(
        wanted.equals(wholeNumbers(name, shape)),
        name + " must have shape " + wanted + ", got " + shown(shape));
    List<Long> offsets = wholeNumbers(name, tensor.path(OFFSETS));
    long bytes = (long) Float.BYTES * slice.length();
    boolean fits =
        offsets.size() == 2
            && offsets.get(0) >= 0
            && offsets.get(1) - offsets.get(0) == bytes
            && offsets.get(1) >= offsets.get(0);
    require(
        fits,
        name
            + " must span "
            + bytes
            + " bytes, its data_offsets are "
            + shown(tensor.path(OFFSETS)));
    return new Extent(name, offsets.get(0), offsets.get(1));
  }

  private static long requireTiled(List<Extent> extents) throws ModelFileException {
    List<Extent> sorted = new ArrayList<>(extents);
    sorted.sort((a, b) -> Long.compare(a.from, b.from));
    long end = 0;
    for (Extent extent : sorted) {
      require(
          extent.from == end,
          "tensors must follow each other without gap or overlap: "
              + extent.name
              + " begins at byte "
              + extent.from
              + ", the one before it ends at "
              + end);
      end = extent.to;
    }
    return end;
  }

  private static List<Long> wholeNumbers(String name, JsonNode array) throws ModelFileException {
    require(array.isArray(), name + " needs an array, got " + shown(array));
    List<Long> numbers = new ArrayList<>();
    for (JsonNode number : array) {
      require(
          number.isIntegralNumber() && number.canConvertToLong(),
          name + " needs whole numbers, got " + shown(number));
      numbers.add(number.longValue());
    }
    return numbers;
  }

  private static void require(boolean holds, String message) throws ModelFileException {
    if (!holds) {
      throw new ModelFileException(message);
    }
  }

  private static String shown(JsonNode node) {
    return node.isMissingNode() ? "nothing" : shorten(node.toString());
  }

  /** A file's text in a message is bounded, whatever the file says. */
  private static String shorten(String text) {
    return text.length() <= 80 ? text : text.substring(0, 80) + "...";
  }
}
