package io.dimat.algorithm;

import io.dimat.algorithm.CommunicationSchedule.Communication;
import io.dimat.graph.MixingSchedule;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.ConsensusRule;
import io.dimat.protocol.EvaluationPoint;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Metric;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.Requirement;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Local SGD with momentum whose exchanges follow a schedule.
 *
 * <pre>
 * m &lt;- beta m + g;   v = x - eta d(m, g)
 * local    x &lt;- v
 * gossip   x &lt;- v + gamma_t (mix(v) - v)
 * global   x &lt;- (1/n) sum_j v_j over all agents
 * </pre>
 *
 * Gossip in every iteration with gamma = 1 is decentralized SGD, adapt then combine; in every k-th
 * it is local SGD; communication late and a global average at the very end is what Zhu et al.,
 * arXiv 2507.06542, find to suffice. Decreasing gamma keeps disagreement alive for flat minima:
 * DSGD-AC, Wang and Johansson, arXiv 2602.02899. Reconstruction: the course of gamma, of which only
 * that it decreases was known.
 *
 * <p>Traffic: one model per neighbour in a gossip iteration; {@code n - 1} models per agent in a
 * global one, beyond the topology. State: one momentum vector if beta is above 0, never exchanged.
 */
public record ScheduledGossip(
    String name,
    IterativeTraining training,
    Momentum momentum,
    CommunicationSchedule schedule,
    MixingStrength strength)
    implements AgentProgram {
  private static final String SENT = "sent";

  @Override
  public Phase start() {
    return training.start();
  }

  @Override
  public Plan round(int round) {
    long first = training.first(round);
    List<Plan> plans = new ArrayList<>();
    for (long t = first; t < first + training.stepsPerRound(); t++) {
      plans.add(new Plan.Iterate(t, 1, iteration(schedule.at(t))));
    }
    plans.add(training.measured());
    return new Plan.Seq(plans);
  }

  private Plan iteration(Communication communication) {
    return switch (communication) {
      case LOCAL -> Plan.of(Phase.alone("descend", EvaluationPoint.TRAINED, this::descend));
      case GOSSIP ->
          Plan.of(Phase.sending("descend-and-tell", this::tell), Phase.reading("mix", this::mix));
      case GLOBAL ->
          Plan.of(
              Phase.sending("descend-and-tell-all", this::tellAll),
              Phase.reading("average", this::average));
    };
  }

  private AgentState descended(AgentState state, LocalContext context) {
    Descent descent = training.descent(state, momentum, context);
    ParamVector x = descent.x().plus(descent.step());
    return descent.state().with(AgentState.MODEL, descent.state().model().withTrainable(x));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    return StepResult.of(descended(state, context));
  }

  private StepResult tell(AgentState state, Inbox none, LocalContext context) {
    AgentState next = descended(state, context);
    return training.tell(context, next.with(SENT, next.model().trainable()), SENT);
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    context.recorder().add(Metric.GOSSIP_ROUNDS, 1);
    ParamVector own = state.vector(SENT);
    ParamVector mixed = context.mix(own, inbox, SENT);
    double gamma = strength.at(context.iteration());
    ParamVector x = gamma == 1 ? mixed : own.plus(gamma, mixed.minus(own));
    return StepResult.of(training.settle(state.without(SENT), x, inbox, context));
  }

  private StepResult tellAll(AgentState state, Inbox none, LocalContext context) {
    AgentState next = descended(state, context);
    return new GlobalAverage(training).tell(next, next.model().trainable(), context);
  }

  private StepResult average(AgentState state, Inbox inbox, LocalContext context) {
    return StepResult.of(new GlobalAverage(training).hear(state, inbox, context));
  }

  /** As if every iteration were a gossip: what a round costs at most, global averages apart. */
  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return training.told(layout, 1) * training.stepsPerRound();
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING);
  }

  @Override
  public Optional<String> refusal(MixingSchedule mixing) {
    return Aliasing.refusal(
        mixing, k -> schedule.at(k) == CommunicationSchedule.Communication.GOSSIP);
  }

  @Override
  public ConsensusRule consensus() {
    return ConsensusRule.PLAIN_MEAN;
  }
}
