package io.dimat.source;

import java.io.IOException;
import java.io.Serializable;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** The table every source yields, made from record ranges: one task per range. */
final class ImageTable {
  private static final StructType SCHEMA =
      new StructType()
          .add("index", DataTypes.LongType, false)
          .add("label", DataTypes.IntegerType, false)
          .add("pixels", DataTypes.BinaryType, false);

  private ImageTable() {}

  /** Opens one range inside a task. */
  interface RangeReader extends Serializable {
    ImageRows read(RecordRange range) throws IOException;
  }

  static Dataset<Row> of(SparkSession session, List<RecordRange> ranges, RangeReader reader) {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(session.sparkContext());
    JavaRDD<Row> rows = context.parallelize(ranges, ranges.size()).flatMap(reader::read);
    return session.createDataFrame(rows, SCHEMA);
  }
}
