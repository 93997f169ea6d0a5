package io.dimat.algorithm;

import io.dimat.algorithm.part.GossipStatistics;
import io.dimat.algorithm.part.InitPolicy;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.LearningRate;
import io.dimat.algorithm.part.LocalTraining;
import io.dimat.algorithm.part.LocalWork;
import io.dimat.algorithm.part.OptimizerStatePolicy;
import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.graph.MixingSchedule;
import io.dimat.learn.AgentData;
import io.dimat.learn.Batch;
import io.dimat.learn.BatchSource;
import io.dimat.learn.Batches;
import io.dimat.learn.Evaluation;
import io.dimat.learn.Gradient;
import io.dimat.learn.GradientOracle;
import io.dimat.learn.Learner;
import io.dimat.learn.LocalOptimizer;
import io.dimat.learn.ModelPair;
import io.dimat.learn.OptimizerSpec;
import io.dimat.learn.SmallNetworks;
import io.dimat.learn.StatisticsPolicy;
import io.dimat.learn.TrainingStats;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.protocol.AgentProgram;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.EvaluationSchedule;
import io.dimat.protocol.LocalEngine;
import io.dimat.protocol.RunPlan;
import io.dimat.protocol.Seeds;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Precision;
import io.dimat.tensor.Role;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;

/**
 * Every agent minimises {@code f_i(x) = a_i/2 |x - b_i|^2} with exact gradients in double
 * precision: what algorithms do is known in closed form. A minibatch is one black pixel whose label
 * is the agent, which is how {@link QuadraticLearner} knows whose function it stands for.
 *
 * @param a curvatures by agent
 * @param b minima by agent
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
public record Quadratics(double[] a, double[] b, int dimensions) {
  private static final Shape PIXEL = new Shape(1, 1, 1);

  /** Eight agents of equal curvature, {@code b_i = i}: the minimum of the sum is 3.5. */
  public static Quadratics same() {
    return new Quadratics(
        new double[] {1, 1, 1, 1, 1, 1, 1, 1}, new double[] {0, 1, 2, 3, 4, 5, 6, 7}, 1);
  }

  /** Eight agents of different curvature, {@code b_i = i}: the minimum of the sum is 61/15. */
  public static Quadratics het() {
    return new Quadratics(
        new double[] {.5, 1, .5, 1.5, .5, 1, .5, 2}, new double[] {0, 1, 2, 3, 4, 5, 6, 7}, 1);
  }

  public int agents() {
    return a.length;
  }

  /** Where the sum of all functions is least. */
  public double optimum() {
    double numerator = 0;
    double denominator = 0;
    for (int i = 0; i < a.length; i++) {
      numerator += a[i] * b[i];
      denominator += a[i];
    }
    return numerator / denominator;
  }

  public ParamLayout layout() {
    return ParamLayout.builder()
        .precision(Precision.DOUBLE)
        .add("x", List.of(dimensions), Role.TRAINABLE)
        .build();
  }

  /** Training that starts at {@code x = 0} and takes one exact gradient an iteration. */
  public static IterativeTraining training(
      LearningRate rate, GradientOracle oracle, int stepsPerRound) {
    LocalTraining local =
        new LocalTraining(
            InitPolicy.COMMON,
            0,
            new LocalWork.Steps(stepsPerRound),
            1,
            OptimizerSpec.sgd(0.1),
            OptimizerStatePolicy.RESET);
    return new IterativeTraining(local, stepsPerRound, rate, 0, oracle, GossipStatistics.AVERAGE);
  }

  public static IterativeTraining training(double rate, int stepsPerRound) {
    return training(LearningRate.constant(rate), GradientOracle.PLAIN, stepsPerRound);
  }

  /** Runs a program from x = 0 for some rounds; every agent's state. */
  public SortedMap<Integer, AgentState> run(
      AgentProgram program, MixingSchedule mixing, int rounds) {
    RunPlan plan =
        new RunPlan(
            program,
            SmallNetworks.mlp(),
            mixing,
            new Seeds(1),
            rounds,
            new EvaluationSchedule(rounds + 1, 0, rounds + 1));
    return new LocalEngine(new QuadraticLearner(), Data::new)
        .run(plan, (round, phase, states, metrics) -> {});
  }

  /** First coordinate of every agent's model after some rounds. */
  public double[] models(AgentProgram program, MixingSchedule mixing, int rounds) {
    return run(program, mixing, rounds).values().stream()
        .mapToDouble(state -> state.model().at(0))
        .toArray();
  }

  /** {@code 1/n sum (x_i - x*)^2}. */
  public double meanSquaredError(double[] models) {
    double sum = 0;
    for (double x : models) {
      sum += (x - optimum()) * (x - optimum());
    }
    return sum / models.length;
  }

  /** {@code max |x_i - x*|}. */
  public double worstError(double[] models) {
    double worst = 0;
    for (double x : models) {
      worst = Math.max(worst, Math.abs(x - optimum()));
    }
    return worst;
  }

  /** One agent's minibatches: the agent's number as a label. */
  private record Data(int agent) implements AgentData {
    @Override
    public int size() {
      return 1;
    }

    @Override
    public BatchSource training(int round, int epoch, int batchSize) {
      return minibatches(0, 1, 1);
    }

    @Override
    public BatchSource minibatches(long first, int count, int size) {
      Batch batch = new Batch(PIXEL, new float[] {0}, new int[] {agent});
      return new Batches(Collections.nCopies(count, batch));
    }

    @Override
    public BatchSource probe(int round) {
      return minibatches(0, 1, 1);
    }

    @Override
    public BatchSource test() {
      return minibatches(0, 1, 1);
    }
  }

  /** Exact gradients {@code a_i (x - b_i)}, losses {@code f_i(x)}; agent i by the batch's label. */
  private final class QuadraticLearner implements Learner {
    private ParamVector loaded = ParamVector.zeros(layout());

    @Override
    public Network network() {
      return SmallNetworks.mlp();
    }

    @Override
    public ParamVector start(long seed) {
      return ParamVector.zeros(layout());
    }

    @Override
    public void load(ParamVector params) {
      loaded = params;
    }

    @Override
    public ParamVector store() {
      return loaded;
    }

    @Override
    public TrainingStats train(LocalOptimizer optimizer, BatchSource batches) {
      throw new UnsupportedOperationException("exact gradients only");
    }

    @Override
    public Gradient gradient(ParamVector at, Batch batch, StatisticsPolicy policy) {
      int agent = batch.labels()[0];
      ParamVector gradient = at.map(x -> a[agent] * (x - b[agent]));
      double loss = gradient.dot(gradient) / (2 * a[agent]);
      return new Gradient(loss, gradient, at);
    }

    @Override
    public float[] logits(Batch batch) {
      throw new UnsupportedOperationException("no logits");
    }

    @Override
    public Evaluation evaluate(BatchSource batches) {
      return new Evaluation(0, List.of(0), List.of(1));
    }

    @Override
    public void recalibrate(BatchSource batches) {
      // no batch norm
    }

    @Override
    public List<List<CrossMoments>> crossMoments(
        List<ParamVector> models,
        List<ModelPair> pairs,
        BatchSource probe,
        List<MatchPoint> points) {
      throw new UnsupportedOperationException("no units");
    }

    @Override
    public Learner forNetwork(Network other) {
      throw new UnsupportedOperationException("one network");
    }

    @Override
    public String backend() {
      return "quadratic";
    }

    @Override
    public void close() {
      // nothing is held
    }
  }
}
