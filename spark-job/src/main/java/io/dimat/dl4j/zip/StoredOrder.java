package io.dimat.dl4j.zip;

import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.DoubleUnaryOperator;
import java.util.function.IntUnaryOperator;
import java.util.stream.Stream;

/**
 * In which order, and how, the file's flat vector holds the parameters of a network. Most tensors
 * have the network's own element order there: DL4J keeps dense weights as [in, out] column by
 * column, which is [out, in] row by row.
 */
final class StoredOrder {
  private record Piece(String parameter, IntUnaryOperator position, DoubleUnaryOperator decoding) {}

  private final List<String> vertices;
  private final Map<String, List<Piece>> byVertex = new HashMap<>();
  private final Map<String, Double> constants = new TreeMap<>();

  /**
   * An order without tensors.
   *
   * @param vertices names in the order of the file
   */
  StoredOrder(List<String> vertices) {
    this.vertices = List.copyOf(vertices);
  }

  /** The next tensor of a vertex. */
  void next(Vertex vertex, String parameter) {
    permuted(vertex, parameter, IntUnaryOperator.identity());
  }

  /** The next tensor of a vertex, whose elements are to be decoded. */
  void decoded(Vertex vertex, String parameter, DoubleUnaryOperator decoding) {
    add(vertex, new Piece(parameter, IntUnaryOperator.identity(), decoding));
  }

  /**
   * The next tensor of a vertex, in an element order of its own.
   *
   * @param position where, in the network's order, the file's element number i belongs
   */
  void permuted(Vertex vertex, String parameter, IntUnaryOperator position) {
    add(vertex, new Piece(parameter, position, DoubleUnaryOperator.identity()));
  }

  private void add(Vertex vertex, Piece piece) {
    byVertex.computeIfAbsent(vertex.name(), name -> new ArrayList<>()).add(piece);
  }

  private Stream<Piece> pieces() {
    return vertices.stream().flatMap(name -> byVertex.getOrDefault(name, List.of()).stream());
  }

  /** A tensor that is not in the file, because all its elements are one known number. */
  void constant(String parameter, double value) {
    constants.put(parameter, value);
  }

  /** Number of values in the file. */
  long count(ParamLayout layout) {
    return pieces().mapToLong(piece -> layout.slice(piece.parameter).length()).sum();
  }

  /**
   * The parameters in the network's order.
   *
   * @param stored {@link #count} values, not modified
   */
  ParamVector arrange(ParamLayout layout, float[] stored) {
    float[] values = new float[layout.size()];
    int at = 0;
    for (Piece piece : pieces().toList()) {
      ParamSlice slice = layout.slice(piece.parameter);
      for (int i = 0; i < slice.length(); i++) {
        int position = slice.offset() + piece.position.applyAsInt(i);
        values[position] = (float) piece.decoding.applyAsDouble(stored[at + i]);
      }
      at += slice.length();
    }
    constants.forEach((name, value) -> fill(values, layout.slice(name), value));
    return ParamVector.of(layout, values);
  }

  private static void fill(float[] values, ParamSlice slice, double value) {
    Arrays.fill(values, slice.offset(), slice.offset() + slice.length(), (float) value);
  }
}
