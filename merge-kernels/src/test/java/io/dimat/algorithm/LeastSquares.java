package io.dimat.algorithm;

import io.dimat.learn.Batch;
import io.dimat.learn.Gradient;
import io.dimat.learn.GradientOracle;
import io.dimat.learn.Learner;
import io.dimat.learn.StatisticsPolicy;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.math3.linear.Array2DRowRealMatrix;
import org.apache.commons.math3.linear.ArrayRealVector;
import org.apache.commons.math3.linear.LUDecomposition;
import org.apache.commons.math3.linear.RealMatrix;
import org.apache.commons.math3.linear.RealVector;
import org.apache.commons.math3.linear.SingularValueDecomposition;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Random least squares {@code f_i(x) = 1/2 |A_i x - b_i|^2}: every A_i scaled to smoothness 1, the
 * b_i to a prescribed heterogeneity {@code zeta^2 = mean |grad f_i(x*)|^2}. A minibatch's label is
 * the agent, as in {@link Quadratics}.
 */
public final class LeastSquares implements GradientOracle {
  public static final int DIMENSIONS = 3;
  private static final int ROWS = 6;
  private static final long serialVersionUID = 1L;

  private final List<RealMatrix> hessians = new ArrayList<>();
  private final List<RealVector> targets = new ArrayList<>();

  public LeastSquares(int agents, double zeta, long seed) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
    RealVector truth = new ArrayRealVector(normal.samples(DIMENSIONS).toArray());
    List<RealVector> noise = new ArrayList<>();
    for (int i = 0; i < agents; i++) {
      RealMatrix drawn = new Array2DRowRealMatrix(ROWS, DIMENSIONS);
      for (int row = 0; row < ROWS; row++) {
        drawn.setRow(row, normal.samples(DIMENSIONS).toArray());
      }
      RealMatrix a = drawn.scalarMultiply(1 / norm(drawn));
      hessians.add(a.transpose().multiply(a));
      noise.add(a.transpose().operate(new ArrayRealVector(normal.samples(ROWS).toArray())));
      targets.add(noise.get(i));
    }
    double scale = zeta / heterogeneity();
    for (int i = 0; i < agents; i++) {
      targets.set(i, hessians.get(i).operate(truth).add(noise.get(i).mapMultiply(scale)));
    }
  }

  /** Largest singular value. */
  private static double norm(RealMatrix matrix) {
    return new SingularValueDecomposition(matrix).getNorm();
  }

  private RealVector gradient(int agent, RealVector x) {
    return hessians.get(agent).operate(x).subtract(targets.get(agent));
  }

  /** Where the sum of all functions is least. */
  public RealVector optimum() {
    RealMatrix hessian = hessians.stream().reduce(RealMatrix::add).orElseThrow();
    RealVector target = targets.stream().reduce(RealVector::add).orElseThrow();
    return new LUDecomposition(hessian).getSolver().solve(target);
  }

  /** Root mean square of the agents' gradients at the optimum. */
  public double heterogeneity() {
    RealVector optimum = optimum();
    double sum = 0;
    for (int i = 0; i < hessians.size(); i++) {
      sum += Math.pow(gradient(i, optimum).getNorm(), 2);
    }
    return Math.sqrt(sum / hessians.size());
  }

  /** Distance of a model from the optimum. */
  public double error(ParamVector model) {
    return new ArrayRealVector(model.toDoubles()).subtract(optimum()).getNorm();
  }

  @Override
  public Gradient at(Learner learner, ParamVector at, Batch batch, StatisticsPolicy statistics) {
    RealVector gradient = gradient(batch.labels()[0], new ArrayRealVector(at.toDoubles()));
    return new Gradient(0, ParamVector.of(at.layout(), gradient.toArray()), at);
  }

  @Override
  public int passes() {
    return 1;
  }
}
