package io.dimat.compare;

import java.util.Locale;

/** What a comparison tells of a run. */
public enum Measure {
  ACCURACY("mean agent accuracy", "mean_agent_accuracy", "%.1f %%", 100) {
    @Override
    public double of(Curve.Point point) {
      return point.accuracy();
    }
  },
  CONSENSUS_ACCURACY("consensus accuracy", "consensus_accuracy", "%.1f %%", 100) {
    @Override
    public double of(Curve.Point point) {
      return point.consensusAccuracy();
    }
  },
  WORST("worst agent", "worst_agent_accuracy", "%.1f %%", 100) {
    @Override
    public double of(Curve.Point point) {
      return point.worst();
    }
  },
  CONSENSUS_DISTANCE("consensus distance", "consensus_distance", "%.3g", 1) {
    @Override
    public double of(Curve.Point point) {
      return point.consensusDistance();
    }
  },
  MEGABYTES("sent MB", "megabytes_sent", "%.1f", 1) {
    @Override
    public double of(Curve.Point point) {
      return point.megabytes();
    }
  },
  GRADIENTS("gradient evaluations", "gradient_evaluations", "%,.0f", 1) {
    @Override
    public double of(Curve.Point point) {
      return point.gradients();
    }
  },
  SECONDS("seconds", "seconds", "%.1f", 1) {
    @Override
    public double of(Curve.Point point) {
      return point.seconds();
    }
  };

  private final String words;
  private final String key;
  private final String format;
  private final double factor;

  Measure(String words, String key, String format, double factor) {
    this.words = words;
    this.key = key;
    this.format = format;
    this.factor = factor;
  }

  /** The value at that point; NaN if it was not measured there. */
  public abstract double of(Curve.Point point);

  /** The name for people. */
  public String words() {
    return words;
  }

  /** The name in files. */
  public String key() {
    return key;
  }

  /** Whether it is a share of right answers, in [0, 1]. */
  public boolean isAccuracy() {
    return factor > 1;
  }

  /** A value for people; accuracies in percent. */
  public String shown(double value) {
    return String.format(Locale.ROOT, format, factor * value);
  }

  /** An estimate for people: {@code 83.9 % ± 1.2}; a dash without values. */
  public String shown(Estimate estimate) {
    if (estimate.count() == 0) {
      return "–";
    }
    String mean = shown(estimate.mean());
    return estimate.hasInterval() && estimate.halfWidth() > 0
        ? mean + " ± " + shown(estimate.halfWidth()).replace(" %", "")
        : mean;
  }
}
