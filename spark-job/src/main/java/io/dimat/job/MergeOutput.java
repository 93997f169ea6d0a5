package io.dimat.job;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.dimat.align.Alignment;
import io.dimat.align.BasisChange;
import io.dimat.align.PermutationGroup;
import io.dimat.align.PermutationSpec;
import io.dimat.cli.MergeRequest;
import io.dimat.interchange.ModelFile;
import io.dimat.merge.report.MergeReport;
import io.dimat.merge.report.MergeStudy;
import io.dimat.metrics.MergeReportFile;
import io.dimat.report.MergePage;
import io.dimat.store.RunFolder;
import io.dimat.tensor.ParamVector;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.io.Writer;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/** The files of a merge. */
final class MergeOutput {
  private static final String REPORT = "report.html";
  private static final String NUMBERS = "merge.json";
  private static final String PERMUTATIONS = "permutations.json";
  private static final String MERGED = "merged";
  private static final String RAW = "merged-raw";
  private static final ObjectMapper JSON =
      new ObjectMapper().enable(SerializationFeature.INDENT_OUTPUT);

  private final RunFolder folder;

  MergeOutput(RunFolder folder) {
    this.folder = folder;
  }

  /** Refuses what can be no folder, and one that is in use unless its files may be replaced. */
  void requireFree(MergeRequest.Refusal refusal) {
    folder
        .fileInTheWay()
        .ifPresent(
            file -> {
              throw new IllegalArgumentException(
                  "--out must be a folder, %s is a file: choose another --out".formatted(file));
            });
    if (folder.names().isEmpty()) {
      return;
    }
    if (refusal == MergeRequest.Refusal.OBEYED) {
      throw new IllegalArgumentException(
          "%s is not empty: choose another --out, or add --force to replace an earlier merge"
              .formatted(folder.location()));
    }
    if (folder.names().contains(RunRecord.DESCRIPTION)) {
      throw new IllegalArgumentException(
          "%s holds a run, which a merge would write over: choose another --out"
              .formatted(folder.location()));
    }
  }

  /** What writes text somewhere. */
  private interface TextWriter {
    void write(Writer out) throws IOException;
  }

  /** Writes page and numbers; the files' paths. */
  List<String> writeReport(MergeReport report) {
    folder.replaceText(NUMBERS, text(out -> MergeReportFile.write(report, out)));
    folder.replaceText(REPORT, text(out -> MergePage.write(report, out)));
    return List.of(folder.path(REPORT), folder.path(NUMBERS));
  }

  private static String text(TextWriter writer) {
    StringWriter text = new StringWriter();
    try {
      writer.write(text);
    } catch (IOException e) {
      throw new UncheckedIOException("writing to memory", e);
    }
    return text.toString();
  }

  /** Writes the merged model in all formats, and the permutations; the files' paths. */
  List<String> writeModels(MergeModels models, MergeStudy study, MergeReport report) {
    SortedMap<String, String> metadata = metadata(models, report);
    List<String> files = new ArrayList<>();
    files.add(write(MERGED, ModelFormat.SAFETENSORS, models, study.model(), metadata));
    files.add(write(MERGED, ModelFormat.ZIP, models, study.model(), metadata));
    files.add(write(RAW, ModelFormat.SAFETENSORS, models, study.merged().model(), metadata));
    folder.replaceText(
        PERMUTATIONS, text(out -> JSON.writeValue(out, permutations(models, study))));
    files.add(folder.path(PERMUTATIONS));
    return files;
  }

  private String write(
      String name,
      ModelFormat format,
      MergeModels models,
      ParamVector model,
      SortedMap<String, String> metadata) {
    String file = name + "." + format.extension();
    folder.replace(file, out -> format.write(models.network(), model, metadata, out));
    return folder.path(file);
  }

  /** What all parents say alike, the network and the images if they do not, and what was done. */
  private static SortedMap<String, String> metadata(MergeModels models, MergeReport report) {
    SortedMap<String, String> shared = new TreeMap<>(models.files().get(0).metadata());
    models.files().forEach(file -> shared.entrySet().retainAll(file.metadata().entrySet()));
    shared.putIfAbsent(ModelFile.NETWORK, models.network().name());
    shared.put("merge.data", report.images().source());
    shared.put("merge.method", report.method());
    shared.put("merge.models", String.join(", ", models.names().values()));
    shared.put("merge.weights", models.weights().toString());
    shared.put("merge.reference", models.names().get(models.reference()));
    return shared;
  }

  /** {@code permutation[r]} is the unit of the model that takes place r. */
  private static ObjectNode permutations(MergeModels models, MergeStudy study) {
    PermutationSpec spec = PermutationSpec.of(models.network());
    ObjectNode json = JSON.createObjectNode();
    json.put("reference", models.names().get(models.reference()));
    json.put("meaning", "permutation[r] is the model's unit that takes place r of the reference");
    ArrayNode all = json.putArray("models");
    study
        .merged()
        .alignments()
        .forEach((k, change) -> all.add(permutations(models.names().get(k), spec, change)));
    return json;
  }

  private static ObjectNode permutations(String model, PermutationSpec spec, BasisChange change) {
    ObjectNode json = JSON.createObjectNode();
    json.put("model", model);
    if (!(change instanceof Alignment alignment)) {
      return json.put("mixes_units", true);
    }
    ArrayNode groups = json.putArray("groups");
    for (PermutationGroup group : spec.groups()) {
      ObjectNode row = groups.addObject();
      row.put("group", group.name());
      row.put("units", group.size());
      ArrayNode from = row.putArray("permutation");
      for (int unit : alignment.get(group.index()).toArray()) {
        from.add(unit);
      }
    }
    return json;
  }
}
