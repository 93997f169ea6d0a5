package io.dimat.conf;

import static io.dimat.conf.ConfigKey.choice;
import static io.dimat.conf.ConfigKey.counted;
import static io.dimat.conf.ConfigKey.named;

import io.dimat.algorithm.MethodSettings;
import io.dimat.algorithm.heterogeneity.RelayFill;
import io.dimat.compress.Compressors;
import java.util.List;

/** What is exchanged, and along what: relayed sums, contrastive terms, compression. */
final class ExchangeKeys {
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

  static final List<ConfigKey<?>> ALL =
      List.of(
          RELAY_TREE,
          RELAY_FILL,
          RELAY_LOSS,
          CONTRAST_MODEL,
          CONTRAST_DATA,
          COMPRESSOR,
          COMPRESS_BITS,
          COMPRESS_FRACTION,
          COMPRESS_RATE);

  private ExchangeKeys() {}
}
