package io.dimat.conf;

/**
 * One choice of a comparison: an algorithm, a topology, a partitioner.
 *
 * @param label what tables and folders call it; empty for the configuration as it is
 * @param settings what it lays over the configuration
 */
public record Variant(String label, Settings settings) {
  static final Variant AS_CONFIGURED = new Variant("", Settings.NONE);

  /** The label as the name of a folder: lower case, digits and hyphens. */
  public String folder() {
    return label
        .toLowerCase(java.util.Locale.ROOT)
        .replaceAll("[^a-z0-9.]+", "-")
        .replaceAll("^[-.]+|[-.]+$", "");
  }
}
