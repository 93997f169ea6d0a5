package io.dimat.merge;

import io.dimat.align.BasisChange;
import io.dimat.protocol.GroupMetrics;
import io.dimat.tensor.ParamVector;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.IntStream;

/**
 * What a merge operator made.
 *
 * @param model the weighted mean, running statistics included, before any {@link Finish}
 * @param alignments by agent: what brought its model into the reference's units; agents that were
 *     taken as they are are left out
 * @param matches by agent that was aligned: how well each permutation group was matched
 * @param referenceTensors those that are the reference's alone, in the units of the merged ones;
 *     mostly none
 */
public record Merged(
    ParamVector model,
    SortedMap<Integer, BasisChange> alignments,
    SortedMap<Integer, List<GroupMetrics>> matches,
    SortedSet<String> referenceTensors) {
  public Merged {
    alignments = Collections.unmodifiableSortedMap(new TreeMap<>(alignments));
    matches = Collections.unmodifiableSortedMap(new TreeMap<>(matches));
    referenceTensors = Collections.unmodifiableSortedSet(new TreeSet<>(referenceTensors));
  }

  /** A merge in which every tensor is made of all models. */
  public Merged(
      ParamVector model,
      SortedMap<Integer, BasisChange> alignments,
      SortedMap<Integer, List<GroupMetrics>> matches) {
    this(model, alignments, matches, new TreeSet<>());
  }

  /** A merge in which every model was taken as it is. */
  public static Merged unaligned(ParamVector model) {
    return new Merged(model, new TreeMap<>(), new TreeMap<>());
  }

  /** Matching quality per permutation group, averaged over agents; empty if nothing was matched. */
  public List<GroupMetrics> groups() {
    if (matches.isEmpty()) {
      return List.of();
    }
    int groups = matches.get(matches.firstKey()).size();
    return IntStream.range(0, groups).mapToObj(this::mean).toList();
  }

  private GroupMetrics mean(int group) {
    List<GroupMetrics> rows = matches.values().stream().map(agent -> agent.get(group)).toList();
    return new GroupMetrics(
        rows.get(0).group(),
        rows.stream().mapToDouble(GroupMetrics::correlation).average().orElseThrow(),
        rows.stream().mapToDouble(GroupMetrics::identityFraction).average().orElseThrow());
  }
}
