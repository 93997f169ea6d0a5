package io.dimat.compare;

import io.dimat.compare.Comparison.Role;
import io.dimat.compare.Comparison.Row;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/**
 * What differs and what does not, in one setting and one measure: every algorithm against every
 * other one and against every control, by paired t-tests over the seeds with Holm's correction over
 * all of them. As every pair of algorithms is tested, the best one may be picked afterwards.
 *
 * @param findings of algorithms, best first, against those above them and against the controls
 */
public record Significance(Measure measure, List<Finding> findings) {
  /** Probability below which a difference counts as shown. */
  public static final double LEVEL = 0.05;

  public Significance {
    findings = List.copyOf(findings);
  }

  /** What a test says. */
  public enum Verdict {
    BETTER,
    WORSE,
    NOT_SHOWN
  }

  /**
   * One pair.
   *
   * @param test of algorithm minus against
   * @param corrected Holm's p; NaN where there is no test
   */
  public record Finding(String algorithm, String against, PairedTest test, double corrected) {
    public Verdict verdict() {
      if (!(corrected < LEVEL)) {
        return Verdict.NOT_SHOWN;
      }
      return test.difference().mean() > 0 ? Verdict.BETTER : Verdict.WORSE;
    }

    /**
     * For example {@code +1.2 points (+0.3 to +2.1), p = 0.012}: p is corrected, the interval is
     * that of this difference alone.
     */
    public String words() {
      Estimate d = test.difference();
      if (d.count() == 0) {
        return "no seed in common";
      }
      String points = tenths(d.mean()) + " points";
      if (!d.hasInterval()) {
        return points;
      }
      return Double.isNaN(corrected)
          ? points + " in every seed, not tested"
          : "%s (%s to %s)%s".formatted(points, tenths(d.low()), tenths(d.high()), probability());
    }

    /** With its sign; what rounds to nothing has none. */
    private static String tenths(double fraction) {
      String text = String.format(Locale.ROOT, "%+.1f", 100 * fraction);
      return text.equals("-0.0") || text.equals("+0.0") ? "0.0" : text;
    }

    private String probability() {
      return corrected < 0.001
          ? ", p < 0.001"
          : String.format(Locale.ROOT, ", p = %.3f", corrected);
    }
  }

  /** Tests one setting. */
  public static Significance of(Comparison comparison, String setting, Measure measure) {
    List<Row> ranked =
        comparison.ranked(setting, measure).stream()
            .filter(row -> row.estimate(measure).count() > 0)
            .toList();
    List<Pair> pairs = new ArrayList<>();
    for (int i = 0; i < ranked.size(); i++) {
      for (int j = 0; j < ranked.size(); j++) {
        Row row = ranked.get(i);
        Row other = ranked.get(j);
        if (row.role() == Role.ALGORITHM && (other.role() == Role.CONTROL || j < i)) {
          pairs.add(new Pair(row, other));
        }
      }
    }
    return new Significance(measure, findings(pairs, measure));
  }

  private record Pair(Row row, Row other) {}

  private static List<Finding> findings(List<Pair> pairs, Measure measure) {
    List<PairedTest> tests =
        pairs.stream()
            .map(pair -> PairedTest.of(pair.row.last(measure), pair.other.last(measure)))
            .toList();
    List<Double> corrected = PairedTest.holm(tests.stream().map(PairedTest::p).toList());
    List<Finding> findings = new ArrayList<>();
    for (int i = 0; i < pairs.size(); i++) {
      findings.add(
          new Finding(
              pairs.get(i).row.algorithm(),
              pairs.get(i).other.algorithm(),
              tests.get(i),
              corrected.get(i)));
    }
    return findings;
  }
}
