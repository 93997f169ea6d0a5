package io.dimat.merge.report;

import java.util.Optional;

/**
 * A model made of all parents: the merge, or a control that it has to beat.
 *
 * @param score empty where the images have no labels
 */
public record Candidate(Kind kind, Optional<Score> score) {
  /** How it was made. */
  public enum Kind {
    /** Weights averaged as they are. */
    AVERAGED("plain averaging"),
    /** The control that is often left out: averaging, then what was done after the merge. */
    AVERAGED_FINISHED("plain averaging, finished like the merge"),
    /** The merge as the method made it. */
    MERGED_RAW("merge, before batch norm or REPAIR"),
    /** The merged model that is written. */
    MERGED("merge");

    private final String label;

    Kind(String label) {
      this.label = label;
    }

    /** For people. */
    public String label() {
      return label;
    }
  }
}
