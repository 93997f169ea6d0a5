package io.dimat.interchange;

import static io.dimat.interchange.ModelFileException.require;

import java.io.BufferedInputStream;
import java.io.Closeable;
import java.io.IOException;
import java.io.InputStream;
import java.nio.channels.Channels;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Collections;
import java.util.EnumSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Any safetensors file, opened: its header is read and checked against the file's size at once,
 * values are read when they are asked for. Memory is the header's and that of the arrays returned,
 * which never hold more values than the file. For one thread at a time; close it.
 */
public final class TensorFile implements Closeable {
  /** Most values that one array can hold on every JVM. */
  public static final int MAX_VALUES = Integer.MAX_VALUE - 8;

  private final FileChannel channel;
  private final SafeTensorsHeader header;
  private final SortedMap<String, TensorInfo> tensors = new TreeMap<>();

  private TensorFile(FileChannel channel, SafeTensorsHeader header) {
    this.channel = channel;
    this.header = header;
    header.tensors().forEach(tensor -> tensors.put(tensor.name(), tensor));
  }

  /**
   * Opens a file and checks its header.
   *
   * @throws ModelFileException if there is no such file, or if it breaks the format
   */
  public static TensorFile open(Path file) throws IOException {
    require(
        Files.isRegularFile(file) && Files.isReadable(file),
        file + ": there is no such file, or it may not be read");
    FileChannel channel = FileChannel.open(file);
    try {
      return new TensorFile(channel, header(channel));
    } catch (ModelFileException e) {
      channel.close();
      throw e.in(file);
    } catch (IOException | RuntimeException e) {
      channel.close();
      throw e;
    }
  }

  private static SafeTensorsHeader header(FileChannel channel) throws IOException {
    InputStream in = new BufferedInputStream(Channels.newInputStream(channel));
    SafeTensorsHeader header = SafeTensorsHeader.read(in, EnumSet.allOf(Dtype.class));
    long promised = header.dataBytes();
    long there = channel.size() - Long.BYTES - header.length();
    require(
        there >= promised,
        "the file must hold " + promised + " bytes of tensors, it ends after " + there);
    require(
        there == promised,
        "the file must end after " + promised + " bytes of tensors, there is more");
    return header;
  }

  /** All tensors, by name. */
  public SortedMap<String, TensorInfo> tensors() {
    return Collections.unmodifiableSortedMap(tensors);
  }

  /** All tensors in the order of their bytes: reading in this order reads the file forwards. */
  public List<TensorInfo> inFileOrder() {
    return Collections.unmodifiableList(header.tensors());
  }

  /** The file's free text pairs. */
  public SortedMap<String, String> metadata() {
    return Collections.unmodifiableSortedMap(header.metadata());
  }

  /**
   * A tensor's values, row-major, as float32; F16 and BF16 are exact, F64 is rounded to nearest.
   *
   * @throws ModelFileException if there is no such tensor, if its dtype is none of F32, F16, BF16,
   *     F64, or if it has more than {@link #MAX_VALUES} values
   */
  public float[] floats(String name) throws IOException {
    TensorInfo tensor = tensor(name);
    float[] values = new float[length(tensor)];
    read(tensor, values, 0);
    return values;
  }

  /**
   * A tensor's values, row-major.
   *
   * @throws ModelFileException if there is no such tensor, if its dtype is none of I64, I32, I16,
   *     U8, if a value does not fit 32 bits, or if there are more than {@link #MAX_VALUES}
   */
  public int[] integers(String name) throws IOException {
    TensorInfo tensor = tensor(name);
    int[] values = new int[length(tensor)];
    at(tensor).integers(tensor, values);
    return values;
  }

  /** Like {@link #floats}, into {@code target} from {@code offset} on, where they must fit. */
  void read(TensorInfo tensor, float[] target, int offset) throws IOException {
    at(tensor).floats(tensor, target, offset);
  }

  private TensorStream at(TensorInfo tensor) throws IOException {
    channel.position(Long.BYTES + header.length() + tensor.begin());
    return new TensorStream(Channels.newInputStream(channel), tensor.begin(), header.dataBytes());
  }

  private TensorInfo tensor(String name) throws ModelFileException {
    TensorInfo tensor = tensors.get(name);
    require(
        tensor != null,
        "there is no tensor " + name + "; there are " + FirstFew.of(tensors.keySet()));
    return tensor;
  }

  private int length(TensorInfo tensor) throws ModelFileException {
    require(
        tensor.elements() <= MAX_VALUES,
        OneLine.of(tensor.name())
            + " may have "
            + MAX_VALUES
            + " values, it has "
            + tensor.elements());
    return (int) tensor.elements();
  }

  @Override
  public void close() throws IOException {
    channel.close();
  }
}
