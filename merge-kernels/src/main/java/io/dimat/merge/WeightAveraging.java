package io.dimat.merge;

import io.dimat.protocol.Metric;

/** {@code sum_k w_k x_k}, every model as it is: DIMAT's baseline WA. */
public record WeightAveraging() implements MergeOperator {
  @Override
  public String name() {
    return "weight averaging";
  }

  @Override
  public boolean aligns() {
    return false;
  }

  @Override
  public boolean mixesUnits() {
    return false;
  }

  @Override
  public Merged merge(MergeInput input) {
    return input
        .recorder()
        .timed(Metric.SECONDS_MERGE, () -> Merged.unaligned(input.weightedSum(input.models())));
  }
}
