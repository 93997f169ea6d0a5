package io.dimat.partition;

import io.dimat.source.DataException;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.function.BiFunction;

/** The shard partitioners by the names that users choose them by. */
public final class Partitioners {
  private static final SortedMap<String, BiFunction<Double, Integer, Partitioner>> ALL = all();

  private Partitioners() {}

  private static SortedMap<String, BiFunction<Double, Integer, Partitioner>> all() {
    SortedMap<String, BiFunction<Double, Integer, Partitioner>> all = new TreeMap<>();
    all.put(IidPartitioner.NAME, (alpha, minimum) -> new IidPartitioner());
    all.put(ClassShardPartitioner.NAME, (alpha, minimum) -> new ClassShardPartitioner());
    all.put(DirichletPartitioner.NAME, DirichletPartitioner::new);
    return Collections.unmodifiableSortedMap(all);
  }

  /** All names, sorted. */
  public static SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new java.util.TreeSet<>(ALL.keySet()));
  }

  /**
   * The partitioner of that name.
   *
   * @param alpha read by {@code dirichlet} only
   * @param minimum images per agent, read by {@code dirichlet} only
   * @throws DataException if there is none, or a value that it reads is out of range
   */
  public static Partitioner named(String name, double alpha, int minimum) {
    BiFunction<Double, Integer, Partitioner> create = ALL.get(name);
    if (create == null) {
      throw new DataException(
          "there is no partitioner %s; choose one of %s"
              .formatted(name, List.copyOf(ALL.keySet())));
    }
    return create.apply(alpha, minimum);
  }
}
