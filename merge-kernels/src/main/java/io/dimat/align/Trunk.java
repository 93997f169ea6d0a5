package io.dimat.align;

import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.tensor.ParamSlice;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * The part of a network that several models may share, from the images up to one permutation group.
 * What lies behind it is the head, which every model keeps for itself (partial zipping, ZipIt,
 * arXiv 2305.03053).
 *
 * <p>A trunk ends with the last layer that makes or normalises the named group's units, in the
 * network's order of layers. Every other group lies either before that end or behind it: a network
 * with residual streams can be cut between its stages, not inside one, because the stream that goes
 * on would have its units from both sides.
 *
 * @param groups indices of the permutation groups inside
 * @param head names of the tensors behind
 */
public record Trunk(SortedSet<Integer> groups, SortedSet<String> head) {
  public Trunk {
    groups = Collections.unmodifiableSortedSet(new TreeSet<>(groups));
    head = Collections.unmodifiableSortedSet(new TreeSet<>(head));
  }

  /** All of a network, with no head. */
  public static Trunk whole(PermutationSpec spec) {
    return new Trunk(
        spec.groups().stream()
            .map(PermutationGroup::index)
            .collect(Collectors.toCollection(TreeSet::new)),
        new TreeSet<>());
  }

  /**
   * The trunk that ends with a group.
   *
   * @param spec of the network
   * @param group name of a permutation group
   * @throws IllegalArgumentException as {@link #refusal} says
   */
  public static Trunk until(Network network, PermutationSpec spec, String group) {
    refusal(network, spec, group)
        .ifPresent(
            line -> {
              throw new IllegalArgumentException(line);
            });
    Cuts cuts = new Cuts(network, spec);
    int end = cuts.last(cuts.named(group).orElseThrow());
    TreeSet<Integer> inside =
        spec.groups().stream()
            .filter(g -> cuts.last(g) <= end)
            .map(PermutationGroup::index)
            .collect(Collectors.toCollection(TreeSet::new));
    TreeSet<String> behind =
        network.layout().slices().stream()
            .map(ParamSlice::name)
            .filter(tensor -> cuts.layerOf(tensor) > end)
            .collect(Collectors.toCollection(TreeSet::new));
    return new Trunk(inside, behind);
  }

  /** Why no trunk ends with a group of that name, in one line; empty if one does. */
  public static Optional<String> refusal(Network network, PermutationSpec spec, String group) {
    List<String> ends = new Cuts(network, spec).ends();
    return ends.contains(group)
        ? Optional.empty()
        : Optional.of(
            "zipping must end with a group that no other goes on beside, of network %s one of %s, got %s"
                .formatted(network.name(), ends, group));
  }

  /** Positions of layers, and where a network can be cut. */
  private record Cuts(List<String> layers, PermutationSpec spec) {
    Cuts(Network network, PermutationSpec spec) {
      this(network.layers().stream().map(Layer::name).toList(), spec);
    }

    int layerOf(String tensor) {
      return layers.indexOf(tensor.substring(0, tensor.lastIndexOf('.')));
    }

    Optional<PermutationGroup> named(String group) {
      return spec.groups().stream().filter(g -> g.name().equals(group)).findFirst();
    }

    List<String> ends() {
      return spec.groups().stream()
          .filter(end -> spec.groups().stream().allMatch(g -> isOneSided(g, last(end))))
          .map(PermutationGroup::name)
          .toList();
    }

    int last(PermutationGroup group) {
      return makers(group).max().orElseThrow();
    }

    private boolean isOneSided(PermutationGroup group, int end) {
      return last(group) <= end || makers(group).min().orElseThrow() > end;
    }

    private IntStream makers(PermutationGroup group) {
      return group.axes().stream()
          .filter(axis -> axis.axis() == 0)
          .mapToInt(axis -> layerOf(axis.tensor()));
    }
  }
}
