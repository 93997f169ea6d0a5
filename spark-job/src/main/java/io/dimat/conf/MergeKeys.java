package io.dimat.conf;

import static io.dimat.conf.ConfigKey.choice;
import static io.dimat.conf.ConfigKey.counted;

import io.dimat.algorithm.merging.ReferenceBasis;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.align.MatchPoints;
import io.dimat.align.MatchScore;
import io.dimat.align.UnitZip;
import io.dimat.merge.Finish;
import io.dimat.merge.Folding;
import java.util.List;

/** Merging, between agents and of model files. */
final class MergeKeys {
  static final ConfigKey<MergeConfig.Probe> PROBE =
      choice(
          "merge.probe",
          MergeConfig.Probe.OWN,
          "whose images serve matching and recalibration; union is not decentralized; neighborhood: neighbours exchange sums over their own images for matching, images do not travel",
          c -> c.merge().probe());
  static final ConfigKey<Integer> PROBE_IMAGES =
      counted(
          "merge.probe-images",
          IntegerType.from(2),
          256,
          "images in the probe batch",
          c -> c.merge().probeImages());
  static final ConfigKey<MergeConfig.BatchNorm> BATCH_NORM =
      choice(
          "merge.batch-norm",
          MergeConfig.BatchNorm.RECALIBRATE,
          "running statistics after a merge: re-estimated on the probe, averaged, kept, or re-estimated by the neighbours too, each on its own probe, which sends every model once more",
          c -> c.merge().batchNorm());
  static final ConfigKey<OptimizerStatePolicy> OPTIMIZER_STATE =
      choice(
          "merge.optimizer-state",
          OptimizerStatePolicy.RESET,
          "optimizer state across a merge (reset: the paper's code)",
          c -> c.merge().optimizerState());
  static final ConfigKey<ReferenceBasis> REFERENCE =
      choice(
          "merge.reference",
          ReferenceBasis.SELF,
          "basis that models are aligned to; agent-0 must be everybody's neighbour",
          c -> c.merge().reference());
  static final ConfigKey<MatchPoints> MATCH_POINTS =
      choice(
          "merge.match-points",
          MatchPoints.LAST,
          "where a group read at several places, a residual stream, is observed",
          c -> c.merge().options().observation().points());
  static final ConfigKey<MatchScore> SCORE =
      choice(
          "merge.score",
          MatchScore.CORRELATION,
          "what activation matching maximises",
          c -> c.merge().options().observation().score());
  static final ConfigKey<Folding> FOLDING =
      choice(
          "merge.folding",
          Folding.JOINT,
          "all models matched to the reference at once, or folded in one after the other",
          c -> c.merge().options().folding());
  static final ConfigKey<Integer> RESTARTS =
      counted(
          "merge.restarts",
          IntegerType.from(1),
          3,
          "descents of weight matching, of which the best is kept",
          c -> c.merge().options().search().restarts());
  static final ConfigKey<Double> REGULARISATION =
      counted(
          "merge.regularisation",
          DecimalType.above(0),
          0.05,
          "softness of optimal transport, relative to its mean cost",
          c -> c.merge().options().regularisation());
  static final ConfigKey<Double> ZIP_REUSE =
      counted(
          "merge.zip-reuse",
          DecimalType.atMost(1),
          UnitZip.DEFAULT.alpha(),
          "zipit: factor on the correlation of units that are merged already; 0 or less: a merged unit takes no second unit of a model",
          c -> c.merge().options().zipping().rules().alpha());
  static final ConfigKey<Double> ZIP_BUDGET =
      counted(
          "merge.zip-budget",
          DecimalType.between(0, 1),
          UnitZip.DEFAULT.budget(),
          "zipit: share of the merges that may join units of the same model",
          c -> c.merge().options().zipping().rules().budget());
  static final ConfigKey<String> ZIP_UNTIL =
      counted(
          "merge.zip-until",
          new TextType("a permutation group of the network, or empty"),
          "",
          "zipit: last group that is zipped, behind it every agent keeps its own layers; empty = all",
          c -> c.merge().options().zipping().until());
  static final ConfigKey<Finish.ScaleCorrection> CORRECTION =
      choice(
          "merge.correction",
          Finish.ScaleCorrection.NONE,
          "repair gives units without batch norm back the scale that averaging took (REPAIR);"
              + " dimat merge repairs a network without any batch norm unless told otherwise",
          c -> c.merge().correction());

  static final List<ConfigKey<?>> ALL =
      List.of(
          PROBE,
          PROBE_IMAGES,
          BATCH_NORM,
          OPTIMIZER_STATE,
          REFERENCE,
          MATCH_POINTS,
          SCORE,
          FOLDING,
          RESTARTS,
          REGULARISATION,
          ZIP_REUSE,
          ZIP_BUDGET,
          ZIP_UNTIL,
          CORRECTION);

  private MergeKeys() {}
}
