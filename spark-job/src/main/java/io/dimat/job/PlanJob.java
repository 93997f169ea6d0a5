package io.dimat.job;

import io.dimat.conf.RunConfig;
import io.dimat.conf.TrainConfig;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.MixingSchedule;
import io.dimat.graph.ProductError;
import io.dimat.graph.SpectralGap;
import io.dimat.network.Network;
import io.dimat.network.NetworkCost;
import io.dimat.partition.LabelSkew;
import io.dimat.protocol.RunPlan;
import java.io.PrintStream;
import java.util.Locale;

/** Prints what a validated plan would cost; starts no training and no Spark. */
final class PlanJob {
  private static final double MEGABYTE = 1e6;

  /** Vectors of model size that a task holds at once besides its neighbours' models. */
  private static final int WORKING_COPIES = 6;

  private final JobPlan plan;

  PlanJob(JobPlan plan) {
    this.plan = plan;
  }

  void print(PrintStream out) {
    RunPlan run = plan.run();
    RunConfig config = plan.config();
    Network network = run.network();
    double modelBytes = 4.0 * network.layout().size();
    double sent = run.program().bytesPerNeighbor(network);
    int degree = maxDegree(run);
    PlannedTraffic traffic = PlannedTraffic.of(run);
    String bound = run.mixing().isConstant() ? "at most" : "about";
    line(out, "algorithm", run.program().name());
    line(
        out,
        "network",
        "%s, %,d parameters and %,d running statistics, %.1f M multiply-adds per image",
        network.name(),
        network.layout().trainableSize(),
        network.layout().size() - network.layout().trainableSize(),
        NetworkCost.multiplyAdds(network) / 1e6);
    LabelSkew skew = plan.expectedLabelSkew();
    line(
        out,
        "labels",
        "%s: skew %.2f on average, %.2f at most (total variation distance to all agents' labels, if classes are of equal size)",
        config.data().partitioner(),
        skew.mean(),
        skew.largest());
    line(
        out,
        "topology",
        "%s of %d agents, at most %d neighbours",
        run.topology().name(),
        run.agents(),
        degree);
    line(out, "mixing", "%s, %s", config.mixing().name(), mixing(run.mixing()));
    if (plan.merges()) {
      line(out, "probe", plan.unionProbe() ? "%s: not decentralized" : "%s", Describe.probe(plan));
    }
    StatisticsAdvice.of(plan, skew).ifPresent(advice -> line(out, "advice", "%s", advice));
    if (plan.averagesOnDriver()) {
      line(
          out,
          "traffic",
          "%.2f MB of parameters per agent and averaging, through the driver: not decentralized",
          2 * modelBytes / MEGABYTE);
    } else {
      line(
          out,
          "traffic",
          sent > 0 ? bound + " %.2f MB per agent and round, %.1f MB in all" : "none",
          traffic.largest() / MEGABYTE,
          traffic.total() / MEGABYTE);
    }
    line(
        out,
        "memory",
        "about %.0f MB of models per running task, beside shard and activations",
        (WORKING_COPIES + degree) * modelBytes / MEGABYTE);
    line(
        out,
        "storage",
        "%.0f MB of committed models, beside what the algorithm keeps in its state",
        PlannedWork.of(plan).storedBytes() / MEGABYTE);
    line(out, "time", "%s", time(config.train(), network));
    line(
        out,
        "",
        "(training alone; assumes %.0f G multiply-adds a second and core)",
        PlannedWork.MULTIPLY_ADDS_PER_SECOND / 1e9);
    Cautions.of(plan).forEach(note -> line(out, "note", "%s", note));
    out.println("nothing was started");
  }

  private static String time(TrainConfig train, Network network) {
    return train.stepsPerRound() == 0
        ? String.format(
            Locale.ROOT,
            "about %.1f s of one core per agent and round for every 1000 images of its shard",
            1e3 * train.epochsPerRound() * PlannedWork.secondsPerImage(network))
        : String.format(
            Locale.ROOT,
            "about %.1f s of one core per agent and round, for each gradient of a step",
            (double) train.stepsPerRound() * train.batch() * PlannedWork.secondsPerImage(network));
  }

  private static String mixing(MixingSchedule schedule) {
    return schedule.isConstant() ? constant(schedule.at(0)) : changing(schedule);
  }

  private static String constant(MixingMatrix mixing) {
    SpectralGap spectrum = SpectralGap.of(mixing);
    return String.format(
        Locale.ROOT,
        "%s stochastic, spectral gap %.4f (1 - %.4f), smallest eigenvalue %.4f",
        mixing.stochasticity().name().toLowerCase(Locale.ROOT),
        spectrum.gap(),
        spectrum.slem(),
        spectrum.lambdaMin());
  }

  private static String changing(MixingSchedule schedule) {
    int steps = schedule.matrices().size();
    ProductError product = ProductError.of(schedule, steps);
    return String.format(
        Locale.ROOT,
        "%s; %d steps leave %.2g of a difference between agents, %.4f a step on average",
        schedule.period() == 0
            ? "drawn at every step"
            : "changes at every step, again after " + schedule.period(),
        steps,
        product.norm(),
        product.rate());
  }

  private static int maxDegree(RunPlan run) {
    int most = 0;
    for (int agent = 0; agent < run.agents(); agent++) {
      most = Math.max(most, run.topology().neighbors(agent).size());
    }
    return most;
  }

  private static void line(PrintStream out, String name, String format, Object... values) {
    out.println(
        String.format(Locale.ROOT, "%-10s ", name) + String.format(Locale.ROOT, format, values));
  }
}
