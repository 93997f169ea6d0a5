package io.dimat.align;

import io.dimat.network.Network;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/**
 * Which units of a network may change places without changing its function, derived from its graph.
 *
 * <p>Every convolution and dense layer makes units; batch norm, activations and pools pass them on;
 * a sum ties the units of its branches, a depthwise convolution its outputs to its inputs; flatten
 * repeats each unit once per position, channel-major; concat puts units side by side, each with a
 * permutation of its own. The channels of the images and the logits keep their order, and so do
 * both sides of any other convolution in groups.
 *
 * <p>A group is observed at the last activation, in topological order, whose channels are exactly
 * its units: a residual stream at the last block of its stage, as in the official code. Without
 * one, it is observed at the last layer whose channels are exactly its units.
 */
public final class PermutationSpec implements Serializable {
  private static final long serialVersionUID = 1L;

  private final ParamLayout layout;
  private final ParamLayout trainable;
  private final List<PermutationGroup> groups;
  private final List<String> fixed;
  private final TreeMap<String, List<Follower>> followers = new TreeMap<>();

  /** A stretch of a tensor's axis and the group it follows. */
  record Follower(int group, PermutedAxis stretch) implements Serializable {}

  PermutationSpec(ParamLayout layout, List<PermutationGroup> groups, List<String> fixed) {
    this.layout = layout;
    this.trainable = layout.trainable();
    this.groups = List.copyOf(groups);
    this.fixed = List.copyOf(fixed);
    for (PermutationGroup group : groups) {
      for (PermutedAxis axis : group.axes()) {
        followers
            .computeIfAbsent(axis.tensor(), name -> new ArrayList<>())
            .add(new Follower(group.index(), axis));
      }
    }
  }

  /** The groups of a network, in topological order of the first layer that makes their units. */
  public static PermutationSpec of(Network network) {
    return GroupBuilder.build(network);
  }

  /** Layout of the vectors that {@link #apply} takes. */
  public ParamLayout layout() {
    return layout;
  }

  public List<PermutationGroup> groups() {
    return groups;
  }

  /** One match point per group, in order. */
  public List<MatchPoint> matchPoints() {
    return matchPoints(MatchPoints.LAST);
  }

  /**
   * Points to observe, in the order of the groups; several of one group in topological order.
   * {@link ActivationMatching} adds their moments.
   */
  public List<MatchPoint> matchPoints(MatchPoints which) {
    return groups.stream().flatMap(group -> which.of(group).stream()).toList();
  }

  /**
   * Units that keep their order and why, one sentence per set of layers; the images and the logits
   * are always among them.
   */
  public List<String> fixed() {
    return fixed;
  }

  /**
   * The vector with every axis gathered by its group's permutation: weights, biases, batch-norm
   * scale and shift, running mean and running variance.
   *
   * @param vector of the network's layout or of its trainable part (an optimizer's slots); not
   *     modified
   * @throws IllegalArgumentException if the alignment or the layout is another network's
   */
  public ParamVector apply(Alignment alignment, ParamVector vector) {
    requireSizes(alignment.permutations().stream().map(Permutation::size).toList());
    requireLayout(vector);
    float[] source = vector.toArray();
    float[] target = source.clone();
    for (ParamSlice slice : vector.layout().slices()) {
      if (followers(slice.name()).stream().anyMatch(f -> !alignment.get(f.group).isIdentity())) {
        gather(slice, alignment).gather(source, slice.offset(), target, slice.offset());
      }
    }
    return ParamVector.of(vector.layout(), target);
  }

  /** Refuses what was made for groups of other sizes. */
  void requireSizes(List<Integer> got) {
    List<Integer> sizes = groups.stream().map(PermutationGroup::size).toList();
    if (!sizes.equals(got)) {
      throw new IllegalArgumentException(
          "an alignment needs permutations of sizes " + sizes + ", got " + got);
    }
  }

  /** Refuses vectors that are neither of the network's layout nor of its trainable part. */
  void requireLayout(ParamVector vector) {
    if (!vector.layout().equals(layout) && !vector.layout().equals(trainable)) {
      throw new IllegalArgumentException(
          "an alignment applies to vectors of " + layout + " or " + trainable + ", got " + vector);
    }
  }

  /** The stretches of a tensor that follow groups; empty if none does. */
  List<Follower> followers(String tensor) {
    return followers.getOrDefault(tensor, List.of());
  }

  /** Gathers both axes of a tensor. */
  TensorGather gather(ParamSlice slice, Alignment alignment) {
    return gather(slice, followers(slice.name()), alignment);
  }

  /** Gathers one axis of a tensor, 0 or 1, and leaves the other as it is. */
  TensorGather gatherAxis(ParamSlice slice, int axis, Alignment alignment) {
    List<Follower> along =
        followers(slice.name()).stream().filter(f -> f.stretch.axis() == axis).toList();
    return gather(slice, along, alignment);
  }

  private static TensorGather gather(ParamSlice slice, List<Follower> axes, Alignment alignment) {
    int rows = slice.shape().get(0);
    int columns = slice.shape().size() > 1 ? slice.shape().get(1) : 1;
    return new TensorGather(
        indices(rows, 0, axes, alignment),
        indices(columns, 1, axes, alignment),
        slice.length() / (rows * columns));
  }

  /** Old index per new index of one axis; what follows no group stays. */
  private static int[] indices(
      int length, int axis, List<Follower> followers, Alignment alignment) {
    int[] from = new int[length];
    Arrays.setAll(from, i -> i);
    for (Follower follower : followers) {
      PermutedAxis stretch = follower.stretch;
      if (stretch.axis() == axis) {
        Permutation permutation = alignment.get(follower.group);
        int repeat = stretch.repeat();
        for (int i = 0; i < permutation.size() * repeat; i++) {
          from[stretch.offset() + i] =
              stretch.offset() + permutation.get(i / repeat) * repeat + i % repeat;
        }
      }
    }
    return from;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof PermutationSpec that
        && layout.equals(that.layout)
        && groups.equals(that.groups)
        && fixed.equals(that.fixed);
  }

  @Override
  public int hashCode() {
    return groups.hashCode();
  }

  @Override
  public String toString() {
    return "PermutationSpec[" + groups.size() + " groups]";
  }
}
