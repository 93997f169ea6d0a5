package io.dimat.conf;

import static io.dimat.conf.ConfigKeys.choice;
import static io.dimat.conf.ConfigKeys.counted;
import static io.dimat.conf.ConfigKeys.named;

import io.dimat.algorithm.CombineOrder;
import io.dimat.algorithm.GossipAcceleration;
import io.dimat.algorithm.GossipStatistics;
import io.dimat.algorithm.MethodSettings;
import io.dimat.algorithm.Momentum;
import io.dimat.algorithm.RelayFill;
import io.dimat.compress.Compressors;
import java.util.List;

/** The part of the key table that methods which exchange at iterations read. */
final class MethodKeys {
  static final ConfigKey<Double> MOMENTUM =
      counted(
          "gossip.momentum",
          DecimalType.halfOpen(0, 1),
          0.9,
          "momentum of methods that exchange at iterations and have one",
          c -> c.methods().gossip().momentum().beta());
  static final ConfigKey<Momentum.Style> MOMENTUM_STYLE =
      choice(
          "gossip.momentum-style",
          Momentum.Style.NESTEROV,
          "which way such a method steps once its momentum has moved",
          c -> c.methods().gossip().momentum().style());
  static final ConfigKey<GossipStatistics> STATISTICS =
      choice(
          "gossip.statistics",
          GossipStatistics.AVERAGE,
          "running statistics of batch norm under gossip: averaged with the neighbours, or kept by each agent",
          c -> c.methods().statistics());
  static final ConfigKey<CombineOrder> ORDER =
      choice(
          "gossip.order",
          CombineOrder.COMBINE_THEN_ADAPT,
          "whether the step of an iteration is mixed",
          c -> c.methods().gossip().order());
  static final ConfigKey<Double> RATE =
      counted(
          "gossip.rate",
          DecimalType.share(),
          1.0,
          "consensus step gamma of x + gamma (mix(x) - x)",
          c -> c.methods().gossip().rate());
  static final ConfigKey<Integer> PERIOD =
      counted(
          "gossip.period",
          IntegerType.from(1),
          10,
          "iterations between two exchanges or merges, of methods that do not exchange in each",
          c -> c.methods().gossip().period());
  static final ConfigKey<Integer> LOCAL_STEPS =
      counted(
          "gossip.local-steps",
          IntegerType.from(0),
          10,
          "iterations alone in a cycle of ld-sgd",
          c -> c.methods().gossip().localSteps());
  static final ConfigKey<Integer> GOSSIP_STEPS =
      counted(
          "gossip.gossip-steps",
          IntegerType.from(1),
          20,
          "iterations with gossip in a cycle of ld-sgd",
          c -> c.methods().gossip().gossipSteps());
  static final ConfigKey<Double> OMEGA =
      counted(
          "gossip.omega",
          DecimalType.between(0, 1),
          0.5,
          "share of the momentum that dmsgd mixes",
          c -> c.methods().gossip().omega());
  static final ConfigKey<Double> CLIMB =
      counted(
          "gossip.climb",
          DecimalType.above(0),
          0.05,
          "radius rho of sharpness-aware gradients, read by q-saddle, n-saddle and their compressed forms",
          c -> c.methods().gossip().climb());
  static final ConfigKey<Double> ALPHA =
      counted(
          "gossip.alpha",
          DecimalType.between(0, 1),
          1.0,
          "weight of the neighbours' data in ngc and n-saddle; 0 sends no gradients",
          c -> c.methods().gossip().alpha());
  static final ConfigKey<Double> MARGIN =
      counted(
          "gossip.margin",
          DecimalType.from(0),
          0.5,
          "least multiplier of the quadratic program of cga",
          c -> c.methods().gossip().margin());
  static final ConfigKey<Double> SECOND_MOMENT =
      counted(
          "gossip.second-moment",
          DecimalType.above(0),
          0.01,
          "initial second moment of d-amsgrad and dimat-amsgrad, near a typical squared gradient",
          c -> c.methods().gossip().secondMoment());
  static final ConfigKey<MethodSettings.RelayTree> RELAY_TREE =
      choice(
          "relay.tree",
          MethodSettings.RelayTree.SPANNING,
          "tree that relay-sgd and relay-grad send along",
          c -> c.methods().relay().tree());
  static final ConfigKey<RelayFill> RELAY_FILL =
      choice(
          "relay.fill",
          RelayFill.OWN_HALF_STEP,
          "what relay-sgd takes for models that have not arrived",
          c -> c.methods().relay().fill());
  static final ConfigKey<Double> RELAY_LOSS =
      counted(
          "relay.loss",
          DecimalType.halfOpen(0, 1),
          0.0,
          "share of relay messages that are lost on purpose, to see what that does",
          c -> c.methods().relay().dropRate());
  static final ConfigKey<Double> CONTRAST_MODEL =
      counted(
          "contrast.model",
          DecimalType.from(0),
          0.1,
          "weight of the model-variant contrastive term of ccl",
          c -> c.methods().contrast().modelWeight());
  static final ConfigKey<Double> CONTRAST_DATA =
      counted(
          "contrast.data",
          DecimalType.from(0),
          0.1,
          "weight of the data-variant contrastive term of ccl",
          c -> c.methods().contrast().dataWeight());
  static final ConfigKey<String> COMPRESSOR =
      named(
          "compress.name",
          Compressors.names(),
          "8-bit",
          "what compresses: choco-sgd, deep-squeeze, comp-q-saddle (models), comp-cga, comp-ngc, comp-n-saddle (gradients)",
          c -> c.methods().compress().name());
  static final ConfigKey<Integer> COMPRESS_BITS =
      counted(
          "compress.bits",
          IntegerType.between(1, 16),
          4,
          "bits of a magnitude, read by qsgd",
          c -> c.methods().compress().bits());
  static final ConfigKey<Double> COMPRESS_FRACTION =
      counted(
          "compress.fraction",
          DecimalType.share(),
          0.1,
          "share of the values that top-k and random-k keep",
          c -> c.methods().compress().fraction());
  static final ConfigKey<Double> COMPRESS_RATE =
      counted(
          "compress.rate",
          DecimalType.share(),
          0.9,
          "consensus step gamma of choco-sgd, deep-squeeze and comp-q-saddle; smaller for a stronger compressor",
          c -> c.methods().compress().rate());
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
          MOMENTUM,
          MOMENTUM_STYLE,
          STATISTICS,
          ORDER,
          RATE,
          PERIOD,
          LOCAL_STEPS,
          GOSSIP_STEPS,
          OMEGA,
          CLIMB,
          ALPHA,
          MARGIN,
          SECOND_MOMENT,
          RELAY_TREE,
          RELAY_FILL,
          RELAY_LOSS,
          CONTRAST_MODEL,
          CONTRAST_DATA,
          COMPRESSOR,
          COMPRESS_BITS,
          COMPRESS_FRACTION,
          COMPRESS_RATE,
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

  private MethodKeys() {}
}
