package io.dimat.conf;

import static io.dimat.conf.ConfigKey.choice;
import static io.dimat.conf.ConfigKey.counted;
import static io.dimat.conf.ConfigKey.free;
import static io.dimat.conf.ConfigKey.named;

import io.dimat.partition.IidPartitioner;
import io.dimat.partition.PartitionSettings.Setting;
import io.dimat.partition.Partitioners;
import io.dimat.shard.FeatureSkew;
import io.dimat.source.Sources;
import java.util.List;
import java.util.stream.Collectors;

/** Images and how agents share them. */
final class DataKeys {
  static final ConfigKey<String> SOURCE =
      named(
          "data.source",
          Sources.names(),
          Sources.SAMPLE,
          "dataset; fashion-mnist-sample comes with the product, the others need data.path",
          c -> c.data().source());
  static final ConfigKey<String> PATH =
      free(
          "data.path",
          new TextType("a folder or archive, or empty"),
          "",
          "folder with the dataset's official files, for cifar10 and cifar100 also their .tar.gz (the shards' hashes, not this, identify the data)",
          c -> c.data().path());
  static final ConfigKey<String> PARTITIONER =
      named(
          "data.partitioner",
          Partitioners.names(),
          IidPartitioner.NAME,
          Partitioners.names().stream()
              .map(name -> name + ": " + Partitioners.description(name))
              .collect(Collectors.joining("; ", "how training images are dealt; ", "")),
          c -> c.data().partitioner());
  static final ConfigKey<Double> ALPHA =
      counted(
          "data.alpha",
          DecimalType.from(0),
          0.0,
          "concentration of labels, smaller is more skewed" + readers(Setting.ALPHA),
          c -> c.data().partition().alpha());
  static final ConfigKey<Double> BETA =
      counted(
          "data.beta",
          DecimalType.from(0),
          0.0,
          "concentration of shard sizes, smaller is more skewed" + readers(Setting.BETA),
          c -> c.data().partition().beta());
  static final ConfigKey<Integer> SHARDS_PER_AGENT =
      counted(
          "data.shards-per-agent",
          IntegerType.from(0),
          0,
          "pieces of the images sorted by class that an agent gets, 2 in FedAvg"
              + readers(Setting.SHARDS_PER_AGENT),
          c -> c.data().partition().shardsPerAgent());
  static final ConfigKey<Integer> CLASSES_PER_AGENT =
      counted(
          "data.classes-per-agent",
          IntegerType.from(0),
          0,
          "different classes that an agent holds" + readers(Setting.CLASSES_PER_AGENT),
          c -> c.data().partition().classesPerAgent());
  static final ConfigKey<FeatureSkew.Kind> FEATURE_SKEW =
      choice(
          "data.feature-skew",
          FeatureSkew.Kind.NONE,
          "fixed change of an agent's own images, from none for the first agent to all of data.feature-skew-strength for the last; test and validation images are never changed",
          c -> c.data().featureSkew().kind());
  static final ConfigKey<Double> FEATURE_SKEW_STRENGTH =
      counted(
          "data.feature-skew-strength",
          DecimalType.from(0),
          0.0,
          "for the last agent, degrees of rotation (up to 360), standard deviation of noise on pixels in [0, 1], or share of contrast lost (below 1); 0 = not set",
          c -> c.data().featureSkew().strength());
  static final ConfigKey<Double> VALIDATION =
      counted(
          "data.validation",
          DecimalType.halfOpen(0, 1),
          0.0,
          "fraction of the training images held out for validation",
          c -> c.data().validation());
  static final ConfigKey<DataConfig.Augment> AUGMENT =
      choice(
          "data.augment",
          DataConfig.Augment.NONE,
          "random changes to training images, fresh in every epoch",
          c -> c.data().augment());
  static final ConfigKey<Integer> PADDING =
      counted(
          "data.padding",
          IntegerType.between(0, 32),
          4,
          "zero pixels added on every side before a random crop",
          c -> c.data().padding());
  static final ConfigKey<Integer> LIMIT =
      counted(
          "data.limit",
          IntegerType.from(0),
          0,
          "training images used in all; 0 = every image",
          c -> c.data().limit());
  static final ConfigKey<Integer> MIN_IMAGES =
      counted(
          "data.min-images",
          IntegerType.from(1),
          1,
          "fewest training images an agent may get: dirichlet and quantity-skew draw again until it holds, a split with less is refused",
          c -> c.data().partition().minimum());

  static final List<ConfigKey<?>> ALL =
      List.of(
          SOURCE,
          PATH,
          PARTITIONER,
          ALPHA,
          BETA,
          SHARDS_PER_AGENT,
          CLASSES_PER_AGENT,
          FEATURE_SKEW,
          FEATURE_SKEW_STRENGTH,
          VALIDATION,
          AUGMENT,
          PADDING,
          LIMIT,
          MIN_IMAGES);

  private DataKeys() {}

  /** The end of the description of a setting that only some partitioners read. */
  private static String readers(Setting setting) {
    return ", read by " + String.join(", ", Partitioners.readers(setting)) + "; 0 = not set";
  }
}
