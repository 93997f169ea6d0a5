package io.dimat.job;

import io.dimat.cli.JobOptions;
import io.dimat.metrics.MetricsRow;
import io.dimat.metrics.RunDescription;
import io.dimat.protocol.Metric;
import io.dimat.spark.SparkEngine;
import io.dimat.store.ConsensusPhase;
import io.dimat.store.PhaseManifest;
import io.dimat.store.StateRef;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Follows a run: one line per round on the console (a bar while it lasts, on a terminal), and the
 * metrics file after every round.
 */
final class Progress implements SparkEngine.Listener, AutoCloseable {
  private static final double MEGABYTE = 1e6;

  private final JobPlan plan;
  private final RunRecord record;
  private final RunDescription description;
  private final JobOptions options;
  private final RoundBar bar;
  private final List<MetricsRow> rows = new ArrayList<>();
  private final List<PhaseManifest> round = new ArrayList<>();
  private final long started = System.nanoTime();
  private RoundSummary last;
  private Optional<StateRef> consensus = Optional.empty();
  private final SortedSet<String> backends = new TreeSet<>();
  private int rowsWritten;
  private double bytes;
  private int lastRound = -1;
  private int resumedRounds;
  private boolean resumed;
  private int freshRounds;
  private double freshSeconds;
  private long roundStarted = started;

  Progress(JobPlan plan, RunRecord record, RunDescription description, JobOptions options) {
    this.plan = plan;
    this.record = record;
    this.description = description;
    this.options = options;
    this.bar = RoundBar.on(options, plan.run().rounds());
  }

  /** Another task has ended. */
  void tick() {
    bar.tick();
  }

  @Override
  public void roundBegins(int number) {
    bar.begin(number, tasks(number));
  }

  @Override
  public void committed(PhaseManifest phase, boolean fromEarlierRun) {
    resumed = fromEarlierRun;
    round.add(phase);
    rows.addAll(RunRows.of(plan.config().algorithm(), phase));
    backends.add(phase.backend());
    if (phase.phase().equals(ConsensusPhase.NAME)) {
      consensus = Optional.of(phase.agents().get(0).state());
    }
  }

  /**
   * One per agent and superstep, the consensus measurement included where there is one. What agents
   * do until they agree is not counted: nobody knows how often.
   */
  private int tasks(int number) {
    int jobs = plan.run().segments(number).stream().mapToInt(Supersteps::atLeast).sum();
    boolean measured = plan.run().schedule().measuresConsensus(number);
    return plan.run().agents() * (measured ? jobs + 1 : jobs);
  }

  @Override
  public void roundDone(int number) {
    double seconds = (System.nanoTime() - roundStarted) * 1e-9;
    roundStarted = System.nanoTime();
    last = RoundSummary.of(number, round);
    round.clear();
    lastRound = number;
    bytes += last.bytesSent();
    bar.end();
    if (resumed) {
      resumedRounds++;
      return;
    }
    writeGrownMetrics();
    freshRounds++;
    freshSeconds += seconds;
    if (resumedRounds > 0 && freshRounds == 1) {
      options.out().printf("resumed after round %d%n", number - 1);
    }
    options.out().println(line(seconds));
  }

  /**
   * Rewritten when it has grown by a tenth: a long run writes a multiple of its size, not its
   * square.
   */
  private void writeGrownMetrics() {
    if (rows.size() * 10L >= rowsWritten * 11L) {
      record.writeMetrics(rows);
      rowsWritten = rows.size();
    }
  }

  private String line(double seconds) {
    int left = plan.run().rounds() - last.round();
    StringBuilder line = new StringBuilder();
    line.append(text("round %d/%d", last.round(), plan.run().rounds()));
    last.meanAccuracy()
        .ifPresent(
            a ->
                line.append(
                    text("  %s%smean %5.1f %%", label(), label().isEmpty() ? "" : " ", 100 * a)));
    last.worstAccuracy().ifPresent(a -> line.append(text("  worst %5.1f %%", 100 * a)));
    last.consensusDistance().ifPresent(d -> line.append(text("  distance %.3g", d)));
    line.append(text("  sent %.1f MB  %.1f s", bytes / MEGABYTE, seconds));
    if (left > 0) {
      line.append(text("  left %.0f s", left * freshSeconds / freshRounds));
    }
    return line.toString();
  }

  /** Where a round measures at two points, at which. */
  private String label() {
    if (last.round() > 0) {
      return plan.run().segments(last.round()).size() > 1 ? last.point() + ":" : "";
    }
    return plan.config().pretrainEpochs() > 0 ? "pretrained:" : "untrained:";
  }

  private static String text(String format, Object... values) {
    return String.format(Locale.ROOT, format, values);
  }

  /** The last round that is committed whole; -1 if none. */
  int lastRound() {
    return lastRound;
  }

  List<MetricsRow> rows() {
    return rows;
  }

  /** The newest consensus model. */
  Optional<StateRef> consensus() {
    return consensus;
  }

  /** Final numbers by metric name. */
  SortedMap<String, Double> headline() {
    SortedMap<String, Double> headline = new TreeMap<>();
    if (last != null) {
      put(headline, Metric.TEST_ACCURACY, last.meanAccuracy());
      put(headline, "worst_" + Metric.TEST_ACCURACY, last.worstAccuracy());
      put(headline, Metric.CONSENSUS_ACCURACY, last.consensusAccuracy());
      put(headline, Metric.CONSENSUS_DISTANCE, last.consensusDistance());
      headline.put(Metric.BYTES_SENT, bytes);
    }
    return headline;
  }

  private static void put(SortedMap<String, Double> headline, String name, OptionalDouble value) {
    value.ifPresent(v -> headline.put(name, v));
  }

  /** Writes metrics, description and report. */
  RunDescription finish(String status) {
    double seconds = (System.nanoTime() - started) * 1e-9;
    RunDescription ended =
        description
            .withBackend(String.join(" + ", backends))
            .with(new RunDescription.Outcome(status, seconds));
    record.writeMetrics(rows);
    record.writeDescription(ended);
    record.writeReport();
    return ended;
  }

  @Override
  public void close() {
    bar.end();
  }
}
