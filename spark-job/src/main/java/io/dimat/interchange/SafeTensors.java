package io.dimat.interchange;

import static io.dimat.interchange.ModelFileException.require;

import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumSet;
import java.util.Map;
import java.util.SortedMap;

/**
 * A {@link ParamVector} as a safetensors file: eight bytes with the header's length, a JSON header,
 * then all tensors as little-endian float32. Tensor names are the layout's, which are those of a
 * PyTorch state dict, so that {@code load_state_dict(safetensors.torch.load_file(path))} works.
 * Format: <a href="https://huggingface.co/docs/safetensors">safetensors</a>. Files that others
 * wrote are read by {@link ModelFile}.
 */
public final class SafeTensors {
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
   * Reads a file that holds exactly the tensors of {@code layout} as float32, in any order, bit for
   * bit and to its end; {@code in} is left open. Memory is the header's and the layout's.
   *
   * @throws ModelFileException if the bytes are not such a file
   */
  public static Model read(InputStream in, ParamLayout layout) throws IOException {
    SafeTensorsHeader header = SafeTensorsHeader.read(in, EnumSet.of(Dtype.F32));
    LayoutMatch.of(header.tensors(), layout, NameMapping.none());
    float[] values = new float[layout.size()];
    TensorStream data = new TensorStream(in, 0, header.dataBytes());
    for (TensorInfo tensor : header.tensors()) {
      data.floats(tensor, values, layout.slice(tensor.name()).offset());
    }
    require(
        in.read() < 0,
        "the file must end after " + header.dataBytes() + " bytes of tensors, there is more");
    return new Model(ParamVector.of(layout, values), header.metadata());
  }

  private static ByteBuffer littleEndian(byte[] bytes) {
    return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN);
  }
}
