package io.dimat.algorithm.part;

import io.dimat.learn.Batch;
import io.dimat.learn.Gradient;
import io.dimat.learn.GradientOracle;
import io.dimat.learn.StatisticsPolicy;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Envelope;
import io.dimat.protocol.EvaluationPoint;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Message;
import io.dimat.protocol.Metric;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongFunction;
import java.util.function.UnaryOperator;

/**
 * What agents of methods that exchange at every iteration have in common: how they start, how they
 * take a minibatch gradient, what becomes of running statistics, how iterations make a round.
 *
 * @param local initialisation, pretraining and batch size; its optimizer serves pretraining alone
 * @param stepsPerRound iterations of a round, at least 1; a round is what is committed
 * @param weightDecay added to the gradient as {@code weightDecay * x}, at least 0
 */
public record IterativeTraining(
    LocalTraining local,
    int stepsPerRound,
    LearningRate learningRate,
    double weightDecay,
    GradientOracle oracle,
    GossipStatistics statistics)
    implements Serializable {
  public IterativeTraining {
    if (stepsPerRound < 1 || !(weightDecay >= 0)) {
      throw new IllegalArgumentException(
          "iterations need steps per round >= 1 and weight decay >= 0, got %d and %s"
              .formatted(stepsPerRound, weightDecay));
    }
  }

  /** The same training with another idea of what a gradient is. */
  public IterativeTraining with(GradientOracle other) {
    return new IterativeTraining(
        local, stepsPerRound, learningRate, weightDecay, other, statistics);
  }

  /** The same for methods that exchange by merging, which settles running statistics itself. */
  public IterativeTraining withoutGossip() {
    return new IterativeTraining(
        local, stepsPerRound, learningRate, weightDecay, oracle, GossipStatistics.LOCAL);
  }

  /** The starting phase: initialise, pretrain. */
  public Phase start() {
    return local.start();
  }

  /** A round: these phases once an iteration, then the models are measured and committed. */
  public Plan iterations(int round, Phase... phases) {
    return iterations(round, Plan.of(phases));
  }

  /** A round: this plan once an iteration, then the models are measured and committed. */
  public Plan iterations(int round, Plan iteration) {
    return Plan.inOrder(new Plan.Iterate(first(round), stepsPerRound, iteration), measured());
  }

  /**
   * A round whose iterations differ, then the models are measured and committed.
   *
   * @param plan of an iteration by its number, counted over the whole run from 0
   */
  public Plan iterations(int round, LongFunction<Plan> plan) {
    List<Plan> plans = new ArrayList<>();
    for (long k = first(round); k < first(round) + stepsPerRound; k++) {
      plans.add(new Plan.Iterate(k, 1, plan.apply(k)));
    }
    plans.add(measured());
    return new Plan.Seq(plans);
  }

  /** Number of a round's first iteration. */
  public long first(int round) {
    return (long) stepsPerRound * (round - 1);
  }

  /** The committed end of a round. */
  public Plan measured() {
    return new Plan.Do(
        Phase.alone(
            "measure",
            EvaluationPoint.MERGED,
            (state, inbox, context) -> {
              context.evaluate(state.model());
              return StepResult.of(state);
            }));
  }

  /** The step size of the context's iteration. */
  public double rate(LocalContext context) {
    return learningRate.at(context.iteration());
  }

  /** The minibatch of the context's iteration. */
  public Batch minibatch(LocalContext context) {
    return context.data().minibatches(context.iteration(), 1, local.batchSize()).iterator().next();
  }

  /** The gradient of this iteration's minibatch at an agent's own model, with weight decay. */
  public Sample sample(ParamVector model, LocalContext context) {
    Sample loss = lossSample(model, context);
    return new Sample(decayed(loss.gradient(), loss.x()), loss.model());
  }

  /** A step on this iteration's minibatch, with the momentum that the agent's state holds. */
  public Descent descent(AgentState state, Momentum momentum, LocalContext context) {
    Sample sample = sample(state.model(), context);
    Momentum.Moved moved =
        momentum.move(state.with(AgentState.MODEL, sample.model()), sample.gradient());
    return new Descent(moved.state(), sample.x(), moved.direction(), rate(context));
  }

  /** As {@link #sample} without weight decay, for methods that add it after combining gradients. */
  public Sample lossSample(ParamVector model, LocalContext context) {
    Batch batch = minibatch(context);
    Gradient gradient =
        context
            .recorder()
            .timed(
                Metric.SECONDS_TRAIN,
                () -> oracle.at(context.learner(), model, batch, StatisticsPolicy.UPDATED));
    boolean finite = gradient.gradient().isFinite();
    context.recorder().put(Metric.TRAIN_LOSS, finite ? gradient.loss() : Double.NaN);
    context.recorder().put(Metric.IMAGES_TRAINED, batch.size());
    context.recorder().add(Metric.GRADIENT_EVALUATIONS, (double) batch.size() * oracle.passes());
    return new Sample(gradient.gradient(), gradient.parameters());
  }

  /**
   * A neighbour's model on this agent's minibatch: a cross-gradient, without weight decay. Moves no
   * running statistics.
   */
  public ParamVector crossGradient(ParamVector theirs, LocalContext context) {
    Batch batch = minibatch(context);
    Gradient gradient =
        context
            .recorder()
            .timed(
                Metric.SECONDS_TRAIN,
                () -> oracle.at(context.learner(), theirs, batch, StatisticsPolicy.FROZEN));
    context.recorder().add(Metric.GRADIENT_EVALUATIONS, (double) batch.size() * oracle.passes());
    return gradient.gradient();
  }

  /** {@code gradient + weightDecay * x}, both packed. */
  public ParamVector decayed(ParamVector gradient, ParamVector x) {
    return weightDecay == 0 ? gradient : gradient.plus(weightDecay, x);
  }

  /**
   * Sends vectors of the state to all recipients of this iteration, with the running statistics if
   * they travel.
   */
  public StepResult tell(LocalContext context, AgentState state, String... vectors) {
    List<String> names = new ArrayList<>(List.of(vectors));
    AgentState told = withStatistics(state, state.model());
    if (told.has(GossipStatistics.STATISTICS)) {
      names.add(GossipStatistics.STATISTICS);
    }
    return new StepResult(told, Envelope.toAll(context.recipients(), new Message.Committed(names)));
  }

  /** State or mail with a model's running statistics beside it, if there are any that travel. */
  public AgentState withStatistics(AgentState contents, ParamVector model) {
    ParamVector own = model.statistics();
    return statistics == GossipStatistics.AVERAGE && own.size() > 0
        ? contents.with(GossipStatistics.STATISTICS, own)
        : contents;
  }

  /**
   * Bytes that {@link #tell} sends to one recipient.
   *
   * @param layout of the network's full vector
   * @param vectors how many, besides the running statistics
   */
  public long bytesTold(ParamLayout layout, int vectors) {
    long travelling = statistics == GossipStatistics.AVERAGE ? layout.statistics().size() : 0;
    return layout.precision().bytes() * (vectors * (long) layout.trainableSize() + travelling);
  }

  /**
   * The agent's state at the end of an iteration.
   *
   * @param x its trainable parameters, packed
   * @param inbox the mail that came with {@link #tell}: running statistics are taken from it
   */
  public AgentState settle(AgentState state, ParamVector x, Inbox inbox, LocalContext context) {
    return settle(state, x, own -> statistics.settled(own, inbox, context));
  }

  /**
   * The same where only a part of the mixing is taken.
   *
   * @param share gamma of {@code x + gamma (mix(x) - x)}, in [0, 1], which holds for running
   *     statistics too
   */
  public AgentState settle(
      AgentState state, ParamVector x, double share, Inbox inbox, LocalContext context) {
    return settle(state, x, own -> own.towards(statistics.settled(own, inbox, context), share));
  }

  /**
   * The same for methods that mix by other weights than W's.
   *
   * @param mixed the agent's running statistics once they are mixed like its parameters
   */
  public AgentState settle(AgentState state, ParamVector x, UnaryOperator<ParamVector> mixed) {
    ParamVector model = state.model().withTrainable(x);
    if (state.has(GossipStatistics.STATISTICS)) {
      model = model.withStatistics(mixed.apply(state.vector(GossipStatistics.STATISTICS)));
    }
    return state.with(AgentState.MODEL, model).without(GossipStatistics.STATISTICS);
  }

  /** A vector of the state, or zeros where the method has not made it yet. */
  public ParamVector buffer(AgentState state, String name) {
    return state.has(name)
        ? state.vector(name)
        : ParamVector.zeros(state.model().layout().trainable());
  }
}
