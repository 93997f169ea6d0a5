package io.dimat.job;

import io.dimat.conf.DataConfig;
import io.dimat.conf.EvaluateConfig;
import io.dimat.conf.MergeConfig;
import io.dimat.conf.RunConfig;
import io.dimat.conf.Spelling;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.MixingSchedule;
import io.dimat.graph.ProductError;
import io.dimat.graph.SpectralGap;
import io.dimat.graph.Topology;
import io.dimat.metrics.RunDescription;
import io.dimat.partition.LabelSkew;
import io.dimat.shard.BlockFile;
import io.dimat.shard.FeatureSkew;
import io.dimat.shard.Shards;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.IntStream;

/** Puts into words, for the report, what a planned run is. */
final class Describe {
  private Describe() {}

  static RunDescription run(JobPlan plan, Shards shards, String backend) {
    RunConfig config = plan.config();
    return new RunDescription(
        config.algorithm(),
        data(shards),
        new RunDescription.Network(
            plan.run().network().name(), plan.run().network().layout().trainableSize()),
        topology(plan),
        config.seed(),
        backend,
        config.rounds(),
        plan.merges() ? probe(plan) : "",
        plan.merges() ? Spelling.of(config.merge().batchNorm()) : "",
        notes(plan, shards),
        config.render(),
        RunDescription.Outcome.UNKNOWN);
  }

  private static RunDescription.Data data(Shards shards) {
    List<List<Long>> histogram = new ArrayList<>();
    for (BlockFile block : shards.manifest().agents()) {
      histogram.add(block.histogram().stream().map(Integer::longValue).toList());
    }
    return new RunDescription.Data(
        shards.dataset().name(), shards.dataset().classNames(), histogram);
  }

  private static RunDescription.Topology topology(JobPlan plan) {
    Topology topology = plan.run().topology();
    MixingSchedule schedule = plan.run().mixing();
    MixingMatrix mixing = schedule.at(0);
    boolean mixes = plan.run().program().bytesPerNeighbor(plan.run().network()) > 0;
    return new RunDescription.Topology(
        topology.name(),
        topology.agents(),
        mixes
            ? topology.edges().stream()
                .map(edge -> new RunDescription.Edge(edge.from(), edge.to()))
                .toList()
            : List.of(),
        mixes && schedule.isConstant()
            ? Arrays.stream(mixing.toArray())
                .map(row -> Arrays.stream(row).boxed().toList())
                .toList()
            : List.of(),
        mixes ? gap(schedule) : 0);
  }

  /** Of a schedule that changes: 1 - the shrinking of differences per step, on average. */
  private static double gap(MixingSchedule schedule) {
    return schedule.isConstant()
        ? SpectralGap.of(schedule.at(0)).gap()
        : 1 - ProductError.of(schedule, schedule.matrices().size()).rate();
  }

  /** Whose images matching and recalibration see. */
  static String probe(JobPlan plan) {
    return probe(plan.config().merge().probe()).formatted(plan.feed().probeImages());
  }

  private static String probe(MergeConfig.Probe probe) {
    return switch (probe) {
      case OWN -> "%d images of the agent's own shard";
      case UNION -> "%d images of all agents";
      case NEIGHBORHOOD ->
          "%d images of the agent's own shard, and sums over as many of each neighbour's";
    };
  }

  /** What a reader must know to read the numbers rightly, as far as the plan tells. */
  static List<String> notes(JobPlan plan) {
    List<String> notes = new ArrayList<>();
    if (plan.unionProbe()) {
      notes.add(
          "merge.probe = union: matching and batch-norm recalibration see every agent's images; this is not decentralized");
    }
    if (plan.averagesOnDriver()) {
      notes.add(
          "parameter-averaging: every model passes the driver; this is not decentralized, and topology and mixing are not read");
    }
    if (plan.config().evaluate().on() == EvaluateConfig.On.VALIDATION) {
      notes.add("accuracy is measured on the validation split, not on the test set");
    }
    featureSkew(plan.config()).ifPresent(notes::add);
    return notes;
  }

  /** What happens to agents' images, if anything does. */
  static Optional<String> featureSkew(RunConfig config) {
    DataConfig.Skew skew = config.data().featureSkew();
    return skew.kind() == FeatureSkew.Kind.NONE
        ? Optional.empty()
        : Optional.of(
            "data.feature-skew = %s: an agent's own images are changed when they are read, from not at all for agent 0 to strength %s for agent %d; stored shards, test and validation images are not"
                .formatted(Spelling.of(skew.kind()), skew.strength(), config.agents() - 1));
  }

  /** One line on how much the agents' labels differ. */
  static String labelSkew(Shards shards) {
    LabelSkew skew = shards.manifest().labelSkew();
    return String.format(
        Locale.ROOT,
        "label skew %.2f on average, %.2f at most (total variation distance to all agents' labels; the earth mover's distance is twice that)",
        skew.mean(),
        skew.largest());
  }

  private static List<String> notes(JobPlan plan, Shards shards) {
    List<String> notes = new ArrayList<>(notes(plan));
    notes.addAll(Cautions.of(plan));
    int smallest = sizes(shards).min().orElseThrow();
    if (plan.merges() && !plan.unionProbe() && smallest < plan.feed().probeImages()) {
      notes.add(
          "the smallest shard has %d images, fewer than the probe's %d: its agent uses all it has"
              .formatted(smallest, plan.feed().probeImages()));
    }
    return notes;
  }

  /** One line on who holds how much, and what accuracy is measured on. */
  static String images(Shards shards, int evaluated, EvaluateConfig.On on) {
    return "%d shards of %d to %d images; accuracy on %d %s images"
        .formatted(
            shards.manifest().agents().size(),
            sizes(shards).min().orElseThrow(),
            sizes(shards).max().orElseThrow(),
            evaluated,
            Spelling.of(on));
  }

  private static IntStream sizes(Shards shards) {
    return shards.manifest().agents().stream().mapToInt(BlockFile::count);
  }
}
