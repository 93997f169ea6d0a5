package io.dimat.compare;

import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.OptionalDouble;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Several algorithms in one or more settings, over the same seeds.
 *
 * @param title what is compared
 * @param lines what a reader must know: data, network, rules, one line each
 * @param seeds ascending
 * @param rows in the order of the file, setting after setting
 * @param configuration of the comparison, as text
 */
public record Comparison(
    String title, List<String> lines, List<Long> seeds, List<Row> rows, String configuration) {
  public Comparison {
    lines = List.copyOf(lines);
    seeds = List.copyOf(seeds);
    rows = List.copyOf(rows);
  }

  /** What an algorithm is there for. */
  public enum Role {
    ALGORITHM,
    CONTROL
  }

  /**
   * One algorithm in one setting.
   *
   * @param setting empty if there is only one
   * @param learningRate empty if it was not chosen yet
   * @param note how it was chosen, or why the row is empty; empty text if there is nothing to say
   * @param cells by seed, as far as they have run
   */
  public record Row(
      String setting,
      String algorithm,
      Role role,
      OptionalDouble learningRate,
      String note,
      SortedMap<Long, Cell> cells) {
    public Row {
      cells = Collections.unmodifiableSortedMap(new TreeMap<>(cells));
    }

    /** The last value of a measure, by seed, of the runs that ended. */
    public SortedMap<Long, Double> last(Measure measure) {
      SortedMap<Long, Double> values = new TreeMap<>();
      cells.forEach(
          (seed, cell) -> {
            double value = cell.curve().last(measure);
            if (cell.status() == Status.DONE && Double.isFinite(value)) {
              values.put(seed, value);
            }
          });
      return values;
    }

    public Estimate estimate(Measure measure) {
      return Estimate.of(last(measure).values());
    }

    /** How many of its runs ended like that. */
    public long count(Status status) {
      return cells.values().stream().filter(cell -> cell.status() == status).count();
    }

    /** Whether a run diverged or failed: its mean is over the others. */
    public boolean hasLost() {
      return count(Status.DIVERGED) + count(Status.FAILED) > 0;
    }

    /** For example {@code 3 of 3}, or {@code 2 of 3, 1 diverged}. */
    public String state(int planned) {
      StringBuilder text = new StringBuilder(count(Status.DONE) + " of " + planned);
      for (Status status : List.of(Status.DIVERGED, Status.FAILED)) {
        if (count(status) > 0) {
          text.append(", ").append(count(status)).append(' ').append(status.words());
        }
      }
      return text.toString();
    }
  }

  /** How one run ended. */
  public enum Status {
    DONE,
    /** A loss became NaN or infinite. */
    DIVERGED,
    FAILED;

    public String words() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  /**
   * One run.
   *
   * @param reason one line; empty when done
   */
  public record Cell(Status status, String reason, Curve curve) {}

  /** The settings, in order. */
  public List<String> settings() {
    return rows.stream().map(Row::setting).distinct().toList();
  }

  /** The rows of one setting, in order. */
  public List<Row> in(String setting) {
    return rows.stream().filter(row -> row.setting().equals(setting)).toList();
  }

  /**
   * The rows of one setting, best first; those of which a run diverged or failed below all others,
   * as what is left of them may be luck; those without a value last.
   */
  public List<Row> ranked(String setting, Measure measure) {
    List<Row> ranked = new ArrayList<>(in(setting));
    ranked.sort(
        Comparator.comparing((Row row) -> row.estimate(measure).count() == 0)
            .thenComparing(Row::hasLost)
            .thenComparing(row -> -row.estimate(measure).mean()));
    return ranked;
  }
}
