package io.dimat.job;

import io.dimat.conf.RunConfig;
import io.dimat.conf.TrainConfig;
import io.dimat.network.Network;
import io.dimat.network.NetworkCost;
import io.dimat.protocol.Plan;
import io.dimat.protocol.RunPlan;

/**
 * What runs take, as far as can be said before an image is counted; evaluation, merging and forward
 * passes on probes come on top. Runs add up.
 *
 * @param sparkJobs at least: repetitions that depend on what agents measure count once
 * @param coreSeconds of training in rounds that are counted in minibatches
 * @param coreSecondsPerImage of pretraining, and of training in rounds that are counted in epochs,
 *     for each training image of all agents together
 * @param sentBytes among agents; nothing where the driver averages. Bounds and means as in {@link
 *     PlannedTraffic}
 * @param storedBytes of committed models once it is done, beside what an algorithm keeps in its
 *     state; while it runs, one round more
 */
record PlannedWork(
    long sparkJobs,
    double coreSeconds,
    double coreSecondsPerImage,
    double sentBytes,
    double storedBytes) {
  static final PlannedWork NONE = new PlannedWork(0, 0, 0, 0, 0);

  /**
   * Multiply-adds that one core sustains in training: an assumption, stated wherever it is used, of
   * the order that BENCHMARKS.md measures for cnn and resnet20.
   */
  static final double MULTIPLY_ADDS_PER_SECOND = 2.5e10;

  /** A training step costs about three forward passes: one forward, two backward. */
  private static final double PASSES_PER_STEP = 3;

  private static final int BYTES = 4;

  static PlannedWork of(JobPlan plan) {
    RunConfig config = plan.config();
    TrainConfig train = config.train();
    int rounds = plan.run().rounds();
    double perImage = secondsPerImage(plan.run().network());
    double steps = (double) rounds * train.stepsPerRound() * GradientBudget.gradientsPerStep(plan);
    double epochs =
        config.pretrainEpochs()
            + (train.stepsPerRound() == 0 ? rounds * train.epochsPerRound() : 0);
    return new PlannedWork(
        jobs(plan.run()),
        plan.run().agents() * steps * train.batch() * perImage,
        epochs * perImage,
        plan.averagesOnDriver() ? 0 : PlannedTraffic.of(plan.run()).total(),
        stored(plan));
  }

  private static long jobs(RunPlan run) {
    long jobs = 0;
    for (int round = 0; round <= run.rounds(); round++) {
      for (Plan.Segment segment : run.segments(round)) {
        jobs += Supersteps.atLeast(segment);
      }
      jobs += run.schedule().measuresConsensus(round) ? 1 : 0;
    }
    return jobs;
  }

  /** Once the run is done: of rounds that are not kept only what was measured stays. */
  private static double stored(JobPlan plan) {
    RunPlan run = plan.run();
    int newest = plan.config().run().keepRounds();
    int writers = plan.averagesOnDriver() ? 1 : run.agents();
    double models = 0;
    for (int round = 0; round <= run.rounds(); round++) {
      boolean kept = newest == 0 || round > run.rounds() - newest;
      models += kept ? (double) writers * run.segments(round).size() : 0;
      models += run.schedule().measuresConsensus(round) && !plan.averagesOnDriver() ? 1 : 0;
    }
    return BYTES * models * run.network().layout().size();
  }

  /** Of one core, for one gradient of one image. */
  static double secondsPerImage(Network network) {
    return PASSES_PER_STEP * NetworkCost.multiplyAdds(network) / MULTIPLY_ADDS_PER_SECOND;
  }

  PlannedWork plus(PlannedWork other) {
    return new PlannedWork(
        sparkJobs + other.sparkJobs,
        coreSeconds + other.coreSeconds,
        coreSecondsPerImage + other.coreSecondsPerImage,
        sentBytes + other.sentBytes,
        storedBytes + other.storedBytes);
  }

  PlannedWork times(int runs) {
    return new PlannedWork(
        sparkJobs * runs,
        coreSeconds * runs,
        coreSecondsPerImage * runs,
        sentBytes * runs,
        storedBytes * runs);
  }
}
