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
import io.dimat.tensor.Role;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalInt;
import java.util.stream.IntStream;

/**
 * REPAIR (Jordan et al. 2023, arXiv 2211.08403) for hidden layers that no batch norm follows.
 *
 * <p>Averaging two units of equal variance and correlation c shrinks their deviation by {@code
 * sqrt((1 + c) / 2)}. Per unit of such a layer, before its nonlinearity, the merged model is given
 * back mean {@code m* = sum_k w_k m_k} and deviation {@code s* = sum_k w_k s_k} of the aligned
 * models: {@code W <- f W, b <- m* + f (b - mean)} with {@code f = s* / deviation}. For a unit that
 * mixes several of a model's, its parts' means and deviations are mixed alike.
 *
 * <p>All layers are measured in one pass: a batch norm that gives a layer the scale and shift it
 * should have is put behind each, and its statistics are estimated with those of all layers before
 * it in place. The models are measured in the same way, so that what batches do to the estimates
 * cancels, and a single model stays as it is.
 *
 * <p>Layers without a bias are left alone, because they have no place for the shift; so are the
 * logits, and running statistics of batch norms elsewhere. Where a merge left a layer to the
 * reference alone, so are m* and s*.
 */
public final class Repair {
  private final MergeInput input;
  private final Merged merged;
  private final PermutationSpec spec;
  private final List<String> layers;
  private final NormalizedNetwork normalized;

  private Repair(MergeInput input, Merged merged, List<String> layers) {
    this.input = input;
    this.merged = merged;
    this.spec = PermutationSpec.of(input.network());
    this.layers = layers;
    this.normalized = NormalizedNetwork.of(input.network(), layers);
  }

  /**
   * The repaired model, or the merged one itself where no layer needs it.
   *
   * @param input what was merged; not modified
   * @param merged of that input; not modified
   */
  public static ParamVector of(MergeInput input, Merged merged) {
    List<String> layers = NormalizedNetwork.layersWithoutNorm(input.network());
    return layers.isEmpty() ? merged.model() : new Repair(input, merged, layers).repaired();
  }

  private ParamVector repaired() {
    List<List<UnitScales>> own = ownScales();
    List<List<UnitScales>> measured = new ArrayList<>();
    int k = 0;
    for (ParamVector model : input.models().values()) {
      measured.add(measured(model, own.get(k++)));
    }
    List<UnitScales> propagated = measured(merged.model(), weighted(own));
    return normalized
        .fold(merged.model(), propagated, weighted(measured))
        .withSlicesOf(Role.RUNNING_STATISTIC, merged.model());
  }

  /** Per model and layer, over all images at once: what keeps the model's function. */
  private List<List<UnitScales>> ownScales() {
    List<ParamVector> models = List.copyOf(input.models().values());
    List<ModelPair> alone =
        IntStream.range(0, models.size()).mapToObj(k -> new ModelPair(k, k)).toList();
    List<MatchPoint> points =
        IntStream.range(0, layers.size()).mapToObj(i -> new MatchPoint(i, layers.get(i))).toList();
    return input.probe().crossMoments(models, alone, points).stream()
        .map(ofModel -> ofModel.stream().map(Repair::scales).toList())
        .toList();
  }

  private static UnitScales scales(CrossMoments moments) {
    double[] deviations = moments.variancesA();
    for (int u = 0; u < deviations.length; u++) {
      deviations[u] = Math.sqrt(deviations[u]);
    }
    return new UnitScales(moments.meansA(), deviations);
  }

  /** Per layer, as batch norm sees it when every layer has the given scales. */
  private List<UnitScales> measured(ParamVector model, List<UnitScales> given) {
    ParamVector extended = normalized.extend(model, given);
    return normalized.measured(input.probe().recalibrated(normalized.network(), extended));
  }

  /** Per layer, the models' scales in merged units, weighted. */
  private List<UnitScales> weighted(List<List<UnitScales>> ofModels) {
    List<Integer> agents = List.copyOf(input.models().keySet());
    List<UnitScales> sums = new ArrayList<>();
    for (int i = 0; i < layers.size(); i++) {
      OptionalInt group = groupOf(layers.get(i));
      UnitScales sum = new UnitScales(ofModels.get(0).get(i).mean.length);
      for (int k = 0; k < agents.size(); k++) {
        UnitScales one = ofModels.get(k).get(i);
        int agent = agents.get(k);
        sum.add(
            weight(layers.get(i), agent),
            carried(agent, group, one.mean),
            carried(agent, group, one.deviation));
      }
      sums.add(sum);
    }
    return sums;
  }

  /** An agent's share in a layer. */
  private double weight(String layer, int agent) {
    return merged.referenceTensors().contains(layer + "." + ParamSpec.WEIGHT)
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
}
