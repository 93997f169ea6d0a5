package io.dimat.algorithm.control;

import io.dimat.algorithm.part.GlobalAverage;
import io.dimat.algorithm.part.InitPolicy;
import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Sample;
import io.dimat.graph.MixingSchedule;
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
import java.util.Set;

/**
 * Dynamic model averaging: agents communicate only when one of them has gone far from where all
 * were equal (Kamp et al., arXiv 1807.03210).
 *
 * <pre>
 * x_i &lt;- x_i - eta g_i                                        every iteration
 * violation_i:  |x_i - ref|^2 &gt; Delta                         every b iterations
 * if anybody's: x_i &lt;- (1/n) sum_j x_j;  ref &lt;- that mean     all agents
 * </pre>
 *
 * While nobody violates, {@code (1/n) sum |x_i - mean|^2 <= Delta}, because the mean is the point
 * that this is least around. The reference is at first the start if agents start equal without
 * pretraining; otherwise the first check averages. Reconstruction: without the paper's coordinator
 * and its balancing of some agents' violations, one violation makes all average.
 *
 * <p>Traffic: {@code n - 1} models per agent at an average, beyond the topology, which is not used.
 * Besides, one scalar per agent and check says whether anybody violates: {@link
 * Metric#CONTROL_BYTES}. State: the reference vector.
 *
 * @param threshold Delta, above 0
 * @param every iterations between checks b, at least 1
 */
public record DynamicAveraging(String name, IterativeTraining training, double threshold, int every)
    implements IterativeProgram {
  private static final String REFERENCE = "reference";

  public DynamicAveraging {
    if (!(threshold > 0) || every < 1) {
      throw new IllegalArgumentException(
          "dynamic averaging needs a threshold > 0 and a check every 1 or more iterations, got %s and %d"
              .formatted(threshold, every));
    }
  }

  @Override
  public Phase start() {
    Phase start = training.start();
    boolean equal =
        training.local().init() == InitPolicy.COMMON && training.local().pretrainEpochs() == 0;
    return Phase.alone(
        start.name(),
        start.point(),
        (none, inbox, context) -> {
          AgentState state = start.step().run(none, inbox, context).state();
          return StepResult.of(equal ? state.with(REFERENCE, state.model().trainable()) : state);
        });
  }

  @Override
  public Plan round(int round) {
    Plan descend = Plan.of(Phase.alone("descend", EvaluationPoint.TRAINED, this::descend));
    Plan checked = Plan.inOrder(descend, checked());
    return training.iterations(round, t -> (t + 1) % every == 0 ? checked : descend);
  }

  private Plan checked() {
    Plan average =
        Plan.of(Phase.sending("tell-all", this::tellAll), Phase.reading("average", this::average));
    return Plan.inOrder(
        Plan.of(Phase.alone("check", EvaluationPoint.TRAINED, this::check)),
        new Plan.RepeatUntil(
            average,
            measured ->
                measured.values().stream()
                    .allMatch(metrics -> metrics.values().get(Metric.VIOLATIONS) == 0),
            1));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Sample sample = training.sample(state.model(), context);
    ParamVector x = sample.x().plus(sample.gradient().times(-training.rate(context)));
    return StepResult.of(state.with(AgentState.MODEL, sample.model().withTrainable(x)));
  }

  private StepResult check(AgentState state, Inbox none, LocalContext context) {
    boolean near =
        state.has(REFERENCE)
            && state.model().trainable().squaredDistance(state.vector(REFERENCE)) <= threshold;
    context.recorder().add(Metric.VIOLATIONS, near ? 0 : 1);
    context.recorder().add(Metric.CONTROL_BYTES, Double.BYTES);
    return StepResult.of(state);
  }

  private StepResult tellAll(AgentState state, Inbox none, LocalContext context) {
    return new GlobalAverage(training).tell(state, state.model().trainable(), context);
  }

  private StepResult average(AgentState state, Inbox inbox, LocalContext context) {
    AgentState next = new GlobalAverage(training).hear(state, inbox, context);
    return StepResult.of(next.with(REFERENCE, next.model().trainable()));
  }

  /** As if every check found a violation: what a round costs at most, to every other agent. */
  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    long checks = (training.stepsPerRound() + every - 1L) / every;
    return training.bytesTold(layout, 1) * checks;
  }

  @Override
  public double recipients(int agent, MixingSchedule mixing) {
    return mixing.agents() - 1;
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of();
  }
}
