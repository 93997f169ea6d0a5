package io.dimat.merge;

import io.dimat.align.BasisChange;
import io.dimat.align.ContentOrder;
import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoints;
import io.dimat.align.PermutationSpec;
import io.dimat.align.Trunk;
import io.dimat.align.UnitZip;
import io.dimat.align.ZipMatching;
import io.dimat.learn.ModelPair;
import io.dimat.network.Network;
import io.dimat.protocol.GroupMetrics;
import io.dimat.protocol.Metric;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Zipping (ZipIt, arXiv 2305.03053): units that do the same on the probe are averaged, whether they
 * are of different models or of one; nobody's units are kept, the reference's neither. A merged
 * unit weighs its parts by the weights of their models. Models of weight 0 are left out.
 *
 * <p>With {@code until} only the trunk up to that group is zipped. The paper then keeps a head per
 * model; the result here is that network seen through the reference's head, which reads the merged
 * units as the paper's head of that model does. So every agent shares the trunk and keeps a head of
 * its own, its logits layer included.
 *
 * <p>Cost for K models: K forward passes, {@code K (K + 1) / 2} products per match point, {@code
 * O((K C)^2)} memory per group of C units.
 *
 * @param rules of the greedy merging of units
 * @param points where groups are observed
 * @param until name of the last permutation group that is zipped; empty for all of the network
 */
public record ZipMerge(UnitZip rules, MatchPoints points, String until) implements MergeOperator {
  @Override
  public String name() {
    return until.isEmpty() ? "zipping" : "zipping up to " + until;
  }

  @Override
  public boolean aligns() {
    return true;
  }

  @Override
  public boolean mixesUnits() {
    return true;
  }

  @Override
  public boolean changesReference() {
    return true;
  }

  @Override
  public Optional<String> refusal(Network network) {
    return until.isEmpty()
        ? Optional.empty()
        : Trunk.refusal(network, PermutationSpec.of(network), until);
  }

  /**
   * Zips.
   *
   * @throws IllegalArgumentException if a weight is negative or the reference's is 0, or if the
   *     network has no trunk that ends with {@code until}
   */
  @Override
  public Merged merge(MergeInput input) {
    List<Integer> agents = withShare(input);
    if (agents.size() == 1) {
      return Merged.unaligned(input.referenceModel());
    }
    PermutationSpec spec = PermutationSpec.of(input.network());
    Trunk trunk = until.isEmpty() ? Trunk.whole(spec) : Trunk.until(input.network(), spec, until);
    List<ParamVector> models = models(input, agents);
    double[] weights = agents.stream().mapToDouble(agent -> input.weights().get(agent)).toArray();
    ZipMatching zip =
        input
            .recorder()
            .timed(Metric.SECONDS_ALIGN, () -> match(spec, trunk, models, weights, input.probe()));
    return input
        .recorder()
        .timed(
            Metric.SECONDS_MERGE,
            () -> merged(average(spec, trunk, models, weights, zip), agents, zip, trunk));
  }

  private ZipMatching match(
      PermutationSpec spec, Trunk trunk, List<ParamVector> models, double[] weights, Probe probe) {
    List<List<CrossMoments>> moments =
        probe.crossMoments(models, ModelPair.all(models.size()), spec.matchPoints(points));
    return ZipMatching.match(spec, moments, points, weights, rules, trunk.groups());
  }

  /** The weighted sum in the trunk, the reference's own in the head. */
  private static ParamVector average(
      PermutationSpec spec,
      Trunk trunk,
      List<ParamVector> models,
      double[] weights,
      ZipMatching zip) {
    List<ParamVector> changed = new ArrayList<>();
    for (int k = 0; k < models.size(); k++) {
      changed.add(zip.alignments().get(k).applyTo(spec, models.get(k)));
    }
    ParamVector model = ParamVector.weightedSum(weights, changed);
    for (String tensor : trunk.head()) {
      model = model.with(tensor, changed.get(0).slice(tensor));
    }
    return model;
  }

  private static List<ParamVector> models(MergeInput input, List<Integer> agents) {
    return agents.stream().map(agent -> input.models().get(agent)).toList();
  }

  /** Agents that have a part in the merge: the reference, then the others by content. */
  private static List<Integer> withShare(MergeInput input) {
    input
        .weights()
        .forEach(
            (agent, weight) -> {
              if (weight < 0 || (weight == 0 && agent == input.reference())) {
                throw new IllegalArgumentException(
                    "zipping needs weights of at least 0, above 0 for the reference, got %s for agent %d"
                        .formatted(weight, agent));
              }
            });
    List<Integer> agents =
        input.models().keySet().stream().filter(agent -> input.weights().get(agent) > 0).toList();
    int reference = agents.indexOf(input.reference());
    return ContentOrder.referenceFirst(models(input, agents), reference).stream()
        .map(agents::get)
        .toList();
  }

  /** The zip as a whole is reported for every model that was zipped with the reference. */
  private static Merged merged(
      ParamVector model, List<Integer> agents, ZipMatching zip, Trunk trunk) {
    List<GroupMetrics> groups =
        zip.groups().stream()
            .map(g -> new GroupMetrics(g.name(), g.correlation(), g.identityFraction()))
            .toList();
    SortedMap<Integer, BasisChange> changes = new TreeMap<>();
    SortedMap<Integer, List<GroupMetrics>> matches = new TreeMap<>();
    for (int k = 0; k < agents.size(); k++) {
      changes.put(agents.get(k), zip.alignments().get(k));
      if (k > 0) {
        matches.put(agents.get(k), groups);
      }
    }
    return new Merged(model, changes, matches, trunk.head());
  }
}
