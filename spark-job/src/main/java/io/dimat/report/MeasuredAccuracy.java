package io.dimat.report;

import java.util.Locale;

/**
 * An accuracy and how far chance may have moved it.
 *
 * @param fraction of right answers, in [0, 1]; NaN if it is not known
 * @param images how many were scored; 0 if that is not known
 */
record MeasuredAccuracy(double fraction, int images) {
  /** The binomial standard error {@code sqrt(p (1 - p) / n)}; NaN without images. */
  double standardError() {
    return images > 0 ? Math.sqrt(fraction * (1 - fraction) / images) : Double.NaN;
  }

  /** For example {@code 85.3 % ± 0.8}. */
  String shown() {
    if (!Double.isFinite(fraction)) {
      return "undefined";
    }
    double error = standardError();
    return Double.isFinite(error)
        ? String.format(Locale.ROOT, "%s ± %.1f", Numbers.percent(fraction), 100 * error)
        : Numbers.percent(fraction);
  }
}
