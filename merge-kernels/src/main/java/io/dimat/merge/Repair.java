package io.dimat.merge;

import io.dimat.align.BasisChange;
import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.align.PermutationGroup;
import io.dimat.align.PermutationSpec;
import io.dimat.align.PermutedAxis;
import io.dimat.learn.ModelPair;
import io.dimat.network.ParamSpec;
import io.dimat.tensor.ParamVector;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * REPAIR (Jordan et al. 2023, arXiv 2211.08403) for hidden layers that no batch norm follows.
 *
 * <p>Averaging two units of equal variance and correlation c shrinks their deviation by {@code
 * sqrt((1 + c) / 2)}. Per unit of such a layer, before its nonlinearity, the merged model is given
 * back mean {@code m* = sum_k w_k m_k} and deviation {@code s* = sum_k w_k s_k} of the aligned
 * models: {@code W <- f W, b <- m* + f (b - mean)} with {@code f = s* / deviation}. All layers are
 * measured in one pass: a batch norm with scale s* and shift m* is put behind each, its statistics
 * are estimated with those of all layers before it in place, and it is folded into the layer.
 *
 * <p>Layers without a bias are left alone, because they have no place for the shift; so are the
 * logits. Batch norms elsewhere are re-estimated in the same pass. Where a merge left a layer to
 * the reference alone, so are m* and s*.
 */
public final class Repair {
  /** A unit of less variance is as good as constant: only its mean is put right. */
  private static final double CONSTANT = 1e-12;

  private final MergeInput input;
  private final Merged merged;
  private final PermutationSpec spec;

  private Repair(MergeInput input, Merged merged) {
    this.input = input;
    this.merged = merged;
    this.spec = PermutationSpec.of(input.network());
  }

  /** Mean and deviation per unit of one layer. */
  private static final class Target {
    final double[] mean;
    final double[] deviation;

    Target(int units) {
      this.mean = new double[units];
      this.deviation = new double[units];
    }
  }

  /**
   * The repaired model, or the merged one itself where no layer needs it.
   *
   * @param input what was merged; not modified
   * @param merged of that input; not modified
   */
  public static ParamVector of(MergeInput input, Merged merged) {
    List<String> layers = NormalizedNetwork.layersWithoutNorm(input.network());
    return layers.isEmpty() ? merged.model() : new Repair(input, merged).repaired(layers);
  }

  private ParamVector repaired(List<String> layers) {
    List<Target> targets = targets(layers);
    NormalizedNetwork normalized = NormalizedNetwork.of(input.network(), layers);
    ParamVector model = normalized.extend(merged.model());
    for (int i = 0; i < layers.size(); i++) {
      Target target = targets.get(i);
      String norm = NormalizedNetwork.normOf(layers.get(i)) + ".";
      model = model.with(norm + ParamSpec.WEIGHT, floats(target.deviation));
      model = model.with(norm + ParamSpec.BIAS, floats(target.mean));
    }
    ParamVector measured = input.probe().recalibrated(normalized.network(), model);
    return normalized.fold(measured, CONSTANT);
  }

  private List<Target> targets(List<String> layers) {
    List<ParamVector> models = List.copyOf(input.models().values());
    List<ModelPair> alone =
        IntStream.range(0, models.size()).mapToObj(k -> new ModelPair(k, k)).toList();
    List<MatchPoint> points =
        IntStream.range(0, layers.size()).mapToObj(i -> new MatchPoint(i, layers.get(i))).toList();
    List<List<CrossMoments>> moments = input.probe().crossMoments(models, alone, points);
    return IntStream.range(0, layers.size())
        .mapToObj(i -> target(layers.get(i), moments.stream().map(m -> m.get(i)).toList()))
        .toList();
  }

  private Target target(String layer, List<CrossMoments> ofModels) {
    OptionalInt group = groupOf(layer);
    List<Integer> agents = List.copyOf(input.models().keySet());
    Target target = new Target(ofModels.get(0).units());
    for (int k = 0; k < agents.size(); k++) {
      double weight = weight(layer, agents.get(k));
      CrossMoments moments = ofModels.get(k);
      add(target.mean, weight, carried(agents.get(k), group, moments.meansA()));
      add(target.deviation, weight, carried(agents.get(k), group, deviations(moments)));
    }
    return target;
  }

  /** An agent's share in a layer. */
  private double weight(String layer, int agent) {
    return merged.ownTensors().contains(layer + "." + ParamSpec.WEIGHT)
        ? agent == input.reference() ? 1 : 0
        : input.weights().get(agent);
  }

  private double[] carried(int agent, OptionalInt group, double[] perUnit) {
    BasisChange change = merged.alignments().get(agent);
    return change == null || group.isEmpty() ? perUnit : change.carry(group.getAsInt(), perUnit);
  }

  /** The group that a layer's units belong to; none if they keep their order. */
  private OptionalInt groupOf(String layer) {
    String weight = layer + "." + ParamSpec.WEIGHT;
    return spec.groups().stream()
        .filter(g -> g.axes().stream().anyMatch(axis -> isRowsOf(weight, axis)))
        .mapToInt(PermutationGroup::index)
        .findFirst();
  }

  private static boolean isRowsOf(String tensor, PermutedAxis axis) {
    return axis.axis() == 0 && axis.tensor().equals(tensor);
  }

  private static double[] deviations(CrossMoments moments) {
    double[] deviations = moments.variancesA();
    for (int u = 0; u < deviations.length; u++) {
      deviations[u] = Math.sqrt(deviations[u]);
    }
    return deviations;
  }

  private static void add(double[] sum, double weight, double[] values) {
    for (int u = 0; u < sum.length; u++) {
      sum[u] += weight * values[u];
    }
  }

  private static float[] floats(double[] values) {
    float[] floats = new float[values.length];
    for (int i = 0; i < floats.length; i++) {
      floats[i] = (float) values[i];
    }
    return floats;
  }
}
