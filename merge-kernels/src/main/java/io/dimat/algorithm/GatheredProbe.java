package io.dimat.algorithm;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.learn.ModelPair;
import io.dimat.merge.Probe;
import io.dimat.network.Network;
import io.dimat.tensor.ParamVector;
import java.util.List;

/**
 * A probe whose moments were gathered beforehand, own images' and neighbours' together.
 *
 * @param own for everything that is not gathered
 * @param moments for every other model, in order, one per match point
 */
record GatheredProbe(Probe own, List<List<CrossMoments>> moments) implements Probe {
  @Override
  public Network network() {
    return own.network();
  }

  @Override
  public List<List<CrossMoments>> crossMoments(
      List<ParamVector> models, List<ModelPair> pairs, List<MatchPoint> points) {
    if (!pairs.equals(ModelPair.star(moments.size()))) {
      throw new IllegalArgumentException(
          "moments were gathered of the reference and %d others, got %s"
              .formatted(moments.size(), pairs));
    }
    return moments;
  }

  @Override
  public ParamVector recalibrated(Network network, ParamVector model) {
    return own.recalibrated(network, model);
  }
}
