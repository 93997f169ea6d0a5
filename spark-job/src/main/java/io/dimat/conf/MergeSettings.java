package io.dimat.conf;

/**
 * What merging model files reads of a configuration.
 *
 * @param seed of samples and visiting orders
 * @param source name of a dataset
 * @param path its folder; empty for a dataset that needs none
 */
public record MergeSettings(long seed, String source, String path, MergeConfig merge) {
  static MergeSettings of(ConfigValues values) {
    return new MergeSettings(
        values.get(ConfigKeys.SEED),
        values.get(ConfigKeys.DATA_SOURCE),
        values.get(ConfigKeys.DATA_PATH),
        MergeConfig.of(values));
  }
}
