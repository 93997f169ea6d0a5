package io.dimat.job;

import io.dimat.algorithm.Algorithms;
import io.dimat.algorithm.DriverAveraging;
import io.dimat.algorithm.MethodOptions;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.algorithm.part.LocalTraining;
import io.dimat.central.AveragingSettings;
import io.dimat.conf.ConfigException;
import io.dimat.conf.DataConfig;
import io.dimat.conf.MergeConfig;
import io.dimat.conf.MixingConfig;
import io.dimat.conf.RunConfig;
import io.dimat.conf.TopologyConfig;
import io.dimat.conf.TrainConfig;
import io.dimat.feed.FeedSettings;
import io.dimat.graph.MixingSchedule;
import io.dimat.graph.Mixings;
import io.dimat.graph.Topology;
import io.dimat.graph.TopologyOptions;
import io.dimat.interchange.ModelFile;
import io.dimat.learn.GradientOracle;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.partition.Division;
import io.dimat.partition.LabelSkew;
import io.dimat.partition.Partitioners;
import io.dimat.partition.Selection;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.EvaluationSchedule;
import io.dimat.protocol.Purpose;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.Seeds;
import io.dimat.shard.Augmentation;
import io.dimat.shard.FeatureSkew;
import io.dimat.source.DataException;
import io.dimat.source.DatasetInfo;
import io.dimat.source.ImageSource;
import io.dimat.source.Sources;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * A configuration turned into the values that run: every combination checked, nothing started,
 * nothing written.
 */
record JobPlan(
    RunConfig config,
    ImageSource source,
    Division division,
    FeatureSkew featureSkew,
    RunPlan run,
    FeedSettings feed) {

  /**
   * Plans a run.
   *
   * @throws ConfigException with everything that is wrong, one line each
   */
  static JobPlan of(RunConfig config) {
    Checks checks = new Checks();
    ImageSource source = checks.get(() -> source(config.data()));
    Division division = checks.get(() -> division(config));
    if (source != null && division != null) {
      checks.get(() -> division.cuts(manyImages(source.info().classes())));
    }
    FeatureSkew featureSkew = checks.get(() -> featureSkew(config));
    MixingSchedule mixing = checks.get(() -> mixing(config));
    Network network = source == null ? null : checks.get(() -> network(config, source.info()));
    AgentProgram program =
        mixing == null ? null : checks.get(() -> program(config, mixing.topology()));
    checks.throwIfAny();
    RunPlan run =
        checks.get(
            () ->
                new RunPlan(
                    program,
                    network,
                    mixing,
                    new Seeds(config.seed()),
                    config.rounds(),
                    schedule(config)));
    checks.throwIfAny();
    FeedSettings feed =
        new FeedSettings(
            source.info().normalization(),
            augmentation(config.data()),
            config.merge().probeImages(),
            new Seeds(config.seed()));
    return new JobPlan(config, source, division, featureSkew, run, feed);
  }

  /**
   * How much agents' labels will differ if all classes have the same, large size: what can be said
   * before any file is read. That of the shards is {@link
   * io.dimat.shard.ShardManifest#labelSkew()}.
   */
  LabelSkew expectedLabelSkew() {
    return LabelSkew.of(division, manyImages(source.info().classes()));
  }

  /** Whether the probe mixes all agents' images, which is not decentralized. */
  boolean unionProbe() {
    return config.merge().probe() == MergeConfig.Probe.UNION;
  }

  /** Whether re-estimating running statistics can change anything. */
  boolean hasBatchNorm() {
    return run.network().hasBatchNorm();
  }

  /** What a model file says about where it comes from. */
  SortedMap<String, String> provenance() {
    SortedMap<String, String> facts = new TreeMap<>();
    DatasetInfo dataset = source.info();
    facts.put(ModelFile.NETWORK, run.network().name());
    facts.put(ModelFile.DATASET, dataset.name());
    facts.put(ModelFile.MEAN, dataset.normalization().mean().toString());
    facts.put(ModelFile.STANDARD_DEVIATION, dataset.normalization().standardDeviation().toString());
    facts.put("algorithm", config.algorithm());
    facts.put("topology", run.topology().name());
    facts.put("rounds", Integer.toString(run.rounds()));
    facts.put("seed", Long.toString(config.seed()));
    return facts;
  }

  private static ImageSource source(DataConfig data) {
    Optional<String> path = data.path().isEmpty() ? Optional.empty() : Optional.of(data.path());
    return Sources.open(data.source(), path);
  }

  private static Division division(RunConfig config) {
    DataConfig data = config.data();
    return new Division(
        Partitioners.named(data.partitioner(), data.partition()),
        config.agents(),
        new Selection(data.validation(), data.limit() == 0 ? Selection.ALL : data.limit()),
        config.seed(),
        data.partition().minimum());
  }

  private static FeatureSkew featureSkew(RunConfig config) {
    return new FeatureSkew(
        config.data().featureSkew().kind(),
        config.data().featureSkew().strength(),
        new Seeds(config.seed()).of(Seeds.SHARED, 0, Purpose.FEATURE));
  }

  /** Stands for class sizes that only the files tell: what fails even so can never serve. */
  private static List<Long> manyImages(int classes) {
    return Collections.nCopies(classes, 1_000_000L);
  }

  private static MixingSchedule mixing(RunConfig config) {
    TopologyConfig topology = config.topology();
    MixingConfig mixing = config.mixing();
    TopologyOptions options =
        new TopologyOptions(
            config.seed(),
            topology.edges(),
            topology.probability(),
            topology.peers(),
            topology.matrices(),
            mixing.budget(),
            mixing.matrix());
    return Mixings.named(mixing.name(), topology.name(), config.agents(), options);
  }

  private static Network network(RunConfig config, DatasetInfo dataset) {
    Shape input =
        new Shape(dataset.shape().channels(), dataset.shape().height(), dataset.shape().width());
    return config.network().create(input, dataset.classes());
  }

  /** Whether DL4J's Spark module runs the rounds, which is not decentralized. */
  boolean averagesOnDriver() {
    return run.program() instanceof DriverAveraging;
  }

  /** How the driver averages, where it does. */
  AveragingSettings averaging() {
    TrainConfig train = config.train();
    int every = train.averageEvery() == 0 ? AveragingSettings.ONCE_AN_EPOCH : train.averageEvery();
    return new AveragingSettings(every, train.batch(), train.optimizerSpec());
  }

  /** Whether the program would be another one with this key at its default. */
  boolean reads(String key) {
    try {
      return !program(config.withDefault(key), run.topology()).equals(run.program());
    } catch (IllegalArgumentException | ConfigException e) {
      return true; // the default is refused, so the value matters
    }
  }

  /** Whether models are merged, which reads probes and re-estimates running statistics. */
  boolean merges() {
    String other = config.merge().batchNorm() == MergeConfig.BatchNorm.KEEP ? "average" : "keep";
    try {
      return !program(config.with("merge.batch-norm", other), run.topology()).equals(run.program());
    } catch (IllegalArgumentException | ConfigException e) {
      return true; // another policy is refused, so there is one
    }
  }

  private static AgentProgram program(RunConfig config, Topology topology) {
    LocalTraining training =
        new LocalTraining(
            config.init(),
            config.pretrainEpochs(),
            config.train().work(),
            config.train().batch(),
            config.train().optimizerSpec(),
            config.merge().optimizerState());
    if (config.algorithm().equals(DriverAveraging.NAME)) {
      return new DriverAveraging(training);
    }
    requireKnownEnd(config);
    return Algorithms.create(
        config.algorithm(),
        new MethodOptions(
            training,
            config.merge().options(),
            config.merge().finish(),
            config.merge().reference(),
            config.merge().reach(),
            iterative(config, training),
            config.methods().settings(),
            topology));
  }

  /** A method that does something at the end must have the end that the run has. */
  private static void requireKnownEnd(RunConfig config) {
    long said = config.methods().schedule().iterations();
    long runs = (long) config.rounds() * config.train().stepsPerRound();
    if (Algorithms.knowsItsEnd(config.algorithm()) && runs > 0 && said != runs) {
      throw new IllegalArgumentException(
          "algorithm = %s needs schedule.iterations = rounds times train.steps-per-round = %d, got %d: set it so; such a run cannot be extended"
              .formatted(config.algorithm(), runs, said));
    }
  }

  private static Optional<IterativeTraining> iterative(RunConfig config, LocalTraining training) {
    TrainConfig train = config.train();
    return train.stepsPerRound() == 0
        ? Optional.empty()
        : Optional.of(
            new IterativeTraining(
                training,
                train.stepsPerRound(),
                LearningRate.constant(train.learningRate()),
                train.weightDecay(),
                GradientOracle.PLAIN,
                config.methods().statistics()));
  }

  private static EvaluationSchedule schedule(RunConfig config) {
    return new EvaluationSchedule(
        config.evaluate().every(), config.evaluate().consensusEvery(), config.rounds());
  }

  private static Augmentation augmentation(DataConfig data) {
    return new Augmentation(
        data.augment().crops() ? data.padding() : 0,
        data.augment().flips() ? Augmentation.Flip.HORIZONTAL : Augmentation.Flip.NEVER);
  }

  /** Collects what is wrong, so that a user sees all of it at once. */
  private static final class Checks {
    private final List<String> problems = new ArrayList<>();

    <T> T get(Supplier<T> value) {
      try {
        return value.get();
      } catch (IllegalArgumentException | DataException e) {
        problems.addAll(e.getMessage().lines().toList());
        return null;
      }
    }

    void throwIfAny() {
      if (!problems.isEmpty()) {
        throw new ConfigException(problems);
      }
    }
  }
}
