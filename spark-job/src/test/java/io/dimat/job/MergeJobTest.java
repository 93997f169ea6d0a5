package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import io.dimat.align.Alignment;
import io.dimat.align.PermutationGroup;
import io.dimat.align.PermutationSpec;
import io.dimat.cli.ExitCode;
import io.dimat.dl4j.ModelZip;
import io.dimat.merge.Operators;
import io.dimat.tensor.ParamVector;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Merges of model files, from the command line to the files they leave. */
class MergeJobTest {
  private static final List<String> WRITTEN =
      List.of(
          "merge.json",
          "merged-raw.safetensors",
          "merged.safetensors",
          "merged.zip",
          "permutations.json",
          "report.html");
  private static final double LOGIT_ROUNDING = 1e-3;
  private static final double ROUNDING = 1e-6;

  @TempDir static Path models;
  private static ParamVector cnn;
  private static ParamVector mlp;
  private static Path a;
  private static Path b;
  private static Path c;
  private static Path flat;
  private static Path flatToo;

  @TempDir Path folder;

  @BeforeAll
  static void trainOnce() throws IOException {
    cnn = MergeFiles.trained(MergeFiles.CNN, 1);
    a = MergeFiles.write(models.resolve("a.safetensors"), cnn);
    b = write("b", MergeFiles.permuted(MergeFiles.CNN, cnn, 1));
    c = write("c", MergeFiles.permuted(MergeFiles.CNN, cnn, 2));
    mlp = MergeFiles.trained(MergeFiles.MLP, 2);
    flat = write("flat", mlp);
    flatToo = write("flat-too", MergeFiles.permuted(MergeFiles.MLP, mlp, 3));
  }

  private static Path write(String name, ParamVector model) throws IOException {
    return MergeFiles.write(models.resolve(name + ".safetensors"), model);
  }

  /** A merge with few images, into {@code out}. */
  private CommandRun merge(List<Path> files, String... options) {
    List<String> arguments = new ArrayList<>(List.of("merge", "--out=" + out()));
    arguments.addAll(MergeFiles.models(files.toArray(Path[]::new)));
    arguments.addAll(List.of(options));
    Stream.of(
            "--data=fashion-mnist-sample",
            "--network=cnn",
            "--score-images=200",
            "--probe-images=128",
            "--line-points=3")
        .filter(option -> arguments.stream().noneMatch(a -> name(a).equals(name(option))))
        .toList()
        .forEach(arguments::add);
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  private static String name(String option) {
    return option.replaceFirst("=.*", "");
  }

  private Path out() {
    return folder.resolve("out");
  }

  private JsonNode json(String file) throws IOException {
    return new ObjectMapper().readTree(out().resolve(file).toFile());
  }

  private static void assertDone(CommandRun run) {
    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
  }

  private String grade() throws IOException {
    return json("merge.json").at("/verdict/grade").asText();
  }

  private void assertMergedIs(ParamVector model) throws IOException {
    ParamVector merged = MergeFiles.read(out().resolve("merged.safetensors"), MergeFiles.CNN);
    assertClose(
        MergeFiles.logits(MergeFiles.CNN, merged),
        MergeFiles.logits(MergeFiles.CNN, model),
        LOGIT_ROUNDING);
  }

  private static void assertClose(float[] actual, float[] expected, double tolerance) {
    assertThat(actual).hasSameSizeAs(expected);
    double furthest =
        IntStream.range(0, expected.length)
            .mapToDouble(i -> Math.abs(actual[i] - expected[i]))
            .max()
            .orElseThrow();
    assertThat(furthest).isLessThanOrEqualTo(tolerance);
  }

  @Test
  void merge_permutedCopy_isTheReferenceAgainAndGood() throws IOException {
    CommandRun run = merge(List.of(a, b), "--batch-norm=average");

    assertDone(run);
    assertThat(grade()).isEqualTo("good");
    assertThat(RunFiles.below(out())).containsExactlyElementsOf(WRITTEN);
    assertMergedIs(cnn);
    assertPermutations(0, MergeFiles.permutation(MergeFiles.CNN, 1).inverse());
    ParamVector zipped =
        ModelZip.read(out().resolve("merged.zip"), MergeFiles.CNN.inputShape()).params();
    assertThat(zipped.toArray())
        .isEqualTo(MergeFiles.read(out().resolve("merged.safetensors"), MergeFiles.CNN).toArray());
    WRITTEN.forEach(file -> assertThat(run.out()).contains(out().resolve(file).toString()));
  }

  private void assertPermutations(int entry, Alignment expected) throws IOException {
    JsonNode groups = json("permutations.json").at("/models/" + entry + "/groups");
    for (PermutationGroup group : PermutationSpec.of(MergeFiles.CNN).groups()) {
      JsonNode row = groups.get(group.index());
      assertThat(row.get("group").asText()).isEqualTo(group.name());
      assertThat(row.get("units").asInt()).isEqualTo(group.size());
      List<Integer> from = new ArrayList<>();
      row.get("permutation").forEach(unit -> from.add(unit.asInt()));
      assertThat(from)
          .containsExactlyElementsOf(
              Arrays.stream(expected.get(group.index()).toArray()).boxed().toList());
    }
  }

  @Test
  void merge_threeWithWeightsAndAnotherReference_isThatReference() throws IOException {
    Path spelledOtherwise = c.resolveSibling("../" + models.getFileName() + "/./c.safetensors");

    CommandRun run =
        merge(
            List.of(a, b, c),
            "--weight=0.5",
            "--weight=0.2",
            "--weight=0.3",
            "--reference=" + spelledOtherwise,
            "--batch-norm=average");

    assertDone(run);
    assertMergedIs(MergeFiles.permuted(MergeFiles.CNN, cnn, 2));
    JsonNode report = json("merge.json");
    assertThat(report.at("/parents/2/reference").asBoolean()).isTrue();
    assertThat(report.at("/parents/1/weight").asDouble()).isEqualTo(0.2);
    assertThat(json("permutations.json").get("reference").asText()).isEqualTo("c");
    assertPermutations(0, MergeFiles.permutation(MergeFiles.CNN, 2));
  }

  @Test
  void merge_unlabelledImages_isUnjudged() throws IOException {
    Path images = folder.resolve("images.safetensors");
    MergeFiles.writeImages(images, 90, MergeFiles.Labels.NONE);

    CommandRun run = merge(List.of(a, b), "--data=" + images);

    assertDone(run);
    assertThat(grade()).isEqualTo("unjudged");
    assertThat(run.out()).contains("the images have no labels");
    assertThat(json("merge.json").at("/parents/0/score").isNull()).isTrue();
    assertThat(RunFiles.below(out())).containsExactlyElementsOf(WRITTEN);
  }

  @Test
  void merge_labelledFile_scoresWhatItDoesNotMatchOn() throws IOException {
    Path images = folder.resolve("images.safetensors");
    MergeFiles.writeImages(images, 200, MergeFiles.Labels.RIGHT);

    assertDone(merge(List.of(a, b), "--data=" + images, "--score-images=2147483647"));
    JsonNode used = json("merge.json").at("/images");
    assertThat(used.get("probe").asInt()).isEqualTo(128);
    assertThat(used.get("scored").asInt()).isEqualTo(72);
    assertThat(used.get("separate").asBoolean()).isTrue();

    assertDone(merge(List.of(a, b), "--data=" + images, "--probe-images=500", "--force"));
    JsonNode all = json("merge.json").at("/images");
    assertThat(all.get("scored").asInt()).isEqualTo(200);
    assertThat(all.get("separate").asBoolean()).isFalse();
  }

  @Test
  void merge_preparedShards_areData() throws IOException {
    Path prepared = folder.resolve("prepared");
    assertDone(CommandRun.small("prepare", prepared));
    Path shards =
        RunFiles.below(prepared).contains("manifest.json")
            ? prepared
            : prepared.resolve(RunShards.FOLDER);

    assertDone(merge(List.of(a, b), "--data=" + shards, "--batch-norm=average"));

    assertThat(json("merge.json").at("/images/probe").asInt()).isEqualTo(120);
    assertMergedIs(cnn);
  }

  @Test
  void merge_oneModel_isThatModelAndSaysSo() throws IOException {
    CommandRun run = merge(List.of(a), "--batch-norm=keep");

    assertDone(run);
    assertThat(run.out()).contains("one model: there is nothing to merge it with");
    ParamVector merged = MergeFiles.read(out().resolve("merged.safetensors"), MergeFiles.CNN);
    assertThat(merged.toArray()).isEqualTo(cnn.toArray());
  }

  static List<String> methods() {
    return List.copyOf(Operators.names());
  }

  @ParameterizedTest
  @MethodSource("methods")
  void merge_everyMethod_runs(String method) throws IOException {
    assertDone(merge(List.of(a, b), "--method=" + method, "--margin=1", "--line-points=0"));

    assertThat(RunFiles.below(out())).containsExactlyElementsOf(WRITTEN);
    assertThat(json("merge.json").get("method").asText())
        .isEqualTo(Operators.create(method, Operators.Options.DEFAULTS).name());
  }

  @Test
  void merge_worseThanEveryParent_isRefusedAndOnlyReported() throws IOException {
    String[] averaging = {"--method=weight-averaging", "--batch-norm=keep", "--margin=0.01"};

    CommandRun run = merge(List.of(a, b), averaging);

    assertThat(run.code()).isEqualTo(ExitCode.MERGE_REFUSED);
    assertThat(run.err().lines()).allMatch(line -> line.startsWith("dimat: "));
    assertThat(run.err())
        .contains("more than 1.0 points below every parent")
        .contains("no model was written, --force writes it");
    assertThat(RunFiles.below(out())).containsExactly("merge.json", "report.html");
    assertThat(grade()).isEqualTo("refused");

    CommandRun forced =
        merge(
            List.of(a, b),
            Stream.concat(Stream.of(averaging), Stream.of("--force")).toArray(String[]::new));
    assertDone(forced);
    assertThat(grade()).isEqualTo("refused");
    assertThat(RunFiles.below(out())).containsExactlyElementsOf(WRITTEN);
  }

  @Test
  void merge_folderInUse_isKeptUnlessForced() throws IOException {
    Files.createDirectories(out());
    Path mine = Files.writeString(out().resolve("mine.txt"), "mine");

    CommandRun run = merge(List.of(a, b));
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err().lines())
        .containsExactly(
            "dimat: %s is not empty: choose another --out, or add --force to replace an earlier merge"
                .formatted(out()));
    assertThat(RunFiles.below(out())).containsExactly("mine.txt");

    assertDone(merge(List.of(a, b), "--force"));
    assertThat(mine).hasContent("mine");
    assertThat(RunFiles.below(out())).containsAll(WRITTEN).hasSize(WRITTEN.size() + 1);
  }

  @Test
  void merge_networkWithoutBatchNorm_isRepairedUnlessToldNotTo() throws IOException {
    assertDone(merge(List.of(flat, flatToo), "--network=mlp"));
    assertThat(setting("correction after the merge")).isEqualTo("repair");
    assertThat(grade()).isEqualTo("good");

    assertDone(
        merge(
            List.of(flat, flatToo),
            "--network=mlp",
            "--method=weight-matching",
            "--force",
            "--set= merge.correction=none"));
    assertThat(setting("correction after the merge")).isEqualTo("none");
    ParamVector merged = MergeFiles.read(out().resolve("merged.safetensors"), MergeFiles.MLP);
    assertClose(merged.toArray(), mlp.toArray(), ROUNDING);
  }

  private String setting(String name) throws IOException {
    for (JsonNode setting : json("merge.json").get("settings")) {
      if (setting.get("name").asText().equals(name)) {
        return setting.get("value").asText();
      }
    }
    return "not there";
  }

  @Test
  void merge_recalibratedParents_areOtherParents() throws IOException {
    assertDone(merge(List.of(a, b), "--recalibrate-parents", "--batch-norm=keep"));

    assertThat(setting("parents")).isEqualTo("recalibrated");
    ParamVector merged = MergeFiles.read(out().resolve("merged.safetensors"), MergeFiles.CNN);
    assertThat(merged.slice("bn1.running_mean")).isNotEqualTo(cnn.slice("bn1.running_mean"));
    assertClose(merged.slice("conv1.weight"), cnn.slice("conv1.weight"), ROUNDING);
  }

  @Test
  void merge_sameInput_sameBytes() throws IOException {
    assertDone(merge(List.of(a, c)));
    byte[] first = Files.readAllBytes(out().resolve("merged.safetensors"));
    assertDone(merge(List.of(a, c), "--force"));

    assertThat(out().resolve("merged.safetensors")).hasBinaryContent(first);
  }

  @Test
  void merge_filesOfOneName_areToldApart() throws IOException {
    Path other = Files.createDirectories(folder.resolve("other")).resolve("a.safetensors");
    Files.copy(b, other);

    assertDone(merge(List.of(a, other)));

    assertThat(json("merge.json").at("/parents/0/name").asText()).isEqualTo("a (1)");
    assertThat(json("merge.json").at("/parents/1/name").asText()).isEqualTo("a (2)");
  }
}
