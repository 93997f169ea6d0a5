package io.dimat.conf;

import com.typesafe.config.ConfigFactory;
import io.dimat.algorithm.Algorithms;
import io.dimat.algorithm.DriverAveraging;
import io.dimat.algorithm.part.InitPolicy;
import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Everything a user chose for one run, resolved and valid in itself; {@link ConfigLoader} makes it.
 *
 * @param seed of every random stream
 * @param agents at least 1
 * @param pretrainEpochs local epochs before the first merge
 * @param rounds of exchange, merge and local training
 */
public record RunConfig(
    long seed,
    int agents,
    InitPolicy init,
    int pretrainEpochs,
    int rounds,
    String algorithm,
    LearningEngine engine,
    DataConfig data,
    NetworkConfig network,
    TopologyConfig topology,
    MixingConfig mixing,
    TrainConfig train,
    MergeConfig merge,
    EvaluateConfig evaluate,
    OutputConfig run,
    MethodConfig methods)
    implements Serializable {
  /** What trains the networks. */
  public enum LearningEngine {
    DL4J
  }

  /** What the key {@code algorithm} takes: agent programs, and the control that is none. */
  public static SortedSet<String> algorithms() {
    TreeSet<String> all = new TreeSet<>(Algorithms.names());
    all.add(DriverAveraging.NAME);
    return all;
  }

  static RunConfig of(ConfigValues values) {
    return new RunConfig(
        values.get(RunKeys.SEED),
        values.get(RunKeys.AGENTS),
        values.get(RunKeys.INIT),
        values.get(RunKeys.PRETRAIN_EPOCHS),
        values.get(RunKeys.ROUNDS),
        values.get(RunKeys.ALGORITHM),
        values.get(RunKeys.ENGINE),
        DataConfig.of(values),
        NetworkConfig.of(values),
        TopologyConfig.of(values),
        MixingConfig.of(values),
        TrainConfig.of(values),
        MergeConfig.of(values),
        EvaluateConfig.of(values),
        OutputConfig.of(values),
        MethodConfig.of(values));
  }

  /** What is not the default of the settings that only some algorithms read: values by key. */
  public SortedMap<String, String> chosenForMethods() {
    SortedMap<String, String> chosen = new TreeMap<>();
    for (ConfigKey<?> key : MethodKeys.ALL) {
      if (!key.render(this).equals(key.renderDefault())) {
        chosen.put(key.path(), key.render(this));
      }
    }
    return chosen;
  }

  /**
   * The same with one key back at its default.
   *
   * @throws ConfigException if the rest does not go with the default
   */
  public RunConfig withDefault(String key) {
    return ConfigLoader.of(ConfigFactory.parseString(render()).withoutPath(key));
  }

  /**
   * The same with another value of one key.
   *
   * @param value as in a file
   * @throws ConfigException if the rest does not go with it
   */
  public RunConfig with(String key, String value) {
    return ConfigLoader.of(
        ConfigFactory.parseString(key + " = " + value)
            .withFallback(ConfigFactory.parseString(render())));
  }

  /** Commented HOCON that loads back to an equal configuration. */
  public String render() {
    return ConfigText.render(this);
  }

  /** One line {@code key = value} for every key of the fingerprint, in the order of the table. */
  public String fingerprintText() {
    return ConfigText.fingerprint(this);
  }

  /**
   * What differs from an earlier run's {@link #fingerprintText()}.
   *
   * @return lines {@code key: was X, is Y}; empty if the fingerprints agree
   */
  public List<String> difference(String earlierFingerprintText) {
    return ConfigText.difference(earlierFingerprintText, fingerprintText());
  }
}
