package io.dimat.align;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Union-find over spaces of units: every layer that makes units opens a space, every sum and every
 * depthwise convolution unites some, and whatever must keep its order is fixed for its whole class.
 */
final class UnitSpaces {
  private final List<Integer> parents = new ArrayList<>();
  private final List<String> makers = new ArrayList<>();
  private final List<Reason> ties = new ArrayList<>();
  private final List<Reason> fixings = new ArrayList<>();

  /** Why a space is tied or fixed. */
  private record Reason(int space, String text) {}

  /** Opens the space of units that a layer makes. */
  int open(String maker) {
    parents.add(parents.size());
    makers.add(maker);
    return parents.size() - 1;
  }

  /** The smallest space of the class: its first maker in topological order. */
  int find(int space) {
    int root = space;
    while (parents.get(root) != root) {
      root = parents.get(root);
    }
    parents.set(space, root);
    return root;
  }

  void unite(int a, int b, String reason) {
    int first = Math.min(find(a), find(b));
    parents.set(Math.max(find(a), find(b)), first);
    ties.add(new Reason(first, reason));
  }

  void fix(int space, String reason) {
    fixings.add(new Reason(space, reason));
  }

  boolean isFixed(int space) {
    return fixings.stream().anyMatch(f -> find(f.space) == find(space));
  }

  /** One space per class, in topological order of their first makers. */
  List<Integer> classes() {
    return List.copyOf(new TreeSet<>(parents.stream().map(this::find).toList()));
  }

  /** Layers that make units of the class, in topological order. */
  List<String> makers(int space) {
    List<String> names = new ArrayList<>();
    for (int s = 0; s < parents.size(); s++) {
      if (find(s) == find(space) && !names.contains(makers.get(s))) {
        names.add(makers.get(s));
      }
    }
    return names;
  }

  List<String> ties(int space) {
    return texts(ties, space);
  }

  List<String> fixings(int space) {
    return texts(fixings, space);
  }

  private List<String> texts(List<Reason> reasons, int space) {
    return reasons.stream()
        .filter(r -> find(r.space) == find(space))
        .map(Reason::text)
        .distinct()
        .toList();
  }
}
