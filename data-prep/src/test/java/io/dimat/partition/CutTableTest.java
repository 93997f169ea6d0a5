package io.dimat.partition;

import static org.apache.spark.sql.functions.col;
import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.LocalSpark;
import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CutTableTest {
  private static final int IMAGES = 3000;

  @TempDir Path folder;

  private static Dataset<Row> labels(int tasks) {
    return LocalSpark.session()
        .range(0, IMAGES, 1, tasks)
        .select(col("id").as("index"), col("id").mod(10).cast("int").as("label"));
  }

  private static SortedMap<Long, Integer> owners(Dataset<Row> labels, long seed, int tasks) {
    List<Cut> cuts =
        new Division(new DirichletPartitioner(0.5, 5), 4, new Selection(0.1, 2000), seed)
            .cuts(java.util.Collections.nCopies(10, IMAGES / 10L));
    SortedMap<Long, Integer> owners = new TreeMap<>();
    for (Row row : CutTable.owners(CutTable.rank(labels, seed, tasks), cuts).collectAsList()) {
      assertThat(owners.put(row.getLong(0), row.getInt(1))).isNull();
    }
    return owners;
  }

  @Test
  void owners_anyDivisionIntoTasks_sameOwners() {
    SortedMap<Long, Integer> owners = owners(labels(1), 7, 1);

    assertThat(owners).hasSize(2000 + 300);
    assertThat(owners(labels(9).repartition(5), 7, 3)).isEqualTo(owners);
  }

  @Test
  void owners_otherSeed_otherOwners() {
    assertThat(owners(labels(2), 8, 2)).isNotEqualTo(owners(labels(2), 7, 2));
  }

  @Test
  void rank_isAPermutationOfEachClassThatIsNotFileOrder() {
    List<Row> rows =
        CutTable.rank(labels(3), 1, 2).where("label = 4").orderBy("rank").collectAsList();

    assertThat(rows).extracting(row -> row.getLong(2)).isSorted().doesNotHaveDuplicates();
    assertThat(rows.get(0).getLong(2)).isZero();
    assertThat(rows).hasSize(300);
    List<Long> indices = rows.stream().map(row -> row.getLong(0)).toList();
    assertThat(indices).isNotEqualTo(indices.stream().sorted().toList());
  }

  /** What an accelerator can run: no user functions and no objects between the operators. */
  @Test
  void owners_physicalPlan_hasNoUserFunction() {
    labels(2).write().parquet(folder + "/labels");
    Dataset<Row> stored = LocalSpark.session().read().parquet(folder + "/labels");
    List<Cut> cuts =
        new Division(new IidPartitioner(), 5, new Selection(0, Selection.ALL), 1)
            .cuts(java.util.Collections.nCopies(10, 300L));

    String plan =
        CutTable.owners(CutTable.rank(stored, 1, 2), cuts)
            .queryExecution()
            .executedPlan()
            .toString();

    assertThat(plan)
        .contains("BroadcastHashJoin", "Window", "xxhash64")
        .doesNotContainIgnoringCase("udf")
        .doesNotContain("MapElements", "MapPartitions", "DeserializeToObject");
  }
}
