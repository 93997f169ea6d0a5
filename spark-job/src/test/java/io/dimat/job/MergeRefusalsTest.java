package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.cli.ExitCode;
import io.dimat.interchange.RawTensors;
import io.dimat.learn.RandomParams;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What a user can correct about a merge: one line, exit code 2, nothing written. */
class MergeRefusalsTest {
  @TempDir Path folder;

  @BeforeEach
  void writeModels() throws IOException {
    MergeFiles.write(folder.resolve("a.safetensors"), RandomParams.of(MergeFiles.MLP, 1));
    MergeFiles.write(folder.resolve("b.safetensors"), RandomParams.of(MergeFiles.MLP, 2));
    MergeFiles.write(folder.resolve("cnn.safetensors"), RandomParams.of(MergeFiles.CNN, 2));
    MergeFiles.writeImages(folder.resolve("images.safetensors"), 5, MergeFiles.Labels.RIGHT);
    Files.createDirectories(folder.resolve("dir.safetensors"));
    Files.createDirectories(folder.resolve("empty"));
  }

  /** DIR in options is the folder of the test. */
  private CommandRun merge(String options) {
    return mergeTo("DIR/out", options);
  }

  private CommandRun mergeTo(String out, String options) {
    return CommandRun.of(
        Arrays.stream(("merge --out=" + out + " " + options).split(" "))
            .map(option -> option.replace("DIR", folder.toString()))
            .toArray(String[]::new));
  }

  private void assertRefused(CommandRun run, String problem) {
    assertThat(run.err().lines())
        .singleElement()
        .asString()
        .startsWith("dimat: ")
        .contains(problem.replace("DIR", folder.toString()));
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(folder.resolve("out")).doesNotExist();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--weight=0.6 --weight=0.6 | --weight must be finite, not negative, and sum to 1, got [0.6, 0.6], which sum to 1.2",
        "--weight=1.5 --weight=-0.5 | --weight must be finite, not negative, and sum to 1, got [1.5, -0.5]",
        "--weight=NaN --weight=1 | --weight must be finite, not negative, and sum to 1, got [NaN, 1.0]",
        "--weight=1 | give --weight once for each --model or not at all, got 1 weights for 2 models",
        "--reference=DIR/c.safetensors | --reference must be one of the files given by --model, got DIR/c.safetensors",
        "--margin=-0.1 | --margin must be from 0 to 1, got -0.1",
        "--margin=NaN | --margin must be from 0 to 1, got NaN",
        "--line-points=2 | --line-points must be 0 or at least 3, got 2",
        "--score-images=-1 | --score-images must be 0 for all or more, got -1",
        "--probe-images=1 | merge.probe-images",
        "--method=magic | merge method must be one of",
        "--method=weight-averaging --set=merge.score=cosine | merge.score is not read by",
        "--batch-norm=recalbrate | recalibrate",
        "--batch-norm=neighborhood | merge.batch-norm = neighborhood needs agents that hold images of their own, got model files: use merge.batch-norm = recalibrate",
        "--set=merge.scor=cosine | merge.scor",
        "--set=rounds=3 | rounds is not read here",
        "--set=network.widht=2 | widht",
        "--set=network.width=0 | width",
        "--classes=1 | classes",
        "--classes=7 | must have shape [7, 128], got [10, 128]",
        "--mapping=DIR/none.conf | none.conf",
        "--model=DIR/none.safetensors | DIR/none.safetensors: there is no such file",
        "--model=DIR/dir.safetensors | DIR/dir.safetensors: there is no such file",
        "--model=DIR/a.pt | DIR/a.pt: a model file ends in .",
        "--model=DIR | a model file ends in .",
        "--model=DIR/cnn.safetensors | DIR/cnn.safetensors: the network needs",
        "--model=DIR/images.safetensors | DIR/images.safetensors: the network needs",
      })
  void merge_impossibleRequest_saysRuleValueAndFix(String options, String problem) {
    String models = "--model=DIR/a.safetensors --model=DIR/b.safetensors --network=mlp ";

    assertRefused(merge(models + "--data=fashion-mnist-sample " + options), problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "fashion-mnist-sampel | --data must be one of cifar10, cifar100, fashion-mnist,",
        "mnist | dataset mnist needs a path to the folder of its files, got none",
        "DIR/empty | DIR/empty",
        "DIR/none | DIR/none",
        "DIR/none.safetensors | DIR/none.safetensors: there is no such file",
        "DIR/dir.safetensors | DIR/dir.safetensors: there is no such file",
        "DIR/a.safetensors | a file of images holds the tensors images and, optionally, labels, got",
      })
  void merge_dataThatIsNone_saysWhatItMayBe(String data, String problem) {
    assertRefused(merge("--model=DIR/a.safetensors --network=mlp --data=" + data), problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--network=mpl | network must be one of",
        "--network=DIR/none.conf | none.conf",
        "--network=resnet20 | DIR/a.safetensors: the network needs",
        "--set=seed=3 | DIR/a.safetensors: a safetensors file does not say its layers; give --network",
        "--set=network.width=2 | --set network.KEY needs --network",
      })
  void merge_networkThatIsNone_saysWhatItMayBe(String options, String problem) {
    assertRefused(
        merge("--model=DIR/a.safetensors --data=fashion-mnist-sample " + options), problem);
  }

  @Test
  void merge_imagesOfAnotherShape_areRefused() throws IOException {
    new RawTensors()
        .floats("images", "[1,1,2,2]", 1, 2, 3, 4)
        .write(folder.resolve("small.safetensors"));
    CommandRun run = merge("--model=DIR/a.safetensors --network=mlp --data=DIR/small.safetensors");

    assertRefused(run, "fc1.weight must have shape [128, 4], got [128, 784]");
  }

  @Test
  void merge_imagesWithoutAnAxisOrValues_areRefused() throws IOException {
    Path file = folder.resolve("odd.safetensors");
    String merge = "--model=DIR/a.safetensors --network=mlp --data=DIR/odd.safetensors";
    for (String shape : List.of("[0,1,28,28]", "[1,1,0,28]", "[0,1,4294967296,1]", "[0]")) {
      new RawTensors().floats("images", shape).write(file);
      assertRefused(merge(merge), file + ": images must have shape [n, c, h, w], each at least 1");
    }
    new RawTensors()
        .floats("images", "[1,1,28,28]", new float[784])
        .longs("labels", "[1]", 10)
        .write(file);
    assertRefused(merge(merge), file + ": labels must be from 0 to 9, label 0 is 10");
  }

  @Test
  void merge_hostileModel_isRefusedByName() throws IOException {
    Path bad = folder.resolve("bad.safetensors");
    String merge = "--network=mlp --data=fashion-mnist-sample --model=" + bad;

    byte[] whole = Files.readAllBytes(folder.resolve("a.safetensors"));
    Files.write(bad, Arrays.copyOf(whole, whole.length / 2));
    assertRefused(merge(merge), bad + ": the file must hold ");
    Files.write(bad, new byte[] {-1, -1, -1, -1, -1, -1, -1, 127});
    assertRefused(merge(merge), bad + ": ");
    Files.write(bad, new byte[0]);
    assertRefused(merge(merge), bad + ": ");
    whole[whole.length - 1] = 127;
    whole[whole.length - 2] = -1;
    Files.write(bad, whole);
    assertRefused(merge(merge), bad + ": classifier.bias must be finite");
  }

  @Test
  void merge_outIsOrLiesInAFile_isRefusedBeforeAnyWork() throws IOException {
    Path file = folder.resolve("a.safetensors");
    byte[] before = Files.readAllBytes(file);

    for (String out : List.of("DIR/a.safetensors", "DIR/a.safetensors/deep/out")) {
      CommandRun run =
          mergeTo(
              out, "--force --model=DIR/b.safetensors --network=mlp --data=DIR/images.safetensors");
      assertRefused(run, "--out must be a folder, %s is a file: choose another".formatted(file));
      assertThat(run.out()).isEmpty();
    }
    assertThat(file).hasBinaryContent(before);
  }
}
