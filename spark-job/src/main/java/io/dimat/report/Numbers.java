package io.dimat.report;

import java.util.Locale;

/** How quantities are written in the report and on the terminal, independent of the locale. */
final class Numbers {
  private Numbers() {}

  /** A fraction as a percentage with one decimal. */
  static String percent(double fraction) {
    return String.format(Locale.ROOT, "%.1f %%", 100 * fraction);
  }

  /** Bytes as megabytes of 10^6. */
  static String megabytes(double bytes) {
    double mb = bytes / 1e6;
    return String.format(Locale.ROOT, mb < 10 ? "%.2f MB" : mb < 100 ? "%.1f MB" : "%,.0f MB", mb);
  }

  /** Seconds as seconds, minutes or hours. */
  static String duration(double seconds) {
    long whole = Math.round(seconds);
    if (seconds < 60) {
      return String.format(Locale.ROOT, "%.1f s", seconds);
    }
    return whole < 3600
        ? String.format(Locale.ROOT, "%d min %02d s", whole / 60, whole % 60)
        : String.format(Locale.ROOT, "%d h %02d min", whole / 3600, whole / 60 % 60);
  }

  /** Two decimals, for cells of a table; a dash for what does not exist. */
  static String hundredths(double value) {
    return Double.isFinite(value) ? rounded("%.2f", value) : "–";
  }

  /** Three decimals, so that a column of correlations lines up. */
  static String thousandths(double value) {
    return rounded("%.3f", value);
  }

  /** A loss with three decimals, so that a column of them lines up; huge ones in powers of ten. */
  static String nats(double loss) {
    return Math.abs(loss) < 1e4 ? rounded("%.3f", loss) : plain(loss);
  }

  static String count(long number) {
    return String.format(Locale.ROOT, "%,d", number);
  }

  /** Up to three decimals without trailing zeros, for weights and correlations. */
  static String weight(double value) {
    return rounded("%.3f", value).replaceFirst("0+$", "").replaceFirst("\\.$", "");
  }

  /** What rounds to zero has no sign: -0.00 would make readers look for a meaning. */
  private static String rounded(String format, double value) {
    String text = String.format(Locale.ROOT, format, value);
    return text.matches("-0\\.0*") ? text.substring(1) : text;
  }

  /** Three significant digits; what is not finite in words. */
  static String plain(double value) {
    if (!Double.isFinite(value)) {
      return Double.isNaN(value) ? "undefined" : "infinite";
    }
    double size = Math.abs(value);
    if (value == 0) {
      return "0";
    }
    return size >= 1e5 || size < 1e-3
        ? String.format(Locale.ROOT, "%.2e", value)
        : String.format(Locale.ROOT, size >= 100 ? "%.0f" : size >= 1 ? "%.2f" : "%.4f", value);
  }
}
