package io.dimat.cli;

import io.dimat.merge.Operators;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Merges model files. Picocli sets the fields. */
final class MergeCommand implements Callable<Integer> {
  private static final String INTERRUPTED =
      "interrupted; a merge does not go on from there, start it again";

  @Option(
      names = "--model",
      paramLabel = "FILE",
      required = true,
      description = "Model file, .safetensors or DL4J .zip; repeat it for every model.")
  private List<Path> models = new ArrayList<>();

  @Option(
      names = "--weight",
      paramLabel = "W",
      description = "Share of a model, in the order of --model; they sum to 1. Default: equal.")
  private List<Double> weights = new ArrayList<>();

  @Option(
      names = "--reference",
      paramLabel = "FILE",
      description = "The model whose order of units the result has; default: the first.")
  private Optional<Path> reference = Optional.empty();

  @Option(
      names = "--network",
      paramLabel = "NAME|FILE",
      completionCandidates = InspectCommand.ZooNames.class,
      description =
          "Network of the zoo: ${COMPLETION-CANDIDATES}; or a .conf or .json file that describes one"
              + " layer by layer. A zip says it itself.")
  private Optional<String> network = Optional.empty();

  @Option(
      names = "--classes",
      paramLabel = "N",
      description = "Number of classes, where neither data nor model files say.")
  private Optional<Integer> classes = Optional.empty();

  @Option(
      names = "--mapping",
      paramLabel = "FILE",
      description = "Maps tensor names of the files, for example { \"module.\" = \"\" }.")
  private Optional<Path> mapping = Optional.empty();

  @Option(
      names = "--data",
      paramLabel = "DATA",
      required = true,
      description =
          "Images to match and judge on: a dataset by name (with --set data.path=DIR), a folder of"
              + " prepared shards, or a .safetensors file with images [n, c, h, w], used as they"
              + " are, and labels [n].")
  private String data;

  @Option(
      names = "--method",
      paramLabel = "NAME",
      defaultValue = Operators.ACTIVATION_MATCHING,
      completionCandidates = Methods.class,
      description = "One of ${COMPLETION-CANDIDATES}; default: ${DEFAULT-VALUE}.")
  private String method;

  @Option(
      names = "--probe-images",
      paramLabel = "N",
      defaultValue = "512",
      description =
          "Images to match on and to re-estimate batch norm on; default: ${DEFAULT-VALUE}.")
  private int probeImages;

  @Option(
      names = "--score-images",
      paramLabel = "N",
      defaultValue = "2000",
      description =
          "Images that loss and accuracy are measured on, 0 for all; default: ${DEFAULT-VALUE}.")
  private int scoreImages;

  @Option(
      names = "--batch-norm",
      paramLabel = "POLICY",
      description = "recalibrate, average or keep; key merge.batch-norm.")
  private Optional<String> batchNorm = Optional.empty();

  @Option(
      names = "--recalibrate-parents",
      description = "Re-estimate the models' own batch norm on the probe before they are merged.")
  private boolean recalibrateParents;

  @Option(
      names = "--line-points",
      paramLabel = "N",
      defaultValue = "9",
      description =
          "Points of the loss along the line from the reference to each model, 0 for none;"
              + " default: ${DEFAULT-VALUE}.")
  private int linePoints;

  @Option(
      names = "--margin",
      paramLabel = "X",
      defaultValue = "0.05",
      description =
          "How much less accurate than averaging, or than every model, the merge may be before it"
              + " is refused; default: ${DEFAULT-VALUE}.")
  private double margin;

  @Option(
      names = "--set",
      paramLabel = "KEY=VALUE",
      description =
          "Sets a key of network, merge, data.path or seed, such as network.width=2; repeatable.")
  private List<String> sets = new ArrayList<>();

  @Option(names = "--out", paramLabel = "DIR", required = true, description = "Output folder.")
  private String out;

  @Option(
      names = "--force",
      description = "Write the model even if it is refused, and replace an earlier merge in --out.")
  private boolean force;

  @Mixin private SparkArguments spark = new SparkArguments();

  private final Surroundings around;
  private final Commands commands;

  MergeCommand(Surroundings around, Commands commands) {
    this.around = around;
    this.commands = commands;
  }

  /** Names of the merge operators, for the help text. */
  static final class Methods implements Iterable<String> {
    @Override
    public Iterator<String> iterator() {
      return Operators.names().iterator();
    }
  }

  @Override
  public Integer call() throws Exception {
    MergeRequest request = request();
    return Interruptible.run(
        around, INTERRUPTED, () -> commands.merge(request, spark.options(around)));
  }

  private MergeRequest request() {
    List<String> all = new ArrayList<>();
    all.add("merge.probe-images=" + probeImages);
    batchNorm.ifPresent(policy -> all.add("merge.batch-norm=" + policy));
    all.addAll(sets);
    return new MergeRequest(
        models,
        weights,
        reference,
        network,
        classes,
        all,
        mapping,
        data,
        method,
        recalibrateParents ? MergeRequest.Parents.RECALIBRATED : MergeRequest.Parents.AS_THEY_ARE,
        scoreImages,
        linePoints,
        margin,
        out,
        force ? MergeRequest.Refusal.OVERRIDDEN : MergeRequest.Refusal.OBEYED);
  }
}
