package io.dimat.algorithm.control;

import io.dimat.algorithm.part.Aliasing;
import io.dimat.algorithm.part.CommunicationSchedule;
import io.dimat.algorithm.part.CommunicationSchedule.Communication;
import io.dimat.algorithm.part.Descent;
import io.dimat.algorithm.part.GlobalAverage;
import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
import io.dimat.graph.MixingSchedule;
import io.dimat.network.Network;
import io.dimat.protocol.AgentState;
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
 * it is local SGD; cycles of I1 local and I2 gossiping iterations, counted over the whole run, are
 * LD-SGD, Li et al., arXiv 1910.09126, which has no momentum; communication late and a global
 * average at the very end is what Zhu et al., arXiv 2507.06542, find to suffice. Decreasing gamma
 * keeps disagreement alive for flat minima: DSGD-AC, Wang and Johansson, arXiv 2602.02899.
 * Reconstruction: the course of gamma, of which only that it decreases was known.
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
    implements IterativeProgram {
  private static final String SENT = "sent";

  @Override
  public Plan round(int round) {
    return training.iterations(round, t -> iteration(schedule.at(t)));
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

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Descent descent = training.descent(state, momentum, context);
    return StepResult.of(training.settle(descent.state(), descent.half(), none, context));
  }

  private StepResult tell(AgentState state, Inbox none, LocalContext context) {
    Descent descent = training.descent(state, momentum, context);
    return training.tell(context, descent.state().with(SENT, descent.half()), SENT);
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    context.recorder().add(Metric.GOSSIP_ROUNDS, 1);
    ParamVector own = state.vector(SENT);
    double gamma = strength.at(context.iteration());
    ParamVector x = own.towards(context.mix(own, inbox, SENT), gamma);
    return StepResult.of(training.settle(state.without(SENT), x, gamma, inbox, context));
  }

  private StepResult tellAll(AgentState state, Inbox none, LocalContext context) {
    Descent descent = training.descent(state, momentum, context);
    return new GlobalAverage(training).tell(descent.state(), descent.half(), context);
  }

  private StepResult average(AgentState state, Inbox inbox, LocalContext context) {
    return StepResult.of(new GlobalAverage(training).hear(state, inbox, context));
  }

  @Override
  public double bytesSent(int round, Network network, double recipients, int agents) {
    double models = 0;
    long first = training.first(round);
    for (long t = first; t < first + training.stepsPerRound(); t++) {
      models +=
          switch (schedule.at(t)) {
            case LOCAL -> 0;
            case GOSSIP -> recipients;
            case GLOBAL -> agents - 1;
          };
    }
    return models * training.bytesTold(network.layout(), 1);
  }

  /** What a round costs at most; a global average counts as if it went to neighbours only. */
  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return training.bytesTold(layout, 1) * schedule.most(training.stepsPerRound());
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING);
  }

  @Override
  public Optional<String> refusal(MixingSchedule mixing) {
    return Aliasing.refusal(
        mixing,
        "gossip.period, or a cycle of gossip.local-steps and gossip.gossip-steps,",
        k -> schedule.at(k) == CommunicationSchedule.Communication.GOSSIP);
  }
}
