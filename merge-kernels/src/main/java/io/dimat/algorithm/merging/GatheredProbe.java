package io.dimat.algorithm.merging;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.learn.ModelPair;
import io.dimat.merge.Probe;
import io.dimat.network.Network;
import io.dimat.tensor.ParamVector;
import java.util.List;

/**
 * A probe whose moments of the reference with every other model were gathered beforehand, of own
 * and of other agents' images together. Whatever else is asked is asked of the own images.
 *
 * @param points where units were observed
 * @param moments for every other model, in order, one per point
 */
record GatheredProbe(Probe own, List<MatchPoint> points, List<List<CrossMoments>> moments)
    implements Probe {
  @Override
  public Network network() {
    return own.network();
  }

  @Override
  public List<List<CrossMoments>> crossMoments(
      List<ParamVector> models, List<ModelPair> pairs, List<MatchPoint> at) {
    return pairs.equals(ModelPair.star(moments.size())) && at.equals(points)
        ? moments
        : own.crossMoments(models, pairs, at);
  }

  @Override
  public ParamVector recalibrated(Network network, ParamVector model) {
    return own.recalibrated(network, model);
  }
}
