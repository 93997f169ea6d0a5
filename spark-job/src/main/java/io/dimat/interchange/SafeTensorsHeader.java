package io.dimat.interchange;

import static io.dimat.interchange.ModelFileException.require;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The JSON header of a safetensors file: which bytes after it belong to which tensor.
 *
 * @param length bytes of the JSON, after the eight bytes that say so
 * @param tensors in the order of their bytes, which they tile without gap or overlap
 * @param dataBytes number of bytes after the header
 * @param metadata free text pairs
 */
record SafeTensorsHeader(
    int length, List<TensorInfo> tensors, long dataBytes, SortedMap<String, String> metadata) {
  /** Longest header that the format allows. */
  static final int MAX_BYTES = 100_000_000;

  static final String METADATA = "__metadata__";
  static final String DTYPE = "dtype";
  static final String SHAPE = "shape";
  static final String OFFSETS = "data_offsets";

  private static final ObjectMapper JSON = JsonMapper.builder().build();

  /** The header of a vector in layout order, padded with spaces to a multiple of 8 bytes. */
  static byte[] encode(ParamLayout layout, Map<String, String> metadata) throws IOException {
    ObjectNode header = JSON.createObjectNode();
    if (!metadata.isEmpty()) {
      ObjectNode pairs = header.putObject(METADATA);
      new TreeMap<>(metadata).forEach(pairs::put);
    }
    for (ParamSlice slice : layout.slices()) {
      ObjectNode tensor = header.putObject(slice.name());
      tensor.put(DTYPE, Dtype.F32.name());
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
   * Reads the beginning of a file, up to the first tensor. Memory grows with the bytes that are
   * there, not with those that are promised.
   *
   * @param accepted dtypes that may occur
   * @throws ModelFileException if it is no such beginning
   */
  static SafeTensorsHeader read(InputStream in, Set<Dtype> accepted) throws IOException {
    byte[] prefix = in.readNBytes(Long.BYTES);
    require(
        prefix.length == Long.BYTES,
        "a safetensors file begins with 8 bytes of length, got " + prefix.length);
    long length = ByteBuffer.wrap(prefix).order(ByteOrder.LITTLE_ENDIAN).getLong();
    require(
        length >= 2 && length <= MAX_BYTES,
        "the header must have 2 to "
            + MAX_BYTES
            + " bytes, the file says "
            + Long.toUnsignedString(length));
    byte[] json = in.readNBytes((int) length);
    require(
        json.length == length,
        "the header must have " + length + " bytes, the file ends after " + json.length);
    return HeaderParser.parse(json, accepted);
  }
}
