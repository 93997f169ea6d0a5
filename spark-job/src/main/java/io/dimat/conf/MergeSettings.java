package io.dimat.conf;

import java.util.Optional;

/**
 * What merging model files reads of a configuration.
 *
 * @param seed of samples and visiting orders
 * @param dataPath files of a dataset that was asked for by name
 */
public record MergeSettings(long seed, Optional<String> dataPath, MergeConfig merge) {
  static MergeSettings of(ConfigValues values) {
    String path = values.get(ConfigKeys.DATA_PATH);
    return new MergeSettings(
        values.get(ConfigKeys.SEED),
        path.isEmpty() ? Optional.empty() : Optional.of(path),
        MergeConfig.of(values));
  }
}
