package io.dimat.partition;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Cuts applied to a table of images: hash, window, comparison, broadcast join. No user functions,
 * so an accelerator that runs SQL expressions can run all of it, and the result does not depend on
 * how Spark divides the table.
 */
public final class CutTable {
  private static final StructType CUT =
      new StructType()
          .add("cut_label", DataTypes.IntegerType, false)
          .add("owner", DataTypes.IntegerType, false)
          .add("cut_from", DataTypes.LongType, false)
          .add("cut_to", DataTypes.LongType, false);

  private CutTable() {}

  /**
   * The rank of every image within its class, in an order that only the seed and the index decide.
   *
   * @param labels with columns index (long) and label (int)
   * @param tasks over which classes are spread, at least 1
   * @return index, label, rank (long, from 0)
   */
  public static Dataset<Row> rank(Dataset<Row> labels, long seed, int tasks) {
    Column order = xxhash64(lit(seed), col("index"));
    Column rank =
        row_number().over(Window.partitionBy("label").orderBy(col("order"), col("index")));
    return labels
        .select(col("index"), col("label"), order.as("order"))
        .repartition(tasks, col("label"))
        .select(col("index"), col("label"), rank.minus(lit(1)).cast("long").as("rank"));
  }

  /**
   * The owner of every image that has one.
   *
   * @param ranked as {@link #rank} gives it
   * @param cuts disjoint
   * @return index, owner: an agent or {@link Cut#VALIDATION}
   */
  public static Dataset<Row> owners(Dataset<Row> ranked, List<Cut> cuts) {
    Column inCut =
        col("label")
            .equalTo(col("cut_label"))
            .and(col("rank").geq(col("cut_from")))
            .and(col("rank").lt(col("cut_to")));
    return ranked
        .join(broadcast(table(ranked.sparkSession(), cuts)), inCut)
        .select("index", "owner");
  }

  private static Dataset<Row> table(SparkSession session, List<Cut> cuts) {
    List<Row> rows =
        cuts.stream()
            .map(cut -> RowFactory.create(cut.label(), cut.owner(), cut.from(), cut.to()))
            .toList();
    return session.createDataFrame(rows, CUT);
  }
}
