package io.dimat.conf;

import com.typesafe.config.Config;
import java.util.List;
import java.util.Optional;

/**
 * A comparison: an ordinary configuration, and what is varied over it ({@code compare} in the
 * file). {@link CompareLoader} makes it.
 */
public final class CompareConfig {
  private final Config base;
  private final List<Variant> algorithms;
  private final List<Axis> axes;
  private final List<Long> seeds;
  private final Optional<Tuning> tuning;

  CompareConfig(
      Config base,
      List<Variant> algorithms,
      List<Axis> axes,
      List<Long> seeds,
      Optional<Tuning> tuning) {
    this.base = base;
    this.algorithms = List.copyOf(algorithms);
    this.axes = List.copyOf(axes);
    this.seeds = List.copyOf(seeds);
    this.tuning = tuning;
  }

  /**
   * One dimension of the grid of settings in which every algorithm runs.
   *
   * @param name its key, such as topologies
   * @param variants at least one
   */
  public record Axis(String name, List<Variant> variants) {
    public Axis {
      variants = List.copyOf(variants);
    }
  }

  /**
   * How step sizes are chosen: every algorithm tries the same ones.
   *
   * @param learningRates ascending
   * @param seed of the runs that try them, none of the comparison's
   * @param rounds of those runs; empty for as many as in the comparison
   */
  public record Tuning(List<Double> learningRates, long seed, Optional<Integer> rounds) {
    public Tuning {
      learningRates = List.copyOf(learningRates);
    }
  }

  /** What the file lists, without the controls. */
  public List<Variant> algorithms() {
    return algorithms;
  }

  /** Topologies, partitioners and other settings; their product is the grid. */
  public List<Axis> axes() {
    return axes;
  }

  /** Ascending. */
  public List<Long> seeds() {
    return seeds;
  }

  /** Empty if step sizes are given. */
  public Optional<Tuning> tuning() {
    return tuning;
  }

  /**
   * The configuration of one run.
   *
   * @throws ConfigException with all its problems
   */
  public RunConfig run(Settings settings) {
    return ConfigLoader.of(settings.values().withFallback(base));
  }

  /**
   * The output folder, which no variant may change; empty if the configuration has no sound one.
   */
  public Optional<String> out() {
    try {
      return Optional.of(base.getString(OutputKeys.OUT.path())).filter(out -> !out.isBlank());
    } catch (com.typesafe.config.ConfigException e) {
      return Optional.empty();
    }
  }

  /** What to do with a folder that holds results. */
  public OutputConfig.Resume resume() {
    return base.hasPath(OutputKeys.RESUME.path())
        ? OutputKeys.RESUME.type().read(base.getValue(OutputKeys.RESUME.path()))
        : OutputKeys.RESUME.defaultValue();
  }
}
