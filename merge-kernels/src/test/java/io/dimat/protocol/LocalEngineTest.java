package io.dimat.protocol;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.learn.ReferenceLearner;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Network;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class LocalEngineTest {
  private static final int AGENTS = 4;

  private final Network network = SmallNetworks.mlp();
  private final SyntheticImages world =
      new SyntheticImages(network.inputShape(), network.classes(), 0.5, 1);

  /**
   * Every agent holds a constant vector. In "hear" it adds what its left neighbour said last, in
   * "speak" it tells its right neighbour, who hears of it a round later.
   */
  private record PassItOn() implements AgentProgram {
    @Override
    public String name() {
      return "pass-it-on";
    }

    @Override
    public Phase start() {
      return Phase.alone(
          "begin",
          EvaluationPoint.TRAINED,
          (none, inbox, context) ->
              StepResult.of(
                  AgentState.ofModel(constant(context, (float) Math.pow(10, context.agent())))));
    }

    @Override
    public Plan round(int round) {
      return Plan.of(
          Phase.reading("hear", PassItOn::hear), Phase.sending("speak", PassItOn::speak));
    }

    private static StepResult hear(AgentState state, Inbox inbox, LocalContext context) {
      double sum = state.model().at(0);
      for (AgentState mail : inbox.bySender().values()) {
        sum += mail.model().at(0);
      }
      return StepResult.of(state.with(AgentState.MODEL, constant(context, (float) sum)));
    }

    private static StepResult speak(AgentState state, Inbox inbox, LocalContext context) {
      assertThat(inbox.bySender()).isEmpty();
      int right = (context.agent() + 1) % AGENTS;
      return new StepResult(
          state, List.of(new Envelope(right, new Message.Committed(List.of(AgentState.MODEL)))));
    }

    @Override
    public long bytesPerNeighbor(ParamLayout layout) {
      return 4L * layout.size();
    }

    @Override
    public Set<Requirement> requires() {
      return Set.of();
    }

    @Override
    public ConsensusRule consensus() {
      return ConsensusRule.PLAIN_MEAN;
    }
  }

  /** Agent 1 sends this at the start; nothing else happens. */
  private record SendOnce(List<Envelope> mail) implements AgentProgram {
    @Override
    public String name() {
      return "send-once";
    }

    @Override
    public Phase start() {
      return Phase.sending(
          "send",
          (none, inbox, context) ->
              new StepResult(
                  AgentState.ofModel(constant(context, 0)),
                  context.agent() == 1 ? mail : List.of()));
    }

    @Override
    public Plan round(int round) {
      return Plan.of();
    }

    @Override
    public long bytesPerNeighbor(ParamLayout layout) {
      return 0;
    }

    @Override
    public Set<Requirement> requires() {
      return Set.of();
    }

    @Override
    public ConsensusRule consensus() {
      return ConsensusRule.PLAIN_MEAN;
    }
  }

  @Test
  void run_mailOfARoundsLastPhase_isReadInTheNextRound() {
    List<String> phases = new ArrayList<>();
    SortedMap<String, List<Float>> heldAfter = new TreeMap<>();

    run(
        new PassItOn(),
        3,
        (round, phase, states, metrics) -> {
          phases.add(round + " " + phase);
          heldAfter.put(round + " " + phase, held(states));
        });

    assertThat(phases)
        .containsExactly("0 begin", "1 hear", "1 speak", "2 hear", "2 speak", "3 hear", "3 speak");
    assertThat(heldAfter.get("1 hear")).containsExactly(1f, 10f, 100f, 1000f);
    assertThat(heldAfter.get("2 hear")).containsExactly(1001f, 11f, 110f, 1100f);
    assertThat(heldAfter.get("3 hear")).containsExactly(2101f, 1012f, 121f, 1210f);
    assertThat(heldAfter.get("3 speak")).isEqualTo(heldAfter.get("3 hear"));
  }

  @Test
  void run_mailToNobody_isRefused() {
    assertThatThrownBy(() -> send(4))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("mail goes to agents 0 to 3, got a message from agent 1 to agent 4");
    assertThatThrownBy(() -> send(-1)).hasMessageEndingWith("from agent 1 to agent -1");
  }

  @Test
  void run_twoMessagesToOneRecipient_areRefused() {
    assertThatThrownBy(() -> send(2, 0, 2))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "an agent sends another at most 1 message in a phase,"
                + " got 2 or more from agent 1 to agent 2: put everything into one");
  }

  @Test
  void run_oneMessageToEach_isDelivered() {
    assertThat(send(3, 0, 2)).hasSize(AGENTS);
  }

  private SortedMap<Integer, AgentState> send(int... recipients) {
    List<Envelope> mail =
        Arrays.stream(recipients)
            .mapToObj(to -> new Envelope(to, new Message.Committed(List.of(AgentState.MODEL))))
            .toList();
    return run(new SendOnce(mail), 0, (round, phase, states, metrics) -> {});
  }

  private SortedMap<Integer, AgentState> run(
      AgentProgram program, int rounds, LocalEngine.Observer observer) {
    Topology ring = Topology.ring(AGENTS);
    RunPlan plan =
        new RunPlan(
            program,
            network,
            MixingMatrix.metropolisHastings(ring),
            new Seeds(1),
            rounds,
            new EvaluationSchedule(1, 1, rounds));
    try (ReferenceLearner learner = new ReferenceLearner(network)) {
      return new LocalEngine(learner, agent -> world.shard(agent, 4)).run(plan, observer);
    }
  }

  private static List<Float> held(SortedMap<Integer, AgentState> states) {
    return states.values().stream().map(state -> (float) state.model().at(0)).toList();
  }

  private static ParamVector constant(LocalContext context, float value) {
    float[] values = new float[context.learner().network().layout().size()];
    Arrays.fill(values, value);
    return ParamVector.of(context.learner().network().layout(), values);
  }
}
