package io.dimat.interchange;

import static io.dimat.interchange.ModelFileException.require;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.util.EnumMap;
import java.util.Map;

/**
 * The bytes after a safetensors header, read from front to back and turned into numbers piece by
 * piece: beside the caller's array it needs 64 KiB.
 */
final class TensorStream {
  private static final int PIECE = 1 << 16; // a multiple of every dtype's bytes

  /** Takes the next value of a buffer. */
  private interface ToFloat {
    float next(ByteBuffer from);
  }

  private interface ToLong {
    long next(ByteBuffer from);
  }

  private static final Map<Dtype, ToFloat> REAL =
      new EnumMap<>(
          Map.of(
              Dtype.F32, ByteBuffer::getFloat,
              Dtype.F16, from -> half(from.getShort()),
              Dtype.BF16, from -> Float.intBitsToFloat(from.getShort() << 16),
              Dtype.F64, from -> (float) from.getDouble()));

  private static final Map<Dtype, ToLong> WHOLE =
      new EnumMap<>(
          Map.of(
              Dtype.I64, ByteBuffer::getLong,
              Dtype.I32, ByteBuffer::getInt,
              Dtype.I16, ByteBuffer::getShort,
              Dtype.U8, from -> Byte.toUnsignedInt(from.get())));

  private final InputStream in;
  private final long total;
  private final ByteBuffer piece = ByteBuffer.allocate(PIECE).order(ByteOrder.LITTLE_ENDIAN);
  private long position;

  /**
   * @param in not closed
   * @param position where {@code in} stands, in bytes from the end of the header on
   * @param total bytes that the header promises, for messages
   */
  TensorStream(InputStream in, long position, long total) {
    this.in = in;
    this.position = position;
    this.total = total;
  }

  /**
   * The tensor's values as float32, rounded to nearest where it holds more digits.
   *
   * @param tensor begins where the stream stands
   * @param target takes them from {@code offset} on
   * @throws ModelFileException if it holds no real numbers, or if the file ends before
   */
  void floats(TensorInfo tensor, float[] target, int offset) throws IOException {
    ToFloat decoder = REAL.get(tensor.dtype());
    require(decoder != null, refusal(tensor, REAL));
    int at = offset;
    for (long left = tensor.end() - tensor.begin(); left > 0; left -= piece.limit()) {
      fill(left);
      while (piece.hasRemaining()) {
        target[at++] = decoder.next(piece);
      }
    }
  }

  /**
   * The tensor's values as integers.
   *
   * @param tensor begins where the stream stands
   * @param target takes them from index 0 on
   * @throws ModelFileException if it holds no integers, or one that does not fit 32 bits, or if the
   *     file ends before
   */
  void integers(TensorInfo tensor, int[] target) throws IOException {
    ToLong decoder = WHOLE.get(tensor.dtype());
    require(decoder != null, refusal(tensor, WHOLE));
    int at = 0;
    for (long left = tensor.end() - tensor.begin(); left > 0; left -= piece.limit()) {
      fill(left);
      while (piece.hasRemaining()) {
        long value = decoder.next(piece);
        if (value != (int) value) {
          throw new ModelFileException(
              OneLine.of(tensor.name()) + " must fit 32 bits, value " + at + " is " + value);
        }
        target[at++] = (int) value;
      }
    }
  }

  private static String refusal(TensorInfo tensor, Map<Dtype, ?> decoders) {
    String names = String.join(", ", decoders.keySet().stream().map(Dtype::name).toList());
    return OneLine.of(tensor.name()) + " must have dtype " + names + ", got " + tensor.dtype();
  }

  private void fill(long left) throws IOException {
    int wanted = (int) Math.min(left, PIECE);
    int got = in.readNBytes(piece.array(), 0, wanted);
    position += got;
    require(
        got == wanted,
        "the file must hold " + total + " bytes of tensors, it ends after " + position);
    piece.clear().limit(wanted);
  }

  /**
   * IEEE 754 binary16. The bits are put where float32 has its exponent and mantissa, and a product
   * with 2^112 corrects the bias of the exponent; it is exact, for subnormal numbers too.
   */
  private static float half(short bits) {
    int magnitude = (bits & 0x7FFF) << 13;
    boolean finite = magnitude < 0x7C00 << 13;
    float value =
        finite
            ? Float.intBitsToFloat(magnitude) * 0x1p112f
            : Float.intBitsToFloat(magnitude | 0x7F80_0000);
    return bits < 0 ? -value : value;
  }
}
