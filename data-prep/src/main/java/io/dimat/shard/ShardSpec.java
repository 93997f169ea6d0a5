package io.dimat.shard;

import io.dimat.partition.Division;
import io.dimat.source.DatasetInfo;
import java.io.Serializable;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What was asked for when shards were made: dataset and division. Equal specs over the same files
 * give equal hashes.
 *
 * @param parameters of the partitioner, by name
 * @param limit of training images; {@link io.dimat.partition.Selection#ALL} for none
 */
public record ShardSpec(
    DatasetInfo dataset,
    String partitioner,
    SortedMap<String, String> parameters,
    int agents,
    double validation,
    long limit,
    long seed)
    implements Serializable {
  public ShardSpec {
    parameters = java.util.Collections.unmodifiableSortedMap(new TreeMap<>(parameters));
  }

  /** What a division of a dataset asks for. */
  public static ShardSpec of(DatasetInfo dataset, Division division) {
    return new ShardSpec(
        dataset,
        division.partitioner().name(),
        division.partitioner().parameters(),
        division.agents(),
        division.selection().validation(),
        division.selection().limit(),
        division.seed());
  }

  /** Where {@code wanted} differs from this, one line per difference; empty if nowhere. */
  public SortedMap<String, String> differences(ShardSpec wanted) {
    SortedMap<String, String> differences = new TreeMap<>();
    compare(differences, "dataset", dataset.name(), wanted.dataset.name());
    if (!dataset.equals(wanted.dataset) && differences.isEmpty()) {
      compare(differences, "dataset details", dataset, wanted.dataset);
    }
    compare(differences, "partitioner", partitioner, wanted.partitioner);
    compare(differences, "partitioner parameters", parameters, wanted.parameters);
    compare(differences, "agents", agents, wanted.agents);
    compare(differences, "validation", validation, wanted.validation);
    compare(differences, "limit", limit, wanted.limit);
    compare(differences, "seed", seed, wanted.seed);
    return differences;
  }

  private static void compare(
      SortedMap<String, String> differences, String name, Object here, Object wanted) {
    if (!here.equals(wanted)) {
      differences.put(name, here + ", wanted " + wanted);
    }
  }
}
