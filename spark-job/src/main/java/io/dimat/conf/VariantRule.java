package io.dimat.conf;

import java.util.List;
import java.util.Optional;

/** Which keys a variant may set: everything else must be the same, or it is no comparison. */
enum VariantRule {
  ALGORITHM("an algorithm may not change what must be the same for all") {
    @Override
    boolean allows(String path) {
      return OF_ALL_ALGORITHMS.stream().noneMatch(path::startsWith)
          && !EXACTLY_OF_ALL.contains(path);
    }
  },
  TOPOLOGY("a topology sets keys of topology and mixing") {
    @Override
    boolean allows(String path) {
      return path.startsWith("topology.") || path.startsWith("mixing.");
    }
  },
  PARTITIONER("a partitioner sets keys of data other than source and path") {
    @Override
    boolean allows(String path) {
      return path.startsWith("data.")
          && !path.equals(DataKeys.SOURCE.path())
          && !path.equals(DataKeys.PATH.path());
    }
  },
  SETTING("a setting may not set what the comparison itself chooses") {
    @Override
    boolean allows(String path) {
      return !path.startsWith("run.")
          && !path.equals(RunKeys.SEED.path())
          && !path.equals(RunKeys.ALGORITHM.path());
    }
  };

  private static final List<String> OF_ALL_ALGORITHMS =
      List.of("data.", "network.", "evaluate.", "run.", "pretrain.");
  private static final List<String> EXACTLY_OF_ALL =
      List.of(
          RunKeys.SEED.path(),
          RunKeys.AGENTS.path(),
          RunKeys.INIT.path(),
          RunKeys.ROUNDS.path(),
          RunKeys.ENGINE.path(),
          TrainKeys.BATCH.path());

  private final String words;

  VariantRule(String words) {
    this.words = words;
  }

  abstract boolean allows(String path);

  /** The keys that are not allowed, in words; empty if all are. */
  Optional<String> violation(Settings settings) {
    List<String> wrong =
        settings.entries().keySet().stream().filter(path -> !allows(path)).toList();
    return wrong.isEmpty()
        ? Optional.empty()
        : Optional.of("sets " + String.join(", ", wrong) + ": " + words);
  }
}
