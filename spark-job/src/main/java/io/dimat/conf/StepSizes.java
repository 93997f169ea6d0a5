package io.dimat.conf;

import com.typesafe.config.Config;
import java.util.List;

/** The rule that step sizes are all given or all tuned. */
record StepSizes(Config base, List<Variant> algorithms, boolean tuned) {
  private static final String KEY = TrainKeys.LEARNING_RATE.path();

  void check(List<String> problems) {
    List<String> own =
        algorithms.stream().filter(v -> v.settings().sets(KEY)).map(Variant::label).toList();
    if (tuned && !own.isEmpty()) {
      problems.add(
          "step sizes are all given or all tuned: compare.tune is there, and "
              + String.join(", ", own)
              + " sets "
              + KEY
              + "; take one of the two away");
    }
    if (!tuned && !base.hasPath(KEY)) {
      problems.add(
          "step sizes are all given or all tuned: set "
              + KEY
              + " for the controls and every algorithm that does not set its own, or add compare.tune { learning-rates = [...], seed = ... }");
    }
  }
}
