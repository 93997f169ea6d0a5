package io.dimat.job;

import io.dimat.conf.CompareConfig;
import io.dimat.conf.CompareConfig.Axis;
import io.dimat.conf.Settings;
import io.dimat.conf.Variant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One point of a comparison's grid: a variant of every axis.
 *
 * @param axes as in the configuration
 * @param chosen the variant of each
 */
record CompareSetting(List<Axis> axes, List<Variant> chosen) {
  CompareSetting {
    axes = List.copyOf(axes);
    chosen = List.copyOf(chosen);
  }

  /** The grid, the last axis running fastest. */
  static List<CompareSetting> grid(CompareConfig config) {
    List<List<Variant>> grid = new ArrayList<>(List.of(List.of()));
    for (Axis axis : config.axes()) {
      List<List<Variant>> next = new ArrayList<>();
      for (List<Variant> before : grid) {
        for (Variant variant : axis.variants()) {
          List<Variant> more = new ArrayList<>(before);
          more.add(variant);
          next.add(more);
        }
      }
      grid = next;
    }
    return grid.stream().map(chosen -> new CompareSetting(config.axes(), chosen)).toList();
  }

  /** For people; empty if nothing is varied. */
  String label() {
    return chosen.stream()
        .map(Variant::label)
        .filter(label -> !label.isEmpty())
        .collect(Collectors.joining(", "));
  }

  Settings settings() {
    Settings all = Settings.NONE;
    for (Variant variant : chosen) {
      all = variant.settings().over(all);
    }
    return all;
  }

  /** The setting that stands for this one where some axes make no difference: their first value. */
  CompareSetting blind(Set<String> blindTo) {
    List<Variant> kept = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      Axis axis = axes.get(i);
      kept.add(blindTo.contains(axis.name()) ? axis.variants().get(0) : chosen.get(i));
    }
    return new CompareSetting(axes, kept);
  }

  /** Folder of its runs below that of an algorithm; empty if there is one for all. */
  String folder(Set<String> blindTo) {
    List<String> names = new ArrayList<>();
    for (int i = 0; i < axes.size(); i++) {
      String name = blindTo.contains(axes.get(i).name()) ? "" : chosen.get(i).folder();
      if (!name.isEmpty()) {
        names.add(name);
      }
    }
    return String.join("_", names);
  }
}
