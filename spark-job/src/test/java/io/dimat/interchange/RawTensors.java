package io.dimat.interchange;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/** Writes safetensors files byte by byte, right ones and wrong ones. */
public final class RawTensors {
  private final List<String> entries = new ArrayList<>();
  private final ByteArrayOutputStream data = new ByteArrayOutputStream();

  /** One more tensor, behind the others. */
  public RawTensors add(String name, String dtype, String shape, byte[] bytes) {
    int from = data.size();
    data.writeBytes(bytes);
    return entry(
        "\"%s\":{\"dtype\":\"%s\",\"shape\":%s,\"data_offsets\":[%d,%d]}"
            .formatted(name, dtype, shape, from, data.size()));
  }

  public RawTensors floats(String name, String shape, float... values) {
    return add(name, "F32", shape, bytes(4 * values.length, b -> each(b, values)));
  }

  public RawTensors longs(String name, String shape, long... values) {
    return add(name, "I64", shape, bytes(8 * values.length, b -> b.asLongBuffer().put(values)));
  }

  /** Any text as a member of the header. */
  public RawTensors entry(String json) {
    entries.add(json);
    return this;
  }

  byte[] bytes() {
    return file("{" + String.join(",", entries) + "}", data.toByteArray());
  }

  public Path write(Path file) throws IOException {
    return Files.write(file, bytes());
  }

  static byte[] file(String header, byte[] data) {
    byte[] json = header.getBytes(StandardCharsets.UTF_8);
    return bytes(8 + json.length + data.length, b -> b.putLong(json.length).put(json).put(data));
  }

  static byte[] bytes(int length, Consumer<ByteBuffer> fill) {
    byte[] bytes = new byte[length];
    fill.accept(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
    return bytes;
  }

  private static void each(ByteBuffer buffer, float... values) {
    buffer.asFloatBuffer().put(values);
  }
}
