package io.dimat.job;

import io.dimat.conf.ConfigException;
import io.dimat.conf.OutputConfig;
import io.dimat.conf.RunConfig;
import io.dimat.shard.BlockFile;
import io.dimat.shard.Shards;
import io.dimat.store.PhaseManifest;
import io.dimat.store.RunFolder;
import io.dimat.store.StateStore;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** Decides whether a run may use its output folder, and marks the folder as this run's. */
final class OutputFolder {
  private static final String SHARDS_KEY = "shards = ";

  /** The last line, so that a file that was cut off is told from a whole one. */
  private static final String LAST_LINE = "format = " + PhaseManifest.FORMAT + "\n";

  private final RunFolder folder;
  private final RunConfig config;

  OutputFolder(RunFolder folder, RunConfig config) {
    this.folder = folder;
    this.config = config;
  }

  /**
   * Checks that the folder is new, holds nothing but prepared shards, or holds this run.
   *
   * @return true if it holds this run
   * @throws ConfigException saying what is there instead, and what to do
   */
  boolean holdsThisRun() {
    OutputConfig.Resume resume = config.run().resume();
    if (!requireUsable()) {
      if (resume == OutputConfig.Resume.MUST) {
        throw refusal("has no run to resume, and run.resume is must: use --resume auto");
      }
      return false;
    }
    if (resume == OutputConfig.Resume.NEVER) {
      throw refusal("holds a run, and run.resume is never: choose another --out, or --resume auto");
    }
    return true;
  }

  /**
   * Checks that the folder is new, holds nothing but prepared shards, or holds this run, whatever
   * run.resume says.
   *
   * @return true if it holds this run
   * @throws ConfigException saying what is there instead, and what to do
   */
  boolean requireUsable() {
    Optional<String> earlier = written();
    if (earlier.isEmpty()) {
      requireFree();
      return false;
    }
    String choices =
        earlier
            .get()
            .lines()
            .filter(line -> !line.startsWith(SHARDS_KEY) && !LAST_LINE.startsWith(line))
            .collect(Collectors.joining("\n"));
    List<String> problems = new ArrayList<>(config.difference(choices));
    if (!problems.isEmpty()) {
      problems.add(
          0, folder.location() + " holds another run; choose another --out. It differs in");
      throw new ConfigException(problems);
    }
    return true;
  }

  /** What an earlier run wrote down about itself; empty if it was killed while it did. */
  private Optional<String> written() {
    return folder.readText(RunRecord.FINGERPRINT).filter(text -> text.endsWith(LAST_LINE));
  }

  private void requireFree() {
    TreeSet<String> foreign = new TreeSet<>(folder.names());
    foreign.remove(RunShards.FOLDER);
    foreign.remove(RunRecord.FINGERPRINT);
    foreign.removeIf(name -> name.startsWith("_") || name.startsWith("."));
    if (!foreign.isEmpty()) {
      throw refusal(
          "is not empty (%s) and holds no run: choose another --out".formatted(foreign.first()));
    }
  }

  /**
   * Writes down what this run is.
   *
   * @return the fingerprint that its manifests carry
   * @throws ConfigException if the folder holds this configuration over other shards
   */
  String mark(Shards shards) {
    String text =
        config.fingerprintText().stripTrailing()
            + "\n"
            + SHARDS_KEY
            + hash(shards)
            + "\n"
            + LAST_LINE;
    Optional<String> earlier = written();
    if (earlier.isPresent() && !earlier.get().equals(text)) {
      throw refusal("was run on shards with other content: choose another --out");
    }
    // First what makes the folder ours: killed in between, the next run recognizes it.
    if (earlier.isEmpty()) {
      folder.replaceText(RunRecord.FINGERPRINT, text);
    }
    folder.replaceText(RunRecord.CONFIG, config.render());
    return StateStore.sha256(text);
  }

  private static String hash(Shards shards) {
    List<BlockFile> blocks = new ArrayList<>(shards.manifest().agents());
    blocks.add(shards.manifest().test());
    blocks.addAll(shards.manifest().validation());
    return StateStore.sha256(blocks.stream().map(BlockFile::sha256).collect(Collectors.joining()));
  }

  private ConfigException refusal(String reason) {
    return new ConfigException(List.of(folder.location() + " " + reason));
  }
}
