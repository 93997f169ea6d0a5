package io.dimat.conf;

import static io.dimat.conf.ConfigKey.choice;
import static io.dimat.conf.ConfigKey.counted;

import io.dimat.algorithm.control.GossipAcceleration;
import java.util.List;

/** When agents exchange: consensus control, schedules, merge timing. */
final class ControlKeys {
  static final ConfigKey<Double> CONTROL_FACTOR =
      counted(
          "control.factor",
          DecimalType.from(0),
          0.5,
          "how many steps apart consensus-control lets agents be",
          c -> c.methods().control().factor());
  static final ConfigKey<Double> CONTROL_DISTANCE =
      counted(
          "control.distance",
          DecimalType.from(0),
          0.0,
          "how far apart it lets them be, whatever their steps; 0: control.factor counts",
          c -> c.methods().control().distance());
  static final ConfigKey<Integer> CONTROL_UNTIL =
      counted(
          "control.until",
          IntegerType.from(0),
          0,
          "iterations that consensus-control acts in, the first of the run; later ones mix once; 0: all",
          c -> (int) c.methods().control().until());
  static final ConfigKey<Integer> CONTROL_MOST =
      counted(
          "control.most",
          IntegerType.from(1),
          8,
          "most gossip rounds of an iteration of consensus-control",
          c -> c.methods().control().most());
  static final ConfigKey<GossipAcceleration> CONTROL_ACCELERATION =
      choice(
          "control.acceleration",
          GossipAcceleration.CHEBYSHEV,
          "how consensus-control makes several gossip rounds out of one",
          c -> c.methods().control().acceleration());
  static final ConfigKey<Double> SCHEDULE_FRACTION =
      counted(
          "schedule.fraction",
          DecimalType.between(0, 1),
          0.1,
          "share of the run in which early-gossip and late-gossip exchange",
          c -> c.methods().schedule().fraction());
  static final ConfigKey<Integer> SCHEDULE_ITERATIONS =
      counted(
          "schedule.iterations",
          IntegerType.from(0),
          0,
          "iterations of the whole run, rounds times train.steps-per-round, for early-gossip, late-gossip, single-merge and dsgd-ac",
          c -> (int) c.methods().schedule().iterations());
  static final ConfigKey<Double> SCHEDULE_STRENGTH =
      counted(
          "schedule.strength",
          DecimalType.between(0, 1),
          0.1,
          "gossip rate that dsgd-ac ends with",
          c -> c.methods().schedule().strength());
  static final ConfigKey<Double> SCHEDULE_THRESHOLD =
      counted(
          "schedule.threshold",
          DecimalType.from(0),
          0.0,
          "squared distance at which dynamic-averaging averages",
          c -> c.methods().schedule().threshold());
  static final ConfigKey<Integer> TIMING_CHECK =
      counted(
          "timing.check",
          IntegerType.from(1),
          10,
          "iterations between two looks of adaptive-merging at its probe",
          c -> c.methods().timing().check());
  static final ConfigKey<Integer> TIMING_FIRST =
      counted(
          "timing.first",
          IntegerType.from(1),
          20,
          "iterations to its first merge",
          c -> c.methods().timing().first());
  static final ConfigKey<Integer> TIMING_SHORTEST =
      counted(
          "timing.shortest",
          IntegerType.from(1),
          10,
          "its shortest interval",
          c -> c.methods().timing().shortest());
  static final ConfigKey<Integer> TIMING_LONGEST =
      counted(
          "timing.longest",
          IntegerType.from(1),
          200,
          "its longest interval",
          c -> c.methods().timing().longest());
  static final ConfigKey<Double> TIMING_STEP =
      counted(
          "timing.step",
          DecimalType.above(1),
          2.0,
          "factor by which it changes its interval",
          c -> c.methods().timing().step());
  static final ConfigKey<Double> TIMING_PATIENCE =
      counted(
          "timing.patience",
          DecimalType.above(0),
          1.2,
          "rise of the probe loss that it puts up with",
          c -> c.methods().timing().patience());

  static final List<ConfigKey<?>> ALL =
      List.of(
          CONTROL_FACTOR,
          CONTROL_DISTANCE,
          CONTROL_UNTIL,
          CONTROL_MOST,
          CONTROL_ACCELERATION,
          SCHEDULE_FRACTION,
          SCHEDULE_ITERATIONS,
          SCHEDULE_STRENGTH,
          SCHEDULE_THRESHOLD,
          TIMING_CHECK,
          TIMING_FIRST,
          TIMING_SHORTEST,
          TIMING_LONGEST,
          TIMING_STEP,
          TIMING_PATIENCE);

  private ControlKeys() {}
}
