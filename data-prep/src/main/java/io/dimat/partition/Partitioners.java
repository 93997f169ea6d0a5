package io.dimat.partition;

import io.dimat.partition.ClassesPerAgentPartitioner.Lists;
import io.dimat.partition.PartitionSettings.Setting;
import io.dimat.source.DataException;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Function;

/** The shard partitioners by the names that users choose them by. */
public final class Partitioners {
  private record Entry(
      String description,
      Optional<Setting> reads,
      Function<PartitionSettings, Partitioner> create) {}

  private static final SortedMap<String, Entry> ALL = all();

  private Partitioners() {}

  private static SortedMap<String, Entry> all() {
    SortedMap<String, Entry> all = new TreeMap<>();
    all.put(
        IidPartitioner.NAME,
        new Entry("class-balanced", Optional.empty(), s -> new IidPartitioner()));
    all.put(
        ClassShardPartitioner.NAME,
        new Entry("whole classes (DIMAT)", Optional.empty(), s -> new ClassShardPartitioner()));
    all.put(
        DirichletPartitioner.NAME,
        new Entry(
            "each class over agents by Dir(alpha) (NIID-Bench)",
            Optional.of(Setting.ALPHA),
            s -> new DirichletPartitioner(s.alpha(), s.minimum())));
    all.put(
        DirichletBlocksPartitioner.NAME,
        new Entry(
            "as dirichlet in blocks of 10 agents, where full agents get no more (RelaySGD)",
            Optional.of(Setting.ALPHA),
            s -> new DirichletBlocksPartitioner(s.alpha())));
    all.put(
        DirichletPerAgentPartitioner.NAME,
        new Entry(
            "equal sizes, each agent's classes by Dir(alpha prior) (Hsu et al.)",
            Optional.of(Setting.ALPHA),
            s -> new DirichletPerAgentPartitioner(s.alpha())));
    all.put(
        PathologicalPartitioner.NAME,
        new Entry(
            "pieces of the images sorted by class (FedAvg)",
            Optional.of(Setting.SHARDS_PER_AGENT),
            s -> new PathologicalPartitioner(s.shardsPerAgent())));
    all.put(
        ClassesPerAgentPartitioner.NAME,
        new Entry(
            "equal sizes, so many classes each, in turn (Momentum Tracking)",
            Optional.of(Setting.CLASSES_PER_AGENT),
            s -> new ClassesPerAgentPartitioner(s.classesPerAgent(), Lists.ROTATING)));
    all.put(
        ClassesPerAgentPartitioner.RANDOM_NAME,
        new Entry(
            "as classes-per-agent with random classes",
            Optional.of(Setting.CLASSES_PER_AGENT),
            s -> new ClassesPerAgentPartitioner(s.classesPerAgent(), Lists.RANDOM)));
    all.put(
        QuantitySkewPartitioner.NAME,
        new Entry(
            "sizes by Dir(beta), labels alike",
            Optional.of(Setting.BETA),
            s -> new QuantitySkewPartitioner(s.beta(), s.minimum())));
    return Collections.unmodifiableSortedMap(all);
  }

  /** All names, sorted. */
  public static SortedSet<String> names() {
    return Collections.unmodifiableSortedSet(new TreeSet<>(ALL.keySet()));
  }

  /**
   * A few words on what it does.
   *
   * @throws DataException if there is none of that name
   */
  public static String description(String name) {
    return entry(name).description();
  }

  /**
   * The setting that it needs, if any; every partitioner that draws sizes also reads the minimum.
   *
   * @throws DataException if there is none of that name
   */
  public static Optional<Setting> reads(String name) {
    return entry(name).reads();
  }

  /** Names of all that read a setting, sorted; at least one. */
  public static List<String> readers(Setting setting) {
    return names().stream().filter(name -> reads(name).equals(Optional.of(setting))).toList();
  }

  /**
   * The partitioner of that name.
   *
   * @throws DataException if there is none, or a value that it reads is out of range
   */
  public static Partitioner named(String name, PartitionSettings settings) {
    return entry(name).create().apply(settings);
  }

  private static Entry entry(String name) {
    Entry entry = ALL.get(name);
    if (entry == null) {
      throw new DataException(
          "there is no partitioner %s; choose one of %s"
              .formatted(name, List.copyOf(ALL.keySet())));
    }
    return entry;
  }
}
