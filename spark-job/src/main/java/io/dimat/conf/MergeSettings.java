package io.dimat.conf;

import io.dimat.merge.Finish;
import io.dimat.network.Network;
import java.util.List;
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
  /**
   * Reads what was set.
   *
   * @throws ConfigException if a policy means something between agents only
   */
  static MergeSettings of(ConfigValues values) {
    String path = values.get(DataKeys.PATH);
    MergeConfig merge = MergeConfig.of(values);
    if (merge.batchNorm() == MergeConfig.BatchNorm.NEIGHBORHOOD) {
      throw new ConfigException(
          List.of(
              "merge.batch-norm = neighborhood needs agents that hold images of their own, got model files: use merge.batch-norm = recalibrate"));
    }
    return new MergeSettings(
        values.get(RunKeys.SEED),
        path.isEmpty() ? Optional.empty() : Optional.of(path),
        values.given(MergeKeys.CORRECTION),
        merge);
  }

  /** What is done to the merged model: without a word, a network without batch norm is repaired. */
  public Finish finish(Network network) {
    Finish.ScaleCorrection unsaid =
        network.hasBatchNorm() ? Finish.ScaleCorrection.NONE : Finish.ScaleCorrection.REPAIR;
    return new Finish(correction.orElse(unsaid), merge.batchNorm().local());
  }
}
