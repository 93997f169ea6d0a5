package io.dimat.interchange;

import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.Map;
import java.util.SortedMap;

/**
 * A {@link ParamVector} as a safetensors file: eight bytes with the header's length, a JSON header,
 * then all tensors as little-endian float32. Tensor names are the layout's, which are those of a
 * PyTorch state dict, so that {@code load_state_dict(safetensors.torch.load_file(path))} works.
 * Format: <a href="https://huggingface.co/docs/safetensors">safetensors</a>.
 */
public final class SafeTensors {
  /** Longest header that the format allows. */
  static final int MAX_HEADER_BYTES = 100_000_000;

  private SafeTensors() {}

  /**
   * What a file holds.
   *
   * @param vector the parameters in the layout that was asked for
   * @param metadata free text pairs of the file
   */
  public record Model(ParamVector vector, SortedMap<String, String> metadata) {}

  /**
   * Writes all tensors, running statistics included, in layout order; {@code out} is flushed and
   * left open.
   *
   * @param vector not modified
   * @param metadata free text pairs for the header, may be empty
   */
  public static void write(ParamVector vector, Map<String, String> metadata, OutputStream out)
      throws IOException {
    byte[] header = SafeTensorsHeader.encode(vector.layout(), metadata);
    byte[] length = new byte[Long.BYTES];
    littleEndian(length).putLong(header.length);
    out.write(length);
    out.write(header);
    for (ParamSlice slice : vector.layout().slices()) {
      byte[] bytes = new byte[Float.BYTES * slice.length()];
      littleEndian(bytes).asFloatBuffer().put(vector.slice(slice.name()));
      out.write(bytes);
    }
    out.flush();
  }

  /**
   * Reads a file that holds exactly the tensors of {@code layout}, in any order, to its end; {@code
   * in} is left open. The layout bounds the tensor bytes that are read; the header, up to its
   * bound, is parsed as a tree, which takes several times its length.
   *
   * @throws ModelFileException if the bytes are not such a file
   */
  public static Model read(InputStream in, ParamLayout layout) throws IOException {
    SafeTensorsHeader header = SafeTensorsHeader.decode(readHeader(in), layout);
    byte[] data = in.readNBytes(Math.toIntExact(header.dataBytes()));
    if (data.length < header.dataBytes()) {
      throw new ModelFileException(
          "the file must hold "
              + header.dataBytes()
              + " bytes of tensors, it ends after "
              + data.length);
    }
    if (in.read() >= 0) {
      throw new ModelFileException(
          "the file must end after " + header.dataBytes() + " bytes of tensors, there is more");
    }
    return new Model(assemble(data, header, layout), header.metadata());
  }

  private static byte[] readHeader(InputStream in) throws IOException {
    byte[] prefix = in.readNBytes(Long.BYTES);
    if (prefix.length < Long.BYTES) {
      throw new ModelFileException(
          "a safetensors file begins with 8 bytes of length, got " + prefix.length);
    }
    long length = littleEndian(prefix).getLong();
    if (length < 2 || length > MAX_HEADER_BYTES) {
      throw new ModelFileException(
          "the header must have 2 to "
              + MAX_HEADER_BYTES
              + " bytes, the file says "
              + Long.toUnsignedString(length));
    }
    byte[] header = in.readNBytes((int) length);
    if (header.length < length) {
      throw new ModelFileException(
          "the header must have " + length + " bytes, the file ends after " + header.length);
    }
    return header;
  }

  private static ParamVector assemble(byte[] data, SafeTensorsHeader header, ParamLayout layout) {
    float[] values = new float[layout.size()];
    for (int k = 0; k < layout.slices().size(); k++) {
      ParamSlice slice = layout.slices().get(k);
      int from = Math.toIntExact(header.begin().get(k));
      ByteBuffer.wrap(data, from, Float.BYTES * slice.length())
          .order(ByteOrder.LITTLE_ENDIAN)
          .asFloatBuffer()
          .get(values, slice.offset(), slice.length());
    }
    return ParamVector.of(layout, values);
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
