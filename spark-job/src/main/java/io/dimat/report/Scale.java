package io.dimat.report;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** Maps values of an axis to [0, 1] and knows where its ticks belong. */
sealed interface Scale permits Scale.Linear, Scale.Log {
  /** Where the value lies: 0 at the start of the axis, 1 at its end. */
  double position(double value);

  List<Tick> ticks();

  /** A value worth a label. */
  record Tick(double value, String label) {}

  /**
   * A linear axis that covers [low, high] and ends at round values.
   *
   * @param count about how many ticks are wanted
   */
  static Scale linear(double low, double high, int count) {
    double width = high > low ? high - low : Math.max(Math.abs(high) * 0.2, 1e-3);
    double middle = (low + high) / 2;
    double from = high > low ? low : middle - width / 2;
    double to = high > low ? high : middle + width / 2;
    double step = roundStep(width / Math.max(1, count));
    return new Linear(Math.floor(from / step + 1e-9) * step, ceil(to, step), step);
  }

  /** A linear axis from exactly {@code low} to {@code high} with ticks at whole numbers. */
  static Scale whole(double low, double high, int count) {
    double step = Math.ceil(roundStep(Math.max(1, (high - low) / Math.max(1, count))));
    return high > low ? new Linear(low, high, step) : new Linear(low - 0.5, low + 0.5, 1);
  }

  /** A logarithmic axis over whole decades around [low, high], both positive. */
  static Scale log(double low, double high) {
    int from = (int) Math.floor(Math.log10(low) + 1e-9);
    int to = (int) Math.ceil(Math.log10(high) - 1e-9);
    return new Log(from, Math.max(to, from + 1));
  }

  private static double ceil(double value, double step) {
    return Math.ceil(value / step - 1e-9) * step;
  }

  /** The smallest of 1, 2, 2.5, 5 times a power of ten that is not below {@code step}. */
  private static double roundStep(double step) {
    double power = Math.pow(10, Math.floor(Math.log10(step)));
    for (double factor : new double[] {1, 2, 2.5, 5}) {
      if (factor * power >= step * (1 - 1e-9)) {
        return factor * power;
      }
    }
    return 10 * power;
  }

  /** Equal distances for equal differences. */
  record Linear(double low, double high, double step) implements Scale {
    @Override
    public double position(double value) {
      return (value - low) / (high - low);
    }

    @Override
    public List<Tick> ticks() {
      int decimals = 0;
      while (decimals < 9
          && Math.abs(Math.rint(step * p10(decimals)) / p10(decimals) - step) > 1e-12) {
        decimals++;
      }
      List<Tick> ticks = new ArrayList<>();
      long first = (long) Math.ceil(low / step - 1e-9);
      for (long k = first; k * step <= high + step * 1e-9; k++) {
        ticks.add(new Tick(k * step, String.format(Locale.ROOT, "%,." + decimals + "f", k * step)));
      }
      return ticks;
    }

    private static double p10(int exponent) {
      return Math.pow(10, exponent);
    }
  }

  /** Equal distances for equal ratios. */
  record Log(int fromDecade, int toDecade) implements Scale {
    @Override
    public double position(double value) {
      return (Math.log10(value) - fromDecade) / (toDecade - fromDecade);
    }

    @Override
    public List<Tick> ticks() {
      List<Tick> ticks = new ArrayList<>();
      for (int decade = fromDecade; decade <= toDecade; decade++) {
        double value = Math.pow(10, decade);
        String label =
            decade >= -3 && decade <= 4
                ? String.format(Locale.ROOT, "%." + Math.max(0, -decade) + "f", value)
                : "1e" + decade;
        ticks.add(new Tick(value, label));
      }
      return ticks;
    }
  }
}
