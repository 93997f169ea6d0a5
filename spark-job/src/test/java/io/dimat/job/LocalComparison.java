package io.dimat.job;

import io.dimat.compare.Comparison.Cell;
import io.dimat.compare.Comparison.Status;
import io.dimat.compare.Curve;
import io.dimat.conf.CompareConfig;
import io.dimat.conf.CompareLoader;
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.feed.ShardData;
import io.dimat.learn.Learner;
import io.dimat.protocol.AgentMetrics;
import io.dimat.protocol.LocalEngine;
import io.dimat.protocol.Metric;
import io.dimat.shard.ImageBlock;
import io.dimat.shard.Shards;
import io.dimat.spark.AgentShards;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/**
 * A comparison run by the local engine, which gives the same models as {@code dimat compare} (they
 * are held bit-identical) without committing every phase: for many small runs, where Spark's and
 * the storage's work is most of the time. Main. Arguments: file, output folder, {@code key=value}s.
 *
 * <p>Tables are written after every seed. Only the last round is measured, and neither the
 * consensus model nor seconds are; the control parameter averaging is left out. It does not resume,
 * and step sizes are given, not tuned.
 */
final class LocalComparison {
  private final ComparePlan plan;
  private final CompareConfig config;
  private final Session session;
  private final CompareResults results;
  private final SortedMap<String, Images> read = new TreeMap<>();
  private final SortedMap<String, Learner> learners = new TreeMap<>();

  private record Images(List<ImageBlock> train, ImageBlock test, ImageBlock union) {
    Images {
      train = List.copyOf(train);
    }
  }

  private LocalComparison(ComparePlan plan, Session session) {
    this.plan = plan;
    this.config = plan.config();
    this.session = session;
    this.results = new CompareResults(plan);
  }

  /** Runs all seeds, one after the other. */
  public static void main(String[] arguments) {
    List<String> sets = new ArrayList<>(List.of("run.out=" + arguments[1]));
    sets.addAll(Arrays.asList(arguments).subList(2, arguments.length));
    CompareConfig config = CompareLoader.load(Optional.of(Path.of(arguments[0])), sets);
    try (Session session = Session.open("local comparison", Optional.of("local[1]"))) {
      new LocalComparison(ComparePlan.of(config), session).run(arguments[1]);
    }
  }

  private void run(String out) {
    CompareFiles files = new CompareFiles(session.folder(out));
    for (long seed : config.seeds()) {
      for (PlannedRow row : plan.distinctRows()) {
        JobPlan job = JobPlan.of(row.run(config, seed, OptionalDouble.empty()));
        if (job.averagesOnDriver()) {
          continue; // DL4J's Spark module, which has no local engine
        }
        Cell cell = new Cell(Status.DONE, "", new Curve(List.of(run(job, out))));
        results.put(row, seed, cell);
        System.out.printf(
            "seed %d  %s  %.4f%n", seed, row.name(), cell.curve().points().get(0).accuracy());
      }
      read.clear();
      files.write(results.comparison());
    }
  }

  private Curve.Point run(JobPlan job, String out) {
    Images images = images(job, out);
    ImageBlock test = images.test().sample(job.config().evaluate().images(), job.config().seed());
    Optional<ImageBlock> union = job.unionProbe() ? Optional.of(images.union()) : Optional.empty();
    Learner learner =
        learners.computeIfAbsent(
            job.run().network().toString(), name -> new Dl4jLearner(job.run().network()));
    SortedMap<Integer, AgentMetrics> last = new TreeMap<>();
    double[] sums = new double[2];
    new LocalEngine(
            learner,
            agent -> new ShardData(agent, images.train().get(agent), test, union, job.feed()))
        .run(
            job.run(),
            (round, phase, states, metrics) -> {
              last.putAll(metrics);
              sums[0] += sum(metrics, Metric.BYTES_SENT) / 1e6;
              sums[1] += sum(metrics, Metric.GRADIENT_EVALUATIONS);
            });
    double[] accuracies =
        last.values().stream().mapToDouble(m -> m.values().get(Metric.TEST_ACCURACY)).toArray();
    return new Curve.Point(
        job.run().rounds(),
        Arrays.stream(accuracies).average().orElseThrow(),
        Arrays.stream(accuracies).min().orElseThrow(),
        Double.NaN,
        Double.NaN,
        sums[0],
        sums[1],
        Double.NaN);
  }

  /** One seed's shards, read once. */
  private Images images(JobPlan job, String out) {
    String name = CompareCell.shardsName(job);
    Images known = read.get(name);
    if (known != null) {
      return known;
    }
    RunShards place = new RunShards(session.folder(out + "/" + CompareCell.SHARDS), name);
    Shards shards = place.openOrMake(job, session);
    List<ImageBlock> train =
        IntStream.range(0, job.run().agents()).mapToObj(shards::train).toList();
    try (AgentShards blocks = AgentShards.open(shards, session.sql(), job.featureSkew())) {
      Images images = new Images(train, shards.test(), blocks.unionProbe(job.feed()));
      read.put(name, images);
      return images;
    }
  }

  private static double sum(SortedMap<Integer, AgentMetrics> metrics, String name) {
    return metrics.values().stream().mapToDouble(m -> m.values().getOrDefault(name, 0.0)).sum();
  }
}
