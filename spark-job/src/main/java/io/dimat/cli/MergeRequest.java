package io.dimat.cli;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * Which model files to merge, how, and on what.
 *
 * @param models files, at least one
 * @param weights one per model, or empty for equal ones
 * @param reference one of the models; the first if empty
 * @param network name of the zoo or file; empty if a model file says it itself
 * @param classes number of logits, where neither network nor data say
 * @param sets {@code key=value} of the configuration
 * @param mapping from tensor names of the files to the network's
 * @param data name of a dataset, folder of prepared shards, or safetensors file of images
 * @param method name of a merge operator
 * @param parents what happens to the models before they are merged
 * @param scoreImages images that loss and accuracy are measured on; 0 for all
 * @param linePoints points on the lines between parents, ends included; 0 for no lines
 * @param margin in fractions of right answers, what the merge may be worse by
 * @param out folder
 * @param refusal what becomes of a merge that is refused, and of an earlier one's files
 */
public record MergeRequest(
    List<Path> models,
    List<Double> weights,
    Optional<Path> reference,
    Optional<String> network,
    Optional<Integer> classes,
    List<String> sets,
    Optional<Path> mapping,
    String data,
    String method,
    Parents parents,
    int scoreImages,
    int linePoints,
    double margin,
    String out,
    Refusal refusal) {
  /** Batch norm of the models before they are merged. */
  public enum Parents {
    AS_THEY_ARE,
    RECALIBRATED
  }

  /** Whether a verdict can keep the model from being written. */
  public enum Refusal {
    OBEYED,
    OVERRIDDEN
  }

  public MergeRequest {
    models = List.copyOf(models);
    weights = List.copyOf(weights);
    sets = List.copyOf(sets);
  }
}
