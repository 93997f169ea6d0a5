package io.dimat.merge;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.learn.BatchSource;
import io.dimat.learn.Learner;
import io.dimat.learn.ModelPair;
import io.dimat.network.Network;
import io.dimat.protocol.LocalContext;
import io.dimat.tensor.ParamVector;
import java.util.List;

/**
 * A probe whose batches are here: what an agent has.
 *
 * @param learner of the models' network; its loaded parameters are replaced
 */
public record LocalProbe(Learner learner, BatchSource batches) implements Probe {
  /** An agent's probe of its round. */
  public static LocalProbe of(LocalContext context) {
    return new LocalProbe(context.learner(), context.data().probe(context.round()));
  }

  @Override
  public Network network() {
    return learner.network();
  }

  @Override
  public List<List<CrossMoments>> crossMoments(
      List<ParamVector> models, List<ModelPair> pairs, List<MatchPoint> points) {
    return learner.crossMoments(models, pairs, batches, points);
  }

  @Override
  public ParamVector recalibrated(Network network, ParamVector model) {
    if (network.equals(learner.network())) {
      return recalibrated(learner, model);
    }
    try (Learner other = learner.forNetwork(network)) {
      return recalibrated(other, model);
    }
  }

  private ParamVector recalibrated(Learner engine, ParamVector model) {
    engine.load(model);
    engine.recalibrate(batches);
    return engine.store();
  }
}
