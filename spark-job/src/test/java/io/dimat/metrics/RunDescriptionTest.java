package io.dimat.metrics;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.StringReader;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

class RunDescriptionTest {
  @Test
  void write_fullDescription_readsBackEqual() throws IOException {
    RunDescription run =
        new RunDescription(
            "dimat",
            new RunDescription.Data(
                "Fashion-MNIST", List.of("a", "b"), List.of(List.of(1L, 2L), List.of(3L, 0L))),
            new RunDescription.Network("cnn", 12345),
            new RunDescription.Topology(
                "chain",
                2,
                List.of(new RunDescription.Edge(0, 1)),
                List.of(List.of(0.5, 0.5), List.of(0.5, 0.5)),
                1),
            42,
            "nd4j-cpu avx2, 1 thread",
            8,
            "own",
            "recalibrate",
            List.of("a note"),
            "seed = 42\n",
            new RunDescription.Outcome("done", 12.5));
    StringWriter out = new StringWriter();

    run.write(out);

    assertThat(RunDescription.read(new StringReader(out.toString()))).isEqualTo(run);
  }

  @Test
  void read_almostNothing_isEmptyNotNull() throws IOException {
    RunDescription run =
        RunDescription.read(new StringReader("{\"algorithm\":\"none\",\"later\":1}"));

    assertThat(run.algorithm()).isEqualTo("none");
    assertThat(run.notes()).isEmpty();
    assertThat(run.topology().edges()).isEmpty();
    assertThat(run.outcome()).isEqualTo(RunDescription.Outcome.UNKNOWN);
  }

  @Test
  void topology_edgeBeyondTheAgents_isRefused() {
    assertThatThrownBy(
            () ->
                new RunDescription.Topology(
                    "chain", 2, List.of(new RunDescription.Edge(0, 2)), List.of(), 0))
        .hasMessageContaining("2 agents");
  }
}
