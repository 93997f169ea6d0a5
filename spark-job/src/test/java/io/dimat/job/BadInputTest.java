package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.cli.ExitCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a user can correct: rule, value and fix on the error stream, exit code 2, nothing left. */
class BadInputTest {
  private static final int TRAIN = 120;
  private static final int TEST = 20;

  @TempDir Path folder;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "agnts=3 | agnts is not a key; did you mean agents?",
        "agents=2 | ring needs at least 3 agents, got 2; take topology.name = chain or more agents",
        "mixing.name=matrix mixing.matrix=[[0.5,0.5,0.5],[0.2,0.4,0.4],[0.3,0.3,0.4]]"
            + " | must sum to 1 within 1.0E-12, got 1.5 for row 0 and 1.2 for column 1: divide",
        "mixing.name=matrix mixing.matrix=[[0.6,0.3,0.2],[0.2,0.4,0.4],[0.2,0.3,0.4]]"
            + " | merging needs mixing rows that sum to 1, got a column-stochastic matrix: use",
        "mixing.name=matrix mixing.matrix=[[0.6,0.4,0],[0.4,0.2,0.4],[0.1,0.4,0.5]]"
            + " | models both ways, got w[2][0] = 0.1 and w[0][2] = 0: give both a weight",
        "mixing.name=matrix mixing.matrix=[[0,0.5,0.5],[0.5,0,0.5],[0.5,0.5,0]]"
            + " | keeps a part of its own model, got w[0][0] = 0: give it a weight",
        "agents=10 topology.name=torus"
            + " | torus needs rows x columns agents, both at least 3, got 10: take 9",
        "agents=6 topology.name=base"
            + " | brings its own weights, got mixing.name = metropolis-hastings: set mixing.name = own",
        "agents=6 topology.name=star mixing.name=best-constant"
            + " | leaves an agent of 5 neighbours the negative weight -0.429 on star of 6 agents",
        "merge.reference=agent-0 agents=4"
            + " | every agent to be a neighbour of agent 0, got w[2][0] = 0 on ring of 4 agents",
        "merge.batch-norm=neighborhood merge.reference=agent-0 agents=3"
            + " | need every agent's own basis, got merge.reference = agent-0: use merge.reference = self",
        "merge.probe=neighborhood algorithm=wm"
            + " | of one other model at a time, got weight matching: use algorithm = dimat with merge.folding = joint, or merge.probe = own",
        "merge.batch-norm=neighborhood network.name=mlp"
            + " | needs a network with batch norm, mlp has none: use merge.batch-norm = recalibrate",
        "data.partitioner=class-shards agents=12 data.limit=0"
            + " | at most the classes or a multiple of them, got 12 agents for 10 classes; take 10",
        "data.partitioner=classes-per-agent data.classes-per-agent=11"
            + " | gives every agent 11 different classes, there are 10; take 10 or fewer",
        "data.partitioner=class-shards data.min-images=99 agents=3 data.limit=300"
            + " | every agent needs at least 99 images, agent 1 of 3 gets 90 from class-shards; take",
        "data.feature-skew=contrast data.feature-skew-strength=1"
            + " | feature skew contrast needs a lost share in (0, 1), got 1.0",
        "data.partitioner=dirichlet data.alpha=0.001 agents=12"
            + " | gave some of 12 agents fewer than 1 images in each of 1000 draws (the mean is 10); raise",
      })
  void train_impossibleRequest_saysRuleValueAndFixAndLeavesNothing(String settings, String line) {
    Path out = folder.resolve("runs/bad");

    CommandRun run = CommandRun.small("train", out, settings.split(" "));

    assertThat(run.err()).contains(line).doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(folder).isEmptyDirectory();
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "prepare"})
  void run_noDataThere_saysWhichFileAndLeavesNothing(String command) {
    CommandRun run = onFiles(command, folder.resolve("missing"));

    assertThat(run.err()).contains("mnist needs the file train-images-idx3-ubyte");
    assertRefused(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "prepare"})
  void run_truncatedDataFile_saysWhichFileAndLeavesNothing(String command) throws IOException {
    Path data = dataset();
    Path images = data.resolve("train-images-idx3-ubyte");
    Files.write(images, Arrays.copyOf(Files.readAllBytes(images), 5000));

    CommandRun run = onFiles(command, data);

    assertThat(run.err())
        .contains("train-images-idx3-ubyte must have 94096 bytes by its header, it has 5000")
        .contains("copy it again");
    assertRefused(run);
  }

  @Test
  void train_foreignDataFile_saysWhatItIsNot() throws IOException {
    Path data = dataset();
    Files.writeString(data.resolve("t10k-labels-idx1-ubyte"), "<html>moved permanently</html>");

    CommandRun run = onFiles("train", data);

    assertThat(run.err()).contains("t10k-labels-idx1-ubyte starts with 0x3c68746d");
    assertRefused(run);
  }

  @ParameterizedTest
  @ValueSource(strings = {"train", "prepare"})
  void run_badLabelFoundByATaskAfterTheFirstShards_leavesNothing(String command)
      throws IOException {
    Path data = dataset();
    Path labels = data.resolve("t10k-labels-idx1-ubyte");
    byte[] bytes = Files.readAllBytes(labels);
    bytes[bytes.length - 1] = 77;
    Files.write(labels, bytes);

    CommandRun run = onFiles(command, data);

    assertThat(run.err())
        .contains("labels are below 10, record 19 of")
        .contains("has 77; the file is not of this dataset");
    assertRefused(run);
  }

  @Test
  void train_dataOfThatLayout_works() throws IOException {
    CommandRun run = onFiles("train", dataset());

    assertThat(run.err()).isEmpty();
    assertThat(run.code()).isEqualTo(ExitCode.DONE);
  }

  private CommandRun onFiles(String command, Path data) {
    return CommandRun.small(
        command,
        folder.resolve("runs/bad"),
        "data.source=mnist",
        "data.path=" + data,
        "network.name=mlp",
        "rounds=1");
  }

  private void assertRefused(CommandRun run) {
    assertThat(run.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(run.err()).doesNotContain("Exception").doesNotContain("\tat ");
    assertThat(folder.resolve("runs")).doesNotExist();
  }

  private Path dataset() throws IOException {
    Path data = Files.createDirectories(folder.resolve("data"));
    write(data, "train", TRAIN);
    write(data, "t10k", TEST);
    return data;
  }

  private static void write(Path data, String prefix, int images) throws IOException {
    ByteBuffer pixels = ByteBuffer.allocate(16 + images * 784);
    pixels.putInt(0x803).putInt(images).putInt(28).putInt(28);
    ByteBuffer labels = ByteBuffer.allocate(8 + images).putInt(0x801).putInt(images);
    for (int i = 0; i < images; i++) {
      labels.put((byte) (i % 10));
      for (int p = 0; p < 784; p++) {
        pixels.put((byte) (i * 31 + p));
      }
    }
    Files.write(data.resolve(prefix + "-images-idx3-ubyte"), pixels.array());
    Files.write(data.resolve(prefix + "-labels-idx1-ubyte"), labels.array());
  }
}
