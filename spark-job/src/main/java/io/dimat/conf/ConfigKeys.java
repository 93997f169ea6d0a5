package io.dimat.conf;

import io.dimat.algorithm.Algorithms;
import io.dimat.algorithm.DriverAveraging;
import io.dimat.algorithm.InitPolicy;
import io.dimat.algorithm.OptimizerStatePolicy;
import io.dimat.algorithm.ReferenceBasis;
import io.dimat.align.MatchPoints;
import io.dimat.align.MatchScore;
import io.dimat.align.UnitZip;
import io.dimat.conf.ConfigKey.Effect;
import io.dimat.graph.Edge;
import io.dimat.graph.Mixings;
import io.dimat.graph.Topologies;
import io.dimat.graph.TopologyOptions;
import io.dimat.learn.OptimizerSpec;
import io.dimat.merge.Finish;
import io.dimat.merge.Folding;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.partition.IidPartitioner;
import io.dimat.partition.PartitionSettings.Setting;
import io.dimat.partition.Partitioners;
import io.dimat.shard.FeatureSkew;
import io.dimat.source.Sources;
import java.util.Collection;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The key table: the one source of keys, kinds, defaults and allowed values. Loader, messages,
 * rendered configurations and {@code docs/configuration.md} follow from it.
 */
public final class ConfigKeys {
  static final ConfigKey<Long> SEED =
      counted("seed", IntegerType.any(), 1L, "seed of every random stream", RunConfig::seed);
  static final ConfigKey<Integer> AGENTS =
      counted(
          "agents",
          IntegerType.between(1, 10_000),
          5,
          "number of agents, each with its own shard and model; 1 is central training (topology.name = edges)",
          RunConfig::agents);
  static final ConfigKey<InitPolicy> INIT =
      choice(
          "init",
          InitPolicy.PER_AGENT,
          "do agents start from one common model, or each from its own (as in the paper)",
          RunConfig::init);
  static final ConfigKey<Integer> ROUNDS =
      free(
          "rounds",
          IntegerType.from(0),
          10,
          "rounds of exchange, merge and local training; raise it to extend a finished run",
          RunConfig::rounds);
  static final ConfigKey<String> ALGORITHM =
      named(
          "algorithm",
          algorithms().keySet(),
          "dimat",
          algorithms().entrySet().stream()
              .map(entry -> entry.getKey() + ": " + entry.getValue())
              .collect(Collectors.joining("; ", "what agents do after local training; ", "")),
          RunConfig::algorithm);
  static final ConfigKey<RunConfig.LearningEngine> ENGINE =
      choice(
          "engine",
          RunConfig.LearningEngine.DL4J,
          "learning engine that trains the networks",
          RunConfig::engine);
  static final ConfigKey<Integer> PRETRAIN_EPOCHS =
      counted(
          "pretrain.epochs",
          IntegerType.from(0),
          5,
          "local epochs of every agent before the first merge",
          RunConfig::pretrainEpochs);

  static final ConfigKey<String> DATA_SOURCE =
      named(
          "data.source",
          Sources.names(),
          Sources.SAMPLE,
          "dataset; fashion-mnist-sample comes with the product, the others need data.path",
          c -> c.data().source());
  static final ConfigKey<String> DATA_PATH =
      free(
          "data.path",
          new TextType("a folder or archive, or empty"),
          "",
          "folder with the dataset's official files, for cifar10 and cifar100 also their .tar.gz (the shards' hashes, not this, identify the data)",
          c -> c.data().path());
  static final ConfigKey<String> DATA_PARTITIONER =
      named(
          "data.partitioner",
          Partitioners.names(),
          IidPartitioner.NAME,
          Partitioners.names().stream()
              .map(name -> name + ": " + Partitioners.description(name))
              .collect(Collectors.joining("; ", "how training images are dealt; ", "")),
          c -> c.data().partitioner());
  static final ConfigKey<Double> DATA_ALPHA =
      counted(
          "data.alpha",
          DecimalType.from(0),
          0.0,
          "concentration of labels, smaller is more skewed" + readers(Setting.ALPHA),
          c -> c.data().partition().alpha());
  static final ConfigKey<Double> DATA_BETA =
      counted(
          "data.beta",
          DecimalType.from(0),
          0.0,
          "concentration of shard sizes, smaller is more skewed" + readers(Setting.BETA),
          c -> c.data().partition().beta());
  static final ConfigKey<Integer> DATA_SHARDS_PER_AGENT =
      counted(
          "data.shards-per-agent",
          IntegerType.from(0),
          0,
          "pieces of the images sorted by class that an agent gets, 2 in FedAvg"
              + readers(Setting.SHARDS_PER_AGENT),
          c -> c.data().partition().shardsPerAgent());
  static final ConfigKey<Integer> DATA_CLASSES_PER_AGENT =
      counted(
          "data.classes-per-agent",
          IntegerType.from(0),
          0,
          "different classes that an agent holds" + readers(Setting.CLASSES_PER_AGENT),
          c -> c.data().partition().classesPerAgent());
  static final ConfigKey<FeatureSkew.Kind> DATA_FEATURE_SKEW =
      choice(
          "data.feature-skew",
          FeatureSkew.Kind.NONE,
          "fixed change of an agent's own images, from none for the first agent to all of data.feature-skew-strength for the last; test and validation images are never changed",
          c -> c.data().featureSkew().kind());
  static final ConfigKey<Double> DATA_FEATURE_SKEW_STRENGTH =
      counted(
          "data.feature-skew-strength",
          DecimalType.from(0),
          0.0,
          "for the last agent, degrees of rotation (up to 360), standard deviation of noise on pixels in [0, 1], or share of contrast lost (below 1); 0 = not set",
          c -> c.data().featureSkew().strength());
  static final ConfigKey<Double> DATA_VALIDATION =
      counted(
          "data.validation",
          DecimalType.halfOpen(0, 1),
          0.0,
          "fraction of the training images held out for validation",
          c -> c.data().validation());
  static final ConfigKey<DataConfig.Augment> DATA_AUGMENT =
      choice(
          "data.augment",
          DataConfig.Augment.NONE,
          "random changes to training images, fresh in every epoch",
          c -> c.data().augment());
  static final ConfigKey<Integer> DATA_PADDING =
      counted(
          "data.padding",
          IntegerType.between(0, 32),
          4,
          "zero pixels added on every side before a random crop",
          c -> c.data().padding());
  static final ConfigKey<Integer> DATA_LIMIT =
      counted(
          "data.limit",
          IntegerType.from(0),
          0,
          "training images used in all; 0 = every image",
          c -> c.data().limit());
  static final ConfigKey<Integer> DATA_MIN_IMAGES =
      counted(
          "data.min-images",
          IntegerType.from(1),
          1,
          "fewest training images an agent may get: dirichlet and quantity-skew draw again until it holds, a split with less is refused",
          c -> c.data().partition().minimum());

  static final ConfigKey<String> NETWORK_NAME =
      named(
          "network.name",
          Zoo.names(),
          "cnn",
          "network that every agent trains",
          c -> c.network().name());
  static final ConfigKey<Integer> NETWORK_WIDTH =
      counted(
          "network.width",
          IntegerType.between(1, 64),
          1,
          "factor on the number of hidden units",
          c -> c.network().width());
  static final ConfigKey<Shortcut> NETWORK_SHORTCUT =
      choice(
          "network.shortcut",
          Shortcut.CONV3X3,
          "shortcut of resnet20 where the channels change (conv3x3: the paper's code)",
          c -> c.network().shortcut());

  static final ConfigKey<String> TOPOLOGY_NAME =
      named(
          "topology.name",
          Topologies.names(),
          "ring",
          "who may talk to whom; edges reads topology.edges",
          c -> c.topology().name());
  static final ConfigKey<List<Edge>> TOPOLOGY_EDGES =
      counted(
          "topology.edges",
          new EdgesType(),
          List.of(),
          "undirected edges between agents, counted from 0",
          c -> c.topology().edges());
  static final ConfigKey<Double> TOPOLOGY_PROBABILITY =
      counted(
          "topology.probability",
          DecimalType.between(0, 1),
          TopologyOptions.DEFAULT_PROBABILITY,
          "probability of an edge of erdos-renyi; 0 for 2 ln n / n",
          c -> c.topology().probability());
  static final ConfigKey<Integer> TOPOLOGY_PEERS =
      counted(
          "topology.peers",
          IntegerType.from(1),
          TopologyOptions.DEFAULT_PEERS,
          "k of base, the Base-(k+1) graph: most peers of an agent at a step",
          c -> c.topology().peers());
  static final ConfigKey<Integer> TOPOLOGY_MATRICES =
      counted(
          "topology.matrices",
          IntegerType.from(1),
          TopologyOptions.DEFAULT_MATRICES,
          "random offsets that d-equi-static and u-equi-static average",
          c -> c.topology().matrices());

  static final ConfigKey<String> MIXING_NAME =
      named(
          "mixing.name",
          Mixings.names(),
          "metropolis-hastings",
          "how neighbours are weighed; matrix reads mixing.matrix, own is what exponential, base and equi topologies bring",
          c -> c.mixing().name());
  static final ConfigKey<Double> MIXING_BUDGET =
      counted(
          "mixing.budget",
          DecimalType.share(),
          TopologyOptions.DEFAULT_BUDGET,
          "share of its matchings that matcha uses at a step, on average",
          c -> c.mixing().budget());
  static final ConfigKey<List<List<Double>>> MIXING_MATRIX =
      counted(
          "mixing.matrix",
          new MatrixType(),
          List.of(),
          "mixing matrix W, one row for each agent",
          c -> c.mixing().matrix());

  static final ConfigKey<OptimizerSpec.Kind> TRAIN_OPTIMIZER =
      choice(
          "train.optimizer",
          OptimizerSpec.Kind.ADAM,
          "update rule of local training",
          c -> c.train().optimizer());
  static final ConfigKey<Double> TRAIN_LEARNING_RATE =
      counted(
          "train.learning-rate",
          DecimalType.above(0),
          0.001,
          "step size",
          c -> c.train().learningRate());
  static final ConfigKey<Double> TRAIN_MOMENTUM =
      counted(
          "train.momentum",
          DecimalType.halfOpen(0, 1),
          0.9,
          "heavy-ball momentum, read by the momentum optimizer",
          c -> c.train().momentum());
  static final ConfigKey<Double> TRAIN_WEIGHT_DECAY =
      counted(
          "train.weight-decay",
          DecimalType.from(0),
          0.0,
          "factor of the parameters that is added to the gradient",
          c -> c.train().weightDecay());
  static final ConfigKey<Integer> TRAIN_BATCH =
      counted("train.batch", IntegerType.from(1), 100, "minibatch size", c -> c.train().batch());
  static final ConfigKey<Integer> TRAIN_EPOCHS_PER_ROUND =
      counted(
          "train.epochs-per-round",
          IntegerType.from(1),
          2,
          "local epochs between two merges",
          c -> c.train().epochsPerRound());
  static final ConfigKey<Integer> TRAIN_STEPS_PER_ROUND =
      counted(
          "train.steps-per-round",
          IntegerType.from(0),
          0,
          "minibatches of a round, the same number for every agent; 0: train.epochs-per-round counts",
          c -> c.train().stepsPerRound());
  static final ConfigKey<Integer> TRAIN_AVERAGE_EVERY =
      counted(
          "train.average-every",
          IntegerType.from(0),
          0,
          "minibatches between two averagings of algorithm parameter-averaging; 0: an averaging an epoch",
          c -> c.train().averageEvery());

  static final ConfigKey<MergeConfig.Probe> MERGE_PROBE =
      choice(
          "merge.probe",
          MergeConfig.Probe.OWN,
          "whose images serve matching and recalibration; union is not decentralized; neighborhood: neighbours exchange sums over their own images for matching, images do not travel",
          c -> c.merge().probe());
  static final ConfigKey<Integer> MERGE_PROBE_IMAGES =
      counted(
          "merge.probe-images",
          IntegerType.from(2),
          256,
          "images in the probe batch",
          c -> c.merge().probeImages());
  static final ConfigKey<MergeConfig.BatchNorm> MERGE_BATCH_NORM =
      choice(
          "merge.batch-norm",
          MergeConfig.BatchNorm.RECALIBRATE,
          "running statistics after a merge: re-estimated on the probe, averaged, kept, or re-estimated by the neighbours too, each on its own probe, which sends every model once more",
          c -> c.merge().batchNorm());
  static final ConfigKey<OptimizerStatePolicy> MERGE_OPTIMIZER_STATE =
      choice(
          "merge.optimizer-state",
          OptimizerStatePolicy.RESET,
          "optimizer state across a merge (reset: the paper's code)",
          c -> c.merge().optimizerState());
  static final ConfigKey<ReferenceBasis> MERGE_REFERENCE =
      choice(
          "merge.reference",
          ReferenceBasis.SELF,
          "basis that models are aligned to; agent-0 must be everybody's neighbour",
          c -> c.merge().reference());
  static final ConfigKey<MatchPoints> MERGE_MATCH_POINTS =
      choice(
          "merge.match-points",
          MatchPoints.LAST,
          "where a group read at several places, a residual stream, is observed",
          c -> c.merge().options().observation().points());
  static final ConfigKey<MatchScore> MERGE_SCORE =
      choice(
          "merge.score",
          MatchScore.CORRELATION,
          "what activation matching maximises",
          c -> c.merge().options().observation().score());
  static final ConfigKey<Folding> MERGE_FOLDING =
      choice(
          "merge.folding",
          Folding.JOINT,
          "all models matched to the reference at once, or folded in one after the other",
          c -> c.merge().options().folding());
  static final ConfigKey<Integer> MERGE_RESTARTS =
      counted(
          "merge.restarts",
          IntegerType.from(1),
          3,
          "descents of weight matching, of which the best is kept",
          c -> c.merge().options().search().restarts());
  static final ConfigKey<Double> MERGE_REGULARISATION =
      counted(
          "merge.regularisation",
          DecimalType.above(0),
          0.05,
          "softness of optimal transport, relative to its mean cost",
          c -> c.merge().options().regularisation());
  static final ConfigKey<Double> MERGE_ZIP_REUSE =
      counted(
          "merge.zip-reuse",
          DecimalType.atMost(1),
          UnitZip.DEFAULT.alpha(),
          "zipit: factor on the correlation of units that are merged already; 0 or less: a merged unit takes no second unit of a model",
          c -> c.merge().options().zipping().rules().alpha());
  static final ConfigKey<Double> MERGE_ZIP_BUDGET =
      counted(
          "merge.zip-budget",
          DecimalType.between(0, 1),
          UnitZip.DEFAULT.budget(),
          "zipit: share of the merges that may join units of the same model",
          c -> c.merge().options().zipping().rules().budget());
  static final ConfigKey<String> MERGE_ZIP_UNTIL =
      counted(
          "merge.zip-until",
          new TextType("a permutation group of the network, or empty"),
          "",
          "zipit: last group that is zipped, behind it every agent keeps its own layers; empty = all",
          c -> c.merge().options().zipping().until());
  static final ConfigKey<Finish.ScaleCorrection> MERGE_CORRECTION =
      choice(
          "merge.correction",
          Finish.ScaleCorrection.NONE,
          "repair gives units without batch norm back the scale that averaging took (REPAIR);"
              + " dimat merge repairs a network without any batch norm unless told otherwise",
          c -> c.merge().correction());

  static final ConfigKey<Integer> EVALUATE_EVERY =
      counted(
          "evaluate.every",
          IntegerType.from(1),
          1,
          "rounds between evaluations; the last round always counts",
          c -> c.evaluate().every());
  static final ConfigKey<Integer> EVALUATE_IMAGES =
      counted(
          "evaluate.images",
          IntegerType.from(0),
          0,
          "images an evaluation reads; 0 = every image",
          c -> c.evaluate().images());
  static final ConfigKey<Integer> EVALUATE_CONSENSUS_EVERY =
      counted(
          "evaluate.consensus-every",
          IntegerType.from(0),
          1,
          "rounds between consensus models; 0 = only after the last round",
          c -> c.evaluate().consensusEvery());
  static final ConfigKey<EvaluateConfig.On> EVALUATE_ON =
      choice(
          "evaluate.on",
          EvaluateConfig.On.TEST,
          "images accuracy is measured on; tune settings on validation, never on test",
          c -> c.evaluate().on());

  static final ConfigKey<String> RUN_OUT =
      free(
          "run.out",
          new TextType("a folder"),
          "runs/dimat",
          "output folder; a file NAME.conf that does not set it gets runs/NAME",
          c -> c.run().out());
  static final ConfigKey<OutputConfig.Resume> RUN_RESUME =
      free(
          "run.resume",
          ChoiceType.of(OutputConfig.Resume.class),
          OutputConfig.Resume.AUTO,
          "auto continues or begins, never refuses a folder with rounds, must refuses one without",
          c -> c.run().resume());
  static final ConfigKey<Integer> RUN_KEEP_ROUNDS =
      free(
          "run.keep-rounds",
          IntegerType.from(0),
          0,
          "rounds whose agents' states stay on disk, counted from the newest; 0 keeps all. Metrics and consensus models always stay; models of earlier rounds cannot be exported",
          c -> c.run().keepRounds());

  private static final List<ConfigKey<?>> RUN =
      List.of(
          SEED,
          AGENTS,
          INIT,
          ROUNDS,
          ALGORITHM,
          ENGINE,
          PRETRAIN_EPOCHS,
          DATA_SOURCE,
          DATA_PATH,
          DATA_PARTITIONER,
          DATA_ALPHA,
          DATA_BETA,
          DATA_SHARDS_PER_AGENT,
          DATA_CLASSES_PER_AGENT,
          DATA_FEATURE_SKEW,
          DATA_FEATURE_SKEW_STRENGTH,
          DATA_VALIDATION,
          DATA_AUGMENT,
          DATA_PADDING,
          DATA_LIMIT,
          DATA_MIN_IMAGES,
          NETWORK_NAME,
          NETWORK_WIDTH,
          NETWORK_SHORTCUT,
          TOPOLOGY_NAME,
          TOPOLOGY_EDGES,
          TOPOLOGY_PROBABILITY,
          TOPOLOGY_PEERS,
          TOPOLOGY_MATRICES,
          MIXING_NAME,
          MIXING_BUDGET,
          MIXING_MATRIX,
          TRAIN_OPTIMIZER,
          TRAIN_LEARNING_RATE,
          TRAIN_MOMENTUM,
          TRAIN_WEIGHT_DECAY,
          TRAIN_BATCH,
          TRAIN_EPOCHS_PER_ROUND,
          TRAIN_STEPS_PER_ROUND,
          TRAIN_AVERAGE_EVERY,
          MERGE_PROBE,
          MERGE_PROBE_IMAGES,
          MERGE_BATCH_NORM,
          MERGE_OPTIMIZER_STATE,
          MERGE_REFERENCE,
          MERGE_MATCH_POINTS,
          MERGE_SCORE,
          MERGE_FOLDING,
          MERGE_RESTARTS,
          MERGE_REGULARISATION,
          MERGE_ZIP_REUSE,
          MERGE_ZIP_BUDGET,
          MERGE_ZIP_UNTIL,
          MERGE_CORRECTION,
          EVALUATE_EVERY,
          EVALUATE_IMAGES,
          EVALUATE_CONSENSUS_EVERY,
          EVALUATE_ON,
          RUN_OUT,
          RUN_RESUME,
          RUN_KEEP_ROUNDS);

  /** All keys, in the order of the key table. */
  public static final List<ConfigKey<?>> ALL =
      Stream.of(RUN, MethodKeys.ALL).flatMap(List::stream).toList();

  private ConfigKeys() {}

  /** The end of the description of a setting that only some partitioners read. */
  private static String readers(Setting setting) {
    return ", read by " + String.join(", ", Partitioners.readers(setting)) + "; 0 = not set";
  }

  /** All algorithms and what they do: agent programs, and the control that is none. */
  private static SortedMap<String, String> algorithms() {
    SortedMap<String, String> all = new TreeMap<>();
    Algorithms.names().forEach(name -> all.put(name, Algorithms.description(name)));
    all.put(DriverAveraging.NAME, DriverAveraging.DESCRIPTION);
    return all;
  }

  /** A key that changes numbers. */
  static <T> ConfigKey<T> counted(
      String path, ValueType<T> type, T value, String description, Function<RunConfig, T> in) {
    return new ConfigKey<>(path, type, value, Effect.FINGERPRINT, description, in);
  }

  /** A name of a registry, which changes numbers. */
  static ConfigKey<String> named(
      String path,
      Collection<String> names,
      String value,
      String description,
      Function<RunConfig, String> in) {
    return counted(path, NameType.of(names), value, description, in);
  }

  /** A choice that changes numbers. */
  static <E extends Enum<E>> ConfigKey<E> choice(
      String path, E value, String description, Function<RunConfig, E> in) {
    return counted(path, ChoiceType.of(value.getDeclaringClass()), value, description, in);
  }

  /** A key that may change between two attempts at one run. */
  private static <T> ConfigKey<T> free(
      String path, ValueType<T> type, T value, String description, Function<RunConfig, T> in) {
    return new ConfigKey<>(path, type, value, Effect.FREE, description, in);
  }
}
