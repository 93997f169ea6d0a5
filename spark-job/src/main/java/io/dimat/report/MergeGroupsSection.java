package io.dimat.report;

import io.dimat.merge.report.GroupQuality;
import io.dimat.merge.report.MergeReport;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** How well the units of each parent found counterparts in the reference, by group. */
final class MergeGroupsSection implements MergeSection {
  @Override
  public String render(MergeReport merge) {
    return merge.groups().isEmpty()
        ? ""
        : Page.section("Matching quality", map(merge.groups()), tables(merge.groups()));
  }

  private static String map(List<GroupQuality> groups) {
    List<String> names =
        List.copyOf(new LinkedHashSet<>(groups.stream().map(GroupQuality::group).toList()));
    List<HeatMap.Row> rows = new ArrayList<>();
    byParent(groups)
        .forEach(
            (parent, own) -> {
              rows.add(row(parent + ", before", names, own, GroupQuality::correlationBefore));
              rows.add(row(parent + ", after", names, own, GroupQuality::correlationAfter));
            });
    String title = "Correlation with the reference, before and after matching";
    HeatMap map = new HeatMap(title, "permutation group", names, Numbers::hundredths);
    return Page.figure(
        title,
        map.draw(rows, 1, Page.WIDE),
        "Mean correlation of units on the probe, by permutation group from the input to the output: "
            + "before matching that of units of equal index, after it that of units that were "
            + "matched. 1 is a perfect match; a pale group after matching is where the merge loses.");
  }

  private static HeatMap.Row row(
      String label,
      List<String> names,
      Map<String, GroupQuality> groups,
      ToDoubleFunction<GroupQuality> quantity) {
    List<Double> values = new ArrayList<>();
    for (String name : names) {
      values.add(groups.containsKey(name) ? quantity.applyAsDouble(groups.get(name)) : Double.NaN);
    }
    return new HeatMap.Row(label, values);
  }

  private static Map<String, Map<String, GroupQuality>> byParent(List<GroupQuality> groups) {
    Map<String, Map<String, GroupQuality>> parents = new LinkedHashMap<>();
    for (GroupQuality group : groups) {
      parents
          .computeIfAbsent(group.parent(), parent -> new LinkedHashMap<>())
          .put(group.group(), group);
    }
    return parents;
  }

  private static String tables(List<GroupQuality> groups) {
    Markup html = new Markup();
    byParent(groups)
        .forEach(
            (parent, own) -> {
              html.open("details").leaf("summary", "All numbers of " + parent);
              html.add(table(List.copyOf(own.values()))).close("details");
            });
    return html.toString();
  }

  private static String table(List<GroupQuality> groups) {
    DataTable table =
        new DataTable(
            List.of(
                "permutation group",
                "units",
                "correlation before",
                "correlation after",
                "matched to themselves",
                "dead units",
                "tied units"));
    for (GroupQuality g : groups) {
      table.row(
          List.of(
              g.group(),
              Numbers.count(g.units()),
              shown(g.correlationBefore()),
              shown(g.correlationAfter()),
              shown(g.identityFraction()),
              Numbers.count(g.deadUnits()),
              Numbers.count(g.tiedUnits())));
    }
    return table.draw();
  }

  private static String shown(double value) {
    return Double.isFinite(value) ? Numbers.thousandths(value) : "";
  }
}
