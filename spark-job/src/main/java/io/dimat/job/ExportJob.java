package io.dimat.job;

import io.dimat.cli.ExportRequest;
import io.dimat.store.RunFolder;
import java.io.PrintStream;
import java.util.List;

/** Writes models of a run as model files. Starts no Spark. */
final class ExportJob {
  private ExportJob() {}

  /**
   * Checks the whole request, then writes one model after the other.
   *
   * @throws IllegalArgumentException if anything that was asked for is not there, or a file is in
   *     the way; nothing is written then
   */
  static void run(ExportRequest request, PrintStream out) {
    List<ModelFormat> formats = request.formats().stream().map(ModelFormat::named).toList();
    CommittedModels models = CommittedModels.of(RunFolder.onDefaultStorage(request.run()));
    int round =
        request.round().isPresent()
            ? models.requireCommitted(request.round().getAsInt())
            : models.lastRound();
    request.models().forEach(name -> models.find(round, name));
    ModelFiles files =
        ModelFiles.plan(request.models(), formats, request.out(), request.existing());
    request.models().forEach(name -> files.write(models.read(round, name), out));
  }
}
