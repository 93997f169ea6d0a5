package io.dimat.align;

import io.dimat.network.Network;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Turns traced units into numbered groups, and the units that cannot move into sentences. */
final class GroupBuilder {
  private final Network network;
  private final UnitTracing tracing;
  private final UnitSpaces spaces;

  private GroupBuilder(Network network) {
    this.network = network;
    this.tracing = UnitTracing.of(network);
    this.spaces = tracing.spaces();
  }

  static PermutationSpec build(Network network) {
    return new GroupBuilder(network).build();
  }

  private PermutationSpec build() {
    Map<Integer, List<PermutedAxis>> axes = axesBySpace();
    List<PermutationGroup> groups = new ArrayList<>();
    List<String> fixed = new ArrayList<>();
    for (int space : spaces.classes()) {
      if (spaces.isFixed(space)) {
        fixed.add(sentence(space));
      } else {
        groups.add(group(groups.size(), space, axes.get(space)));
      }
    }
    return new PermutationSpec(network.layout(), groups, fixed);
  }

  private PermutationGroup group(int index, int space, List<PermutedAxis> axes) {
    List<String> makers = spaces.makers(space);
    String name = makers.get(0);
    List<String> observed = observedAt(space);
    List<MatchPoint> nonlinear =
        observed.stream()
            .filter(tracing::isNonlinear)
            .map(layer -> new MatchPoint(index, layer))
            .toList();
    MatchPoint last =
        nonlinear.isEmpty()
            ? new MatchPoint(index, observed.get(observed.size() - 1))
            : nonlinear.get(nonlinear.size() - 1);
    return new PermutationGroup(
        index,
        name,
        network.shape(name).channels(),
        makers,
        spaces.ties(space),
        axes,
        last,
        nonlinear);
  }

  /** Layers whose channels are exactly these units, in topological order. */
  private List<String> observedAt(int space) {
    List<String> layers = new ArrayList<>();
    for (Map.Entry<String, List<UnitSegment>> output : tracing.outputs().entrySet()) {
      List<UnitSegment> axis = output.getValue();
      if (axis.size() == 1
          && axis.get(0).repeat() == 1
          && spaces.find(axis.get(0).space()) == space) {
        layers.add(output.getKey());
      }
    }
    return layers;
  }

  private Map<Integer, List<PermutedAxis>> axesBySpace() {
    Map<Integer, List<PermutedAxis>> bySpace = new TreeMap<>();
    tracing
        .tensors()
        .forEach(
            (tensor, axes) -> {
              for (int axis = 0; axis < axes.size(); axis++) {
                int offset = 0;
                for (UnitSegment segment : axes.get(axis)) {
                  bySpace
                      .computeIfAbsent(spaces.find(segment.space()), s -> new ArrayList<>())
                      .add(new PermutedAxis(tensor, axis, offset, segment.repeat()));
                  offset += segment.length();
                }
              }
            });
    return bySpace;
  }

  private String sentence(int space) {
    StringBuilder text = new StringBuilder("the units of ");
    text.append(String.join(", ", spaces.makers(space))).append(" keep their order: ");
    text.append(String.join("; ", spaces.fixings(space)));
    List<String> ties = spaces.ties(space);
    if (!ties.isEmpty()) {
      text.append(" (").append(String.join("; ", ties)).append(")");
    }
    return text.toString();
  }
}
