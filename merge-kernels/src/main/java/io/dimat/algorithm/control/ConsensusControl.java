package io.dimat.algorithm.control;

import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
import io.dimat.algorithm.part.Sample;
import io.dimat.graph.MixingSchedule;
import io.dimat.graph.SpectralGap;
import io.dimat.network.Network;
import io.dimat.protocol.AgentMetrics;
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
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;

/**
 * Decentralized SGD that mixes as often as it takes to keep agents close (Kong et al., arXiv
 * 2102.04828).
 *
 * <pre>
 * m &lt;- beta m + g;   y_0 = x - eta d(m, g);   Phi_i &lt;- 0.95 Phi_i + 0.05 |g_i|
 * r &lt;- 0;   repeat  r &lt;- r + 1;   y_r = (W y_r-1), accelerated if asked for
 *           until   (1/n) sum_i D_i &lt;= ((1/n) sum_i target(eta, Phi_i))^2  or  r = most
 * D_i = shrink^2 (1/2) sum_j w_ij |y_i - y_j|^2 / (1 - rho)
 * </pre>
 *
 * rho is the second largest modulus of an eigenvalue of W. {@code (1/n) sum_i (1/2) sum_j w_ij |y_i
 * - y_j|^2 / (1 - rho)} bounds the squared consensus distance of y from above (Poincare), shrink is
 * what mixing certainly takes off: D_i costs nothing, its models travel anyway. Plain rounds
 * measure {@code y_r-1} anew, Chebyshev rounds rest on {@code y_0}.
 *
 * <p>Reconstruction: the step size in the practical target, the estimate without a server and the
 * running means per agent, whose mean is the running mean of the mean. Measuring takes an exchange,
 * so every iteration mixes once or more.
 *
 * <p>Traffic: one model per neighbour and gossip round. Besides, an all-reduce of two scalars per
 * agent and round decides whether there is another: {@link Metric#CONTROL_BYTES}, in no message.
 * State: one momentum vector if beta is above 0, two scalars.
 *
 * @param most gossip rounds per iteration, at least 1; 1 is decentralized SGD
 */
public record ConsensusControl(
    String name,
    IterativeTraining training,
    Momentum momentum,
    DisagreementTarget target,
    GossipAcceleration acceleration,
    int most)
    implements IterativeProgram {
  private static final String SENT = "sent";
  private static final String PREVIOUS = "previous";
  private static final String OMEGA = "omega";
  private static final String ROUND = "gossip-round";
  private static final String SPREAD = "first-disagreement";
  private static final String RHO = "rho";
  private static final String NORM = "gradient-norm";
  private static final double MEMORY = 0.95;

  /** Of eigenvalues. */
  private static final double ROUNDING = 1e-9;

  public ConsensusControl {
    if (most < 1) {
      throw new IllegalArgumentException(
          "an iteration has at least 1 gossip round, got most = " + most);
    }
  }

  @Override
  public Phase start() {
    Phase start = training.start();
    return Phase.alone(
        start.name(),
        start.point(),
        (none, inbox, context) -> {
          double rho = SpectralGap.of(context.mixing().at(0)).slem();
          return StepResult.of(start.step().run(none, inbox, context).state().with(RHO, rho));
        });
  }

  @Override
  public Plan round(int round) {
    Phase mix = Phase.reading("mix", this::mix);
    Plan once = Plan.of(Phase.sending("descend", this::descend), mix);
    Plan again = Plan.of(Phase.sending("send", this::send), mix);
    Plan iteration =
        Plan.inOrder(once, new Plan.RepeatUntil(again, ConsensusControl::closeEnough, most - 1));
    return Plan.inOrder(
        new Plan.Iterate(training.first(round), training.stepsPerRound(), iteration),
        new Plan.Do(Phase.alone("settle", EvaluationPoint.MERGED, ConsensusControl::settle)));
  }

  /** Whether the agents' mean disagreement is within the square of their mean target. */
  private static boolean closeEnough(SortedMap<Integer, AgentMetrics> measured) {
    double target = mean(measured, Metric.DISAGREEMENT_TARGET);
    return mean(measured, Metric.DISAGREEMENT) <= target * target;
  }

  private static double mean(SortedMap<Integer, AgentMetrics> measured, String metric) {
    return measured.values().stream()
        .mapToDouble(metrics -> metrics.values().get(metric))
        .average()
        .orElseThrow();
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Sample sample = training.sample(state.model(), context);
    double norm = sample.gradient().norm();
    AgentState next =
        cleared(state)
            .with(AgentState.MODEL, sample.model())
            .with(NORM, MEMORY * state.scalar(NORM, norm) + (1 - MEMORY) * norm);
    Momentum.Moved moved = momentum.move(next, sample.gradient());
    ParamVector half = sample.x().plus(-training.rate(context), moved.direction());
    return training.tell(context, moved.state().with(SENT, half), SENT);
  }

  private StepResult send(AgentState state, Inbox none, LocalContext context) {
    return training.tell(context, state.with(SENT, state.model().trainable()), SENT);
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    double rho = state.scalar(RHO, 1);
    int round = (int) state.scalar(ROUND, 0) + 1;
    ParamVector own = state.vector(SENT);
    double omega = acceleration.momentum(state.scalar(OMEGA, 1), round, rho);
    ParamVector previous = state.has(PREVIOUS) ? state.vector(PREVIOUS) : own;
    ParamVector x = GossipAcceleration.next(omega, context.mix(own, inbox, SENT), previous);
    double now = spread(own, inbox, context) / (1 - rho);
    double first = state.scalar(SPREAD, now);
    double shrink = acceleration.shrink(round, rho);
    double base = acceleration == GossipAcceleration.PLAIN ? now : first;
    double wanted = target.at(context.iteration(), training.rate(context), state.scalar(NORM, 0));
    context.recorder().put(Metric.DISAGREEMENT, shrink * shrink * base);
    context.recorder().put(Metric.DISAGREEMENT_TARGET, wanted);
    context.recorder().add(Metric.GOSSIP_ROUNDS, 1);
    context.recorder().add(Metric.CONTROL_BYTES, 2.0 * Double.BYTES);
    AgentState next =
        state.without(SENT).with(ROUND, (double) round).with(SPREAD, first).with(OMEGA, omega);
    if (acceleration == GossipAcceleration.CHEBYSHEV) {
      next = next.with(PREVIOUS, own);
    }
    return StepResult.of(training.settle(next, x, inbox, context));
  }

  /** {@code (1/2) sum_j w_ij |y_i - y_j|^2}. */
  private static double spread(ParamVector own, Inbox inbox, LocalContext context) {
    Map<Integer, Double> row = context.mixingRow();
    return inbox.bySender().entrySet().stream()
        .mapToDouble(
            mail -> row.get(mail.getKey()) * own.squaredDistance(mail.getValue().vector(SENT)) / 2)
        .sum();
  }

  private static AgentState cleared(AgentState state) {
    return state.without(PREVIOUS).without(OMEGA).without(ROUND).without(SPREAD);
  }

  private static StepResult settle(AgentState state, Inbox none, LocalContext context) {
    context.evaluate(state.model());
    return StepResult.of(cleared(state));
  }

  @Override
  public double bytesSent(int round, Network network, double recipients, int agents) {
    double gossips = 0;
    long first = training.first(round);
    for (long t = first; t < first + training.stepsPerRound(); t++) {
      gossips += target.binds(t) ? most : 1;
    }
    return gossips * recipients * training.bytesTold(network.layout(), 1);
  }

  /** As if every iteration mixed {@link #most} times: what a round costs at most. */
  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return training.bytesTold(layout, 1) * training.stepsPerRound() * most;
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(
        Requirement.DOUBLY_STOCHASTIC_MIXING,
        Requirement.SYMMETRIC_MIXING,
        Requirement.CONSTANT_MIXING);
  }

  @Override
  public Optional<String> refusal(MixingSchedule mixing) {
    double rho = SpectralGap.of(mixing.at(0)).slem();
    return rho < 1 - ROUNDING
        ? Optional.empty()
        : Optional.of(
            "consensus control needs agents that come to agree, got a second eigenvalue of modulus %s on %s: use mixing.name = lazy on a connected topology"
                .formatted(rho, mixing.topology()));
  }
}
