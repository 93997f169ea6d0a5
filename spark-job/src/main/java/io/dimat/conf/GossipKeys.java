package io.dimat.conf;

import static io.dimat.conf.ConfigKey.choice;
import static io.dimat.conf.ConfigKey.counted;

import io.dimat.algorithm.part.CombineOrder;
import io.dimat.algorithm.part.GossipStatistics;
import io.dimat.algorithm.part.Momentum;
import java.util.List;

/** What methods that exchange at iterations read in common, or one by one. */
final class GossipKeys {
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
          SECOND_MOMENT);

  private GossipKeys() {}
}
