package io.dimat.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * One part of a dataset, none of its records read yet: the table that every source yields, one task
 * per piece.
 *
 * @param <P> what a task reads
 */
public final class ImageTable<P extends ImageTable.Piece> {
  private static final StructType SCHEMA =
      new StructType()
          .add("index", DataTypes.LongType, false)
          .add("label", DataTypes.IntegerType, false)
          .add("pixels", DataTypes.BinaryType, false);

  private final SparkSession session;
  private final List<P> pieces;
  private final PieceReader<P> reader;

  ImageTable(SparkSession session, List<P> pieces, PieceReader<P> reader) {
    this.session = session;
    this.pieces = List.copyOf(pieces);
    this.reader = reader;
  }

  /** Consecutive records that one task reads. */
  interface Piece extends Serializable {
    /** Number of its first record in its file, for messages. */
    long first();

    /** Number of records, at least 1. */
    long count();

    /** Index of its first record in the whole part. */
    long index();
  }

  /** Opens one piece inside a task. */
  interface PieceReader<P extends Piece> extends Serializable {
    RecordDecoder open(P piece) throws IOException;
  }

  /** The wanted part of a piece; a hand-over to a task that nobody keeps or compares. */
  @SuppressWarnings("ArrayRecordComponent")
  private record Chosen<P extends Piece>(P piece, long[] indices) implements Serializable {}

  /** Number of images, as headers, sizes or listings tell it. */
  public long count() {
    return pieces.stream().mapToLong(Piece::count).sum();
  }

  /** All images; see {@link ImageSource#read} for the columns. */
  public Dataset<Row> rows() {
    PieceReader<P> open = reader;
    JavaRDD<Row> rows =
        context()
            .parallelize(pieces, pieces.size())
            .flatMap(piece -> ImageRows.all(piece, open.open(piece)));
    return session.createDataFrame(rows, SCHEMA);
  }

  /**
   * The images of these indices alone; the others are passed over, and pieces without any are not
   * opened.
   *
   * @param indices strictly ascending, in [0, count()), at least one; not modified
   */
  public Dataset<Row> rows(long[] indices) {
    PieceReader<P> open = reader;
    List<Chosen<P>> chosen = chosen(indices);
    JavaRDD<Row> rows =
        context()
            .parallelize(chosen, chosen.size())
            .flatMap(c -> ImageRows.only(c.indices(), c.piece(), open.open(c.piece())));
    return session.createDataFrame(rows, SCHEMA);
  }

  private List<Chosen<P>> chosen(long[] indices) {
    List<Chosen<P>> chosen = new ArrayList<>();
    for (P piece : pieces) {
      int from = place(indices, piece.index());
      int to = place(indices, piece.index() + piece.count());
      if (from < to) {
        chosen.add(new Chosen<>(piece, Arrays.copyOfRange(indices, from, to)));
      }
    }
    return chosen;
  }

  /** How many of the ascending indices are below a bound. */
  private static int place(long[] indices, long bound) {
    int found = Arrays.binarySearch(indices, bound);
    return found < 0 ? -found - 1 : found;
  }

  private JavaSparkContext context() {
    return JavaSparkContext.fromSparkContext(session.sparkContext());
  }
}
