package io.dimat.conf;

import io.dimat.merge.Finish;
import io.dimat.network.Network;
import java.util.Optional;

/**
 * What merging model files reads of a configuration.
 *
 * @param seed of samples and visiting orders
 * @param dataPath files of a dataset that was asked for by name
 * @param correction empty if nothing was said of it
 */
public record MergeSettings(
    long seed,
    Optional<String> dataPath,
    Optional<Finish.ScaleCorrection> correction,
    MergeConfig merge) {
  static MergeSettings of(ConfigValues values) {
    String path = values.get(ConfigKeys.DATA_PATH);
    return new MergeSettings(
        values.get(ConfigKeys.SEED),
        path.isEmpty() ? Optional.empty() : Optional.of(path),
        values.given(ConfigKeys.MERGE_CORRECTION),
        MergeConfig.of(values));
  }

  /** What is done to the merged model: without a word, a network without batch norm is repaired. */
  public Finish finish(Network network) {
    Finish.ScaleCorrection unsaid =
        network.hasBatchNorm() ? Finish.ScaleCorrection.NONE : Finish.ScaleCorrection.REPAIR;
    return new Finish(correction.orElse(unsaid), merge.batchNorm());
  }
}
