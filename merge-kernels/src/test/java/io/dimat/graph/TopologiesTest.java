package io.dimat.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.testing.RoundTrip;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TopologiesTest {
  private static final TopologyOptions OPTIONS = TopologyOptions.seeded(7);
  private static final Map<String, Integer> FIXED =
      Map.of("petersen", 10, "dyck", 32, "davis", 32, "florentine", 15);

  private static TopologyOptions options(String name) {
    return name.equals("edges") ? OPTIONS.withEdges(Topology.chain(16).edges()) : OPTIONS;
  }

  private static int agents(String name) {
    return FIXED.getOrDefault(name, 16);
  }

  private static MixingSchedule mixing(String name) {
    String mixing = Topologies.bringsWeights(name) ? Mixings.OWN : "metropolis-hastings";
    return Mixings.named(mixing, name, agents(name), options(name));
  }

  @Test
  void named_everyName_isReproducibleAndArrivesEqual() {
    for (String name : Topologies.names()) {
      Topology topology = Topologies.named(name, agents(name), options(name));
      assertThat(topology.name()).isEqualTo(name);
      assertThat(topology.agents()).isEqualTo(agents(name));
      assertThat(Topologies.named(name, agents(name), options(name))).isEqualTo(topology);
      assertThat(RoundTrip.of(topology)).isEqualTo(topology);
    }
  }

  @Test
  void mixing_everyTopology_arrivesAsTheSameFunctionOfTheStep() {
    for (String name : Topologies.names()) {
      MixingSchedule schedule = mixing(name);
      MixingSchedule arrived = RoundTrip.of(schedule);
      assertThat(arrived.period()).as(name).isEqualTo(schedule.period());
      for (long step : new long[] {5, 0, 3, 1_000_000_007L}) {
        assertThat(arrived.at(step)).as(name).isEqualTo(schedule.at(step));
        assertThat(arrived.at(step).topology()).as(name).isEqualTo(schedule.topology());
      }
    }
  }

  @Test
  void mixing_everyTopology_isDoublyStochasticAtEveryStep() {
    for (String name : Topologies.names()) {
      MixingSchedule schedule = mixing(name);
      for (long step = 0; step < 30; step++) {
        assertThat(schedule.at(step).stochasticity()).as(name).isEqualTo(Stochasticity.DOUBLY);
      }
    }
  }

  @Test
  void mixing_everyRule_worksOnARingAndArrivesTheSame() {
    List<List<Double>> matrix = List.of(List.of(0.5, 0.5), List.of(0.5, 0.5));
    for (String name : Mixings.names()) {
      if (!name.equals(Mixings.OWN)) {
        boolean given = name.equals(Mixings.MATRIX);
        MixingSchedule schedule =
            Mixings.named(
                name,
                given ? "chain" : "ring",
                given ? 2 : 8,
                given ? OPTIONS.withMatrix(matrix) : OPTIONS);
        assertThat(RoundTrip.of(schedule).at(9)).as(name).isEqualTo(schedule.at(9));
        assertThat(schedule.at(9).stochasticity()).as(name).isEqualTo(Stochasticity.DOUBLY);
      }
    }
  }

  @Test
  void mixing_anotherSeed_drawsAnotherSequence() {
    for (String name : List.of("matcha", "random-edge", "random-matching")) {
      assertThat(drawn(Mixings.named(name, "ring", 8, OPTIONS)))
          .isEqualTo(drawn(Mixings.named(name, "ring", 8, OPTIONS)))
          .isNotEqualTo(drawn(Mixings.named(name, "ring", 8, TopologyOptions.seeded(8))));
    }
  }

  private static List<MixingMatrix> drawn(MixingSchedule schedule) {
    assertThat(schedule.period()).isZero();
    return List.of(schedule.at(0), schedule.at(1), schedule.at(2), schedule.at(3));
  }

  @Test
  void named_unknown_listsTheKnown() {
    assertThatThrownBy(() -> Topologies.named("tree", 4, OPTIONS))
        .hasMessage("topology must be one of " + Topologies.names() + ", got tree");
    assertThatThrownBy(() -> Mixings.named("mean", "ring", 4, OPTIONS))
        .hasMessage("mixing must be one of " + Mixings.names() + ", got mean");
  }

  @Test
  void named_ringWithEdges_isRefused() {
    TopologyOptions edges = OPTIONS.withEdges(List.of(new Edge(0, 2)));
    assertThatThrownBy(() -> Topologies.named("ring", 4, edges))
        .hasMessage("topology ring has its own edges, got [0-2]: name it edges");
  }

  @Test
  void mixing_topologyWithWeights_goesWithOwnOnly() {
    assertThatThrownBy(() -> Mixings.named("lazy", "base", 4, OPTIONS))
        .hasMessage(
            "topology base brings its own weights, got mixing.name = lazy: set mixing.name = own");
    assertThatThrownBy(() -> Mixings.named("own", "ring", 4, OPTIONS))
        .hasMessage(
            "topology ring brings no weights, got mixing.name = own: set mixing.name ="
                + " metropolis-hastings");
  }

  @Test
  void options_probabilityAboveOne_isRefused() {
    assertThatThrownBy(() -> new TopologyOptions(0, List.of(), 1.5, 1, 1, 1, List.of()))
        .hasMessage("topology.probability must be from 0 to 1, got 1.5");
  }
}
