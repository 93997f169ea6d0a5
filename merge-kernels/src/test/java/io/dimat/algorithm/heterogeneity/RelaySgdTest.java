package io.dimat.algorithm.heterogeneity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import io.dimat.algorithm.Graphs;
import io.dimat.algorithm.Quadratics;
import io.dimat.algorithm.part.InitPolicy;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LocalTraining;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.MethodSource;

class RelaySgdTest {
  private static final Topology BINARY = Graphs.binaryTree(8);

  /** Trees whose relayed payloads are followed: one, or two with half of the values on each. */
  static Stream<RelayTrees> trees() {
    return Stream.of(
        RelayTrees.of(Topology.chain(8)),
        RelayTrees.of(Topology.star(7)),
        RelayTrees.of(Graphs.binaryTree(9)),
        RelayTrees.of(Graphs.randomTree(10, 1)),
        RelayTrees.of(Graphs.randomTree(6, 2)),
        RelayTrees.of(BINARY, Graphs.mirrored(BINARY)),
        RelayTrees.of(Topology.chain(5), Topology.star(5)));
  }

  @ParameterizedTest
  @MethodSource("trees")
  void run_models_isTheMeanOfHalfStepsAsOldAsTheirWay(RelayTrees trees) {
    Quadratics problem = problem(trees.agents());
    List<double[][]> halves = new ArrayList<>();
    for (int t = 0; t < 12; t++) {
      halves.add(halfSteps(problem, models(problem, program(trees, 1, .1, 0), trees, t)));
      ParamVector[] next = models(problem, program(trees, 1, .1, 0), trees, t + 1);
      for (int i = 0; i < trees.agents(); i++) {
        for (int e = 0; e < problem.dimensions(); e++) {
          int[] away = distances(trees, e)[i];
          double sum = 0;
          for (int j = 0; j < away.length; j++) {
            int then = t - Math.max(0, away[j] - 1);
            sum += then < 0 ? halves.get(t)[i][e] : halves.get(then)[j][e];
          }
          assertThat(next[i].at(e)).isCloseTo(sum / away.length, within(1e-14));
        }
      }
    }
  }

  @ParameterizedTest
  @CsvSource({
    "chain, OWN_HALF_STEP, .02", "chain, OWN_HALF_STEP, .05", "chain, COMMON_START, .05",
    "star, OWN_HALF_STEP, .05", "star, COMMON_START, .02", "star, COMMON_START, .05"
  })
  void run_eitherFill_restsAtTheOptimum(String tree, RelayFill fill, double rate) {
    Topology topology = tree.equals("chain") ? Topology.chain(8) : Topology.star(8);
    RelaySgd program =
        new RelaySgd(
            "relay",
            Quadratics.training(rate, (int) (130 / rate)),
            Momentum.NONE,
            fill,
            new RelayMail(RelayTrees.of(topology), 0));

    assertThat(error(Quadratics.same(), program)).isLessThan(1e-12);
    assertThat(error(Quadratics.het(), program)).isLessThan(1e-12);
  }

  @Test
  void run_localNesterovMomentum_restsAtTheOptimum() {
    Momentum nesterov = new Momentum(.9, Momentum.Style.NESTEROV);
    RelayTrees trees = RelayTrees.of(BINARY, Graphs.mirrored(BINARY));
    RelaySgd program =
        new RelaySgd(
            "relay",
            Quadratics.training(.005, 3000),
            nesterov,
            RelayFill.OWN_HALF_STEP,
            new RelayMail(trees, 0));

    assertThat(error(Quadratics.het(), program)).isLessThan(1e-12);
  }

  @Test
  void run_aTenthOfTheMessagesLost_staysNearTheOptimumAndAgainTheSame() {
    RelayTrees chain = RelayTrees.of(Topology.chain(8));
    RelaySgd lossy = program(chain, 1000, .02, .1);

    SortedMap<Integer, AgentState> states = Quadratics.het().run(lossy, mixing(chain), 1);

    double[] models = states.values().stream().mapToDouble(state -> state.model().at(0)).toArray();
    assertThat(Quadratics.het().worstError(models)).isBetween(1e-6, .2);
    assertThat(Quadratics.het().run(lossy, mixing(chain), 1)).isEqualTo(states);
  }

  @Test
  void run_messagesLostAndFilledWithTheStart_isPulledBackToTheStart() {
    RelayTrees chain = RelayTrees.of(Topology.chain(8));
    RelaySgd lossy =
        new RelaySgd(
            "relay",
            Quadratics.training(.02, 1000),
            Momentum.NONE,
            RelayFill.COMMON_START,
            new RelayMail(chain, .1));

    double[] models = Quadratics.het().models(lossy, mixing(chain), 1);

    assertThat(Arrays.stream(models).max().orElseThrow())
        .isLessThan(Quadratics.het().optimum() / 2);
  }

  @Test
  void run_aTenthOfTheMessagesLost_aboutATenthLeavesNothing() {
    RelayTrees star = RelayTrees.of(Topology.star(200));

    SortedMap<Integer, AgentState> states =
        problem(200).run(program(star, 1, .1, .1), mixing(star), 1);

    assertThat(states.get(0).vectors().keySet().stream().filter(name -> name.startsWith("relay")))
        .hasSizeBetween(160, 195);
  }

  @Test
  void plan_treeOffTheTopology_isRefusedWithTheEdge() {
    RelayTrees star = RelayTrees.of(Topology.star(8));
    MixingMatrix ring = MixingMatrix.metropolisHastings(Topology.ring(8));

    assertThatThrownBy(() -> Quadratics.het().run(program(star, 1, .1, 0), ring, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "relay trees use edges of the topology, got 0-2 that is none of ring of 8 agents, 8 edges:"
                + " use relay.tree = spanning, or a topology with the trees' edges, topology.name = double-binary-tree or binary-tree");
  }

  @Test
  void plan_treeOfFewerAgents_isRefused() {
    RelayTrees chain = RelayTrees.of(Topology.chain(7));
    MixingMatrix ring = MixingMatrix.metropolisHastings(Topology.ring(8));

    assertThatThrownBy(() -> Quadratics.het().run(program(chain, 1, .1, 0), ring, 1))
        .hasMessageContaining("got trees of 7 and ring of 8 agents");
  }

  @Test
  void new_commonStartWithOwnInitialModels_isRefused() {
    IterativeTraining training = Quadratics.training(.1, 1);
    LocalTraining local = training.local();
    LocalTraining own =
        new LocalTraining(
            InitPolicy.PER_AGENT, 0, local.work(), 1, local.optimizer(), local.optimizerState());
    IterativeTraining apart =
        new IterativeTraining(
            own, 1, training.learningRate(), 0, training.oracle(), training.statistics());
    RelayMail mail = new RelayMail(RelayTrees.of(Topology.chain(8)), 0);

    assertThatThrownBy(
            () -> new RelaySgd("relay", apart, Momentum.NONE, RelayFill.COMMON_START, mail))
        .hasMessageContaining("got init PER_AGENT and 0 pretraining epochs");
    assertThatThrownBy(() -> new RelayGrad("relay-grad", apart, Momentum.NONE, mail))
        .hasMessageContaining("got init PER_AGENT and 0 pretraining epochs");
  }

  private static RelaySgd program(RelayTrees trees, int steps, double rate, double dropRate) {
    return new RelaySgd(
        "relay",
        Quadratics.training(rate, steps),
        Momentum.NONE,
        RelayFill.OWN_HALF_STEP,
        new RelayMail(trees, dropRate));
  }

  private static double error(Quadratics problem, RelaySgd program) {
    return problem.worstError(problem.models(program, mixing(program.mail().trees()), 1));
  }

  /** Uneven curvatures and minima in three dimensions. */
  static Quadratics problem(int agents) {
    double[] a = IntStream.range(0, agents).mapToDouble(i -> .5 + (i * 7 % 5) / 4.0).toArray();
    double[] b = IntStream.range(0, agents).mapToDouble(i -> (i * i) % 11 - 3).toArray();
    return new Quadratics(a, b, 3);
  }

  static MixingMatrix mixing(RelayTrees trees) {
    List<Topology> list = trees.trees();
    return MixingMatrix.metropolisHastings(Graphs.union(list.get(0), list.get(list.size() - 1)));
  }

  /** Every agent's model after {@code t} rounds of one step. */
  static ParamVector[] models(Quadratics problem, AgentProgram program, RelayTrees trees, int t) {
    return problem.run(program, mixing(trees), t).values().stream()
        .map(AgentState::model)
        .toArray(ParamVector[]::new);
  }

  /** Edges between agents on the tree that carries an element. */
  static int[][] distances(RelayTrees trees, int element) {
    return Graphs.distances(trees.trees().get(element % trees.trees().size()));
  }

  private static double[][] halfSteps(Quadratics problem, ParamVector[] models) {
    return IntStream.range(0, models.length)
        .mapToObj(
            i -> models[i].map(x -> x - .1 * problem.a()[i] * (x - problem.b()[i])).toDoubles())
        .toArray(double[][]::new);
  }
}
