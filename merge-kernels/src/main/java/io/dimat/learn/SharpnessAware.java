package io.dimat.learn;

import io.dimat.tensor.ParamVector;

/**
 * Sharpness-aware minimisation (SAM; Foret et al., arXiv 2010.01412): the gradient of the same
 * minibatch a little uphill, to be applied where the agent stands.
 *
 * <pre>
 * eps   = rho g(x) / (|g(x)| + 1e-12)      over the whole trainable vector
 * g_SAM = g(x + eps)
 * </pre>
 *
 * The loss and the returned point are those of x itself: the second pass moves no running
 * statistics. Weight decay is added to what comes out, it does not turn {@code eps}. Cost: two
 * backward passes.
 *
 * @param rho radius, at least 0; 0.05 is usual
 */
public record SharpnessAware(double rho) implements GradientOracle {
  private static final double LEAST_NORM = 1e-12;

  public SharpnessAware {
    if (!(rho >= 0 && rho < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("SAM's radius must be at least 0, got " + rho);
    }
  }

  @Override
  public Gradient at(Learner learner, ParamVector at, Batch batch, StatisticsPolicy statistics) {
    Gradient here = learner.gradient(at, batch, statistics);
    double scale = rho / (here.gradient().norm() + LEAST_NORM);
    ParamVector uphill = at.withTrainable(at.trainable().plus(scale, here.gradient()));
    Gradient there = learner.gradient(uphill, batch, StatisticsPolicy.FROZEN);
    return new Gradient(here.loss(), there.gradient(), here.parameters());
  }

  @Override
  public int passes() {
    return 2;
  }
}
