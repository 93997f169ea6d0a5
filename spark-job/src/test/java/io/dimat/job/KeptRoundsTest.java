package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.cli.ExitCode;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class KeptRoundsTest {
  @TempDir Path folder;

  private CommandRun train(int rounds) {
    return CommandRun.small(
        "train", run(), "network.name=mlp", "rounds=" + rounds, "run.keep-rounds=1");
  }

  private Path run() {
    return folder.resolve("run");
  }

  private List<String> states(int round) throws IOException {
    return RunFiles.below(run().resolve("rounds/" + round)).stream()
        .filter(name -> name.endsWith(".state"))
        .toList();
  }

  private CommandRun export(String... options) {
    List<String> arguments = new ArrayList<>(List.of("export", run().toString()));
    arguments.addAll(List.of(options));
    arguments.addAll(List.of("--format=safetensors", "--out", folder.resolve("m").toString()));
    return CommandRun.of(arguments.toArray(String[]::new));
  }

  @Test
  void train_keepOneRound_olderAgentsAreGoneAndTheRunGoesOn() throws IOException {
    assertThat(train(1).code()).isEqualTo(ExitCode.DONE);
    assertThat(states(0)).singleElement().asString().startsWith("consensus/");
    assertThat(states(1)).hasSize(2 * 3 + 1);

    CommandRun more = train(2);

    assertThat(more.code()).isEqualTo(ExitCode.DONE);
    assertThat(more.out()).contains("resumed after round 1");
    assertThat(states(1)).singleElement().asString().startsWith("consensus/");
    assertThat(states(2)).hasSize(2 * 3 + 1);
    assertThat(RunFiles.below(run().resolve("rounds/0"))).contains("start/manifest.json");

    CommandRun gone = export("--round=1", "--model=agent-0");
    assertThat(gone.code()).isEqualTo(ExitCode.BAD_INPUT);
    assertThat(gone.err())
        .contains("the agents' models of round 1 in " + run() + " are deleted")
        .contains("run.keep-rounds = 1: take the consensus model, or a --round from 2 to 2");
    assertThat(export("--round=1", "--model=consensus").code()).isEqualTo(ExitCode.DONE);
    assertThat(export("--round=2", "--model=agent-0", "--force").code()).isEqualTo(ExitCode.DONE);
  }
}
