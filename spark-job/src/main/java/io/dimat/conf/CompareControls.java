package io.dimat.conf;

import io.dimat.algorithm.Algorithms;
import io.dimat.algorithm.DriverAveraging;
import io.dimat.algorithm.part.InitPolicy;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.graph.Mixings;
import io.dimat.graph.Topologies;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.function.Predicate;

/**
 * The rows that every comparison has, whatever its file lists: they tell what communication gives
 * from what batch-norm recalibration and more data give.
 */
public final class CompareControls {
  private static final String TOPOLOGIES = "topologies";
  private static final String PARTITIONERS = "partitioners";

  /** Keys of data that do not say how it is dealt. */
  private static final Set<String> SAME_DATA =
      Set.of(
          DataKeys.SOURCE.path(),
          DataKeys.PATH.path(),
          DataKeys.VALIDATION.path(),
          DataKeys.AUGMENT.path(),
          DataKeys.PADDING.path(),
          DataKeys.LIMIT.path());

  /**
   * One of them.
   *
   * @param blindTo axes that make no difference to it: it runs once for all their variants
   * @param recalibrates whether it is the one before with batch norm re-estimated, which is the
   *     same run where there is no batch norm
   */
  public record Control(Variant variant, Set<String> blindTo, boolean recalibrates) {
    public Control {
      blindTo = Set.copyOf(blindTo);
    }
  }

  private CompareControls() {}

  /**
   * All controls of a comparison.
   *
   * @param plain the configuration of a setting, without an algorithm's own settings
   */
  public static List<Control> all(RunConfig plain) {
    return List.of(
        control("averaging", averaging(MergeConfig.BatchNorm.AVERAGE)),
        recalibrated("averaging", averaging(MergeConfig.BatchNorm.RECALIBRATE)),
        onDriver(plain.init()),
        control("isolated", algorithm(Algorithms.ISOLATED), TOPOLOGIES),
        recalibrated("isolated", alone(plain.agents()), TOPOLOGIES),
        control(
            "central", central(plain, algorithm(Algorithms.ISOLATED)), TOPOLOGIES, PARTITIONERS),
        recalibrated(
            "central",
            central(plain, averaging(MergeConfig.BatchNorm.RECALIBRATE)),
            TOPOLOGIES,
            PARTITIONERS));
  }

  /** It holds one model and drops the optimizer's state, whatever the others do. */
  private static Control onDriver(InitPolicy init) {
    Settings settings =
        Settings.of(
                Map.of(
                    RunKeys.INIT.path(), Spelling.of(InitPolicy.COMMON),
                    MergeKeys.OPTIMIZER_STATE.path(), Spelling.of(OptimizerStatePolicy.RESET)))
            .over(algorithm(DriverAveraging.NAME));
    String label =
        init == InitPolicy.COMMON
            ? "parameter averaging"
            : "parameter averaging, init = " + Spelling.of(InitPolicy.COMMON);
    return control(label, settings, TOPOLOGIES);
  }

  private static Control control(String label, Settings settings, String... blindTo) {
    return new Control(new Variant(label, settings), Set.of(blindTo), false);
  }

  private static Control recalibrated(String label, Settings settings, String... blindTo) {
    return new Control(new Variant(label + " + recalibration", settings), Set.of(blindTo), true);
  }

  private static Settings algorithm(String name) {
    return Settings.of(RunKeys.ALGORITHM.path(), name);
  }

  private static Settings averaging(MergeConfig.BatchNorm policy) {
    return Settings.of(MergeKeys.BATCH_NORM.path(), Spelling.of(policy))
        .over(algorithm(Algorithms.AVERAGING));
  }

  /** Merges with nobody: W is the identity, so that nothing but the recalibration is left. */
  private static Settings alone(int agents) {
    List<List<Double>> identity = new ArrayList<>();
    for (int agent = 0; agent < agents; agent++) {
      Double[] row = new Double[agents];
      Arrays.fill(row, 0.0);
      row[agent] = 1.0;
      identity.add(List.of(row));
    }
    return Settings.of(
            Map.of(
                GraphKeys.MIXING_NAME.path(),
                Mixings.MATRIX,
                GraphKeys.MIXING_MATRIX.path(),
                identity))
        .over(averaging(MergeConfig.BatchNorm.RECALIBRATE));
  }

  /**
   * One agent with everybody's images: as many gradients as all agents together, by as many epochs
   * or by as many times more steps.
   */
  private static Settings central(RunConfig plain, Settings algorithm) {
    TreeMap<String, Object> values = new TreeMap<>();
    defaults(values, path -> path.startsWith("topology.") || path.startsWith("mixing."));
    defaults(values, path -> path.startsWith("data.") && !SAME_DATA.contains(path));
    values.put(RunKeys.AGENTS.path(), 1);
    values.put(GraphKeys.TOPOLOGY_NAME.path(), Topologies.EDGES);
    values.put(TrainKeys.STEPS_PER_ROUND.path(), plain.agents() * plain.train().stepsPerRound());
    return Settings.of(values).over(algorithm);
  }

  private static void defaults(Map<String, Object> values, Predicate<String> of) {
    ConfigKeys.ALL.stream().map(ConfigKey::path).filter(of).forEach(path -> values.put(path, null));
  }
}
