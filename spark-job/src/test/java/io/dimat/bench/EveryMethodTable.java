package io.dimat.bench;

import io.dimat.LocalSession;
import io.dimat.algorithm.Algorithms;
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.feed.FeedSettings;
import io.dimat.feed.ShardData;
import io.dimat.learn.Learner;
import io.dimat.partition.DirichletBlocksPartitioner;
import io.dimat.partition.Division;
import io.dimat.partition.Selection;
import io.dimat.protocol.Seeds;
import io.dimat.shard.Augmentation;
import io.dimat.shard.ImageBlock;
import io.dimat.shard.ShardWriter;
import io.dimat.shard.Shards;
import io.dimat.source.Sources;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;

/**
 * Methods of the registry on the same skewed shards: {@code EveryMethodTable FOLDER ALPHA
 * ITERATIONS SEEDS [METHOD...]}, all methods if none is named. Shards are written into the folder
 * and found there again. Two methods run at a time, without Spark. Every method's step size is
 * chosen on validation images with a seed that is not in the table; rows are printed as they are
 * finished, then once more, the best first.
 */
public final class EveryMethodTable {
  private static final int AGENTS = 8;
  private static final double HELD_OUT = 0.15;
  private static final int TUNING_SEED = 101;
  private static final int PROBE = 128;

  /** Step sizes that every method tries. */
  private static final List<Double> RATES = List.of(.003, .01, .03, .1, .3, 1.0);

  private record Column(String title, String format, ToDoubleFunction<MethodTrial.Result> value) {}

  private static final List<Column> COLUMNS =
      List.of(
          new Column("consensus %", "%.1f", r -> 100 * r.consensusAccuracy()),
          new Column("agents %", "%.1f", r -> 100 * r.meanAccuracy()),
          new Column("worst agent %", "%.1f", r -> 100 * r.worstAccuracy()),
          new Column("distance", "%.3f", MethodTrial.Result::distance),
          new Column("iterations", "%.0f", MethodTrial.Result::iterations),
          new Column("sent MB", "%.1f", MethodTrial.Result::megabytes),
          new Column("CPU s", "%.1f", MethodTrial.Result::seconds));

  /** A finished row. */
  private record Row(String text, double score) {}

  private final int iterations;
  private final List<Long> seeds;
  private final SortedMap<Long, MethodTrial.World> worlds = new TreeMap<>();

  private EveryMethodTable(Path folder, double alpha, int iterations, int seeds) {
    this.iterations = iterations;
    this.seeds = IntStream.rangeClosed(1, seeds).mapToObj(s -> (long) s).toList();
    worlds.put((long) TUNING_SEED, world(folder, alpha, TUNING_SEED, Shards::validation));
    for (long seed : this.seeds) {
      worlds.put(seed, world(folder, alpha, seed, shards -> Optional.of(shards.test())));
    }
  }

  public static void main(String[] args) throws Exception {
    EveryMethodTable table =
        new EveryMethodTable(
            Path.of(args[0], "alpha-" + args[1]),
            Double.parseDouble(args[1]),
            Integer.parseInt(args[2]),
            Integer.parseInt(args[3]));
    List<String> named = Arrays.asList(args).subList(4, args.length);
    table.print(named.isEmpty() ? List.copyOf(Algorithms.names()) : named);
    System.exit(0);
  }

  private interface Measured {
    Optional<ImageBlock> of(Shards shards);
  }

  private static MethodTrial.World world(Path folder, double alpha, long seed, Measured measured) {
    Division division =
        new Division(
            new DirichletBlocksPartitioner(alpha),
            AGENTS,
            new Selection(HELD_OUT, Selection.ALL),
            seed);
    Shards shards =
        new ShardWriter(
                LocalSession.get(),
                folder.resolve("seed-" + seed).toString(),
                Sources.open(Sources.SAMPLE, Optional.empty()),
                division)
            .openOrWrite();
    FeedSettings feed =
        new FeedSettings(
            shards.dataset().normalization(), Augmentation.NONE, PROBE, new Seeds(seed));
    ImageBlock images = measured.of(shards).orElseThrow();
    List<ShardData> data =
        IntStream.range(0, AGENTS)
            .mapToObj(a -> new ShardData(a, shards.train(a), images, Optional.empty(), feed))
            .toList();
    for (int a = 0; a < AGENTS; a++) {
      System.out.printf(
          "seed %d, agent %d: %s%n", seed, a, Arrays.toString(shards.train(a).histogram(10)));
    }
    return new MethodTrial.World(seed, data);
  }

  private void print(List<String> methods) throws InterruptedException, ExecutionException {
    StringBuilder header = new StringBuilder("| method | step size |");
    COLUMNS.forEach(column -> header.append(' ').append(column.title()).append(" |"));
    System.out.println(header);
    ExecutorService two = Executors.newFixedThreadPool(2);
    List<Future<Row>> running = new ArrayList<>();
    for (String method : methods) {
      running.add(two.submit(() -> row(method)));
    }
    List<Row> rows = new ArrayList<>();
    for (Future<Row> row : running) {
      rows.add(row.get());
    }
    two.shutdown();
    System.out.println("\n" + header + "\n|---|" + "---:|".repeat(COLUMNS.size() + 1));
    rows.sort(Comparator.comparingDouble(Row::score).reversed());
    rows.forEach(row -> System.out.println(row.text()));
  }

  private Row row(String method) {
    try (Learner learner = new Dl4jLearner(MethodTrial.NETWORK)) {
      MethodTrial trial = new MethodTrial(method, iterations, learner);
      double rate = searched(trial);
      List<MethodTrial.Result> results =
          seeds.stream().map(seed -> trial.run(worlds.get(seed), rate)).toList();
      StringBuilder text = new StringBuilder("| %s | %s |".formatted(method, rate));
      for (Column column : COLUMNS) {
        text.append(' ').append(cell(column, results)).append(" |");
      }
      System.out.println(text);
      double score =
          results.stream()
              .mapToDouble(MethodTrial.Result::consensusAccuracy)
              .average()
              .orElseThrow();
      return new Row(text.toString(), score);
    } catch (RuntimeException refused) {
      String text = "| %s | | %s |".formatted(method, refused);
      System.out.println(text);
      return new Row(text, -1);
    }
  }

  private double searched(MethodTrial trial) {
    MethodTrial.World validation = worlds.get((long) TUNING_SEED);
    List<Double> scores =
        RATES.stream().map(rate -> trial.run(validation, rate).consensusAccuracy()).toList();
    System.out.printf(Locale.ROOT, "%s on validation images, by step size: %s%n", trial, scores);
    return RATES.get(scores.indexOf(Collections.max(scores)));
  }

  private static String cell(Column column, List<MethodTrial.Result> results) {
    double[] values = results.stream().mapToDouble(column.value()).toArray();
    double mean = Arrays.stream(values).average().orElseThrow();
    String text = String.format(Locale.ROOT, column.format(), mean);
    if (!column.title().endsWith("%") || values.length == 1) {
      return text;
    }
    double squares = Arrays.stream(values).map(v -> (v - mean) * (v - mean)).sum();
    return text
        + String.format(
            Locale.ROOT, " ± " + column.format(), Math.sqrt(squares / (values.length - 1)));
  }
}
