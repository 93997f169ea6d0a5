package io.dimat.merge.report;

import java.util.List;

/**
 * A merge and everything that says what it is worth.
 *
 * @param method merge operator, in words
 * @param settings what was chosen, name and value in words, in the order to show them
 * @param images which images were used, and for what
 * @param parents in the order of the command line
 * @param candidates the merge and its controls, controls first
 * @param groups by parent, then in the order of the permutation spec; empty if nothing was matched
 * @param lines by parent and treatment; empty if they were not asked for or there are no labels
 * @param notes what a reader must know
 */
public record MergeReport(
    String method,
    Network network,
    List<Setting> settings,
    Images images,
    List<Parent> parents,
    List<Candidate> candidates,
    List<GroupQuality> groups,
    List<InterpolationLine> lines,
    Verdict verdict,
    List<String> notes) {
  public MergeReport {
    settings = List.copyOf(settings);
    parents = List.copyOf(parents);
    candidates = List.copyOf(candidates);
    groups = List.copyOf(groups);
    lines = List.copyOf(lines);
    notes = List.copyOf(notes);
  }

  /**
   * What was merged.
   *
   * @param parameters trainable ones
   */
  public record Network(String name, int parameters, boolean batchNorm) {}

  /** A choice in words. */
  public record Setting(String name, String value) {}

  /**
   * The images behind the numbers.
   *
   * @param source dataset, folder or file
   * @param probe how many were used to match and to re-estimate statistics
   * @param scored how many loss and accuracy were measured on; 0 without labels
   * @param line how many the losses along lines were measured on
   * @param separate true if scored images were not among the probe's
   */
  public record Images(String source, int probe, int scored, int line, boolean separate) {}
}
