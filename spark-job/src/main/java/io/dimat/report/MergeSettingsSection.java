package io.dimat.report;

import io.dimat.merge.report.MergeReport;
import java.util.List;

/** What was chosen, and which images the numbers are from. */
final class MergeSettingsSection implements MergeSection {
  @Override
  public String render(MergeReport merge) {
    DataTable table = new DataTable(List.of("setting", "value")).text(1);
    table.row(List.of("method", merge.method()));
    table.row(List.of("network", network(merge.network())));
    merge.settings().forEach(setting -> table.row(List.of(setting.name(), setting.value())));
    images(merge.images(), table);
    return Page.section("Settings and images", table.draw());
  }

  private static String network(MergeReport.Network network) {
    return "%s, %s parameters, %s batch norm"
        .formatted(
            network.name(),
            Numbers.count(network.parameters()),
            network.batchNorm() ? "with" : "without");
  }

  private static void images(MergeReport.Images images, DataTable table) {
    table.row(List.of("images from", images.source()));
    String probe = " to match units and to re-estimate statistics";
    table.row(List.of("probe", Numbers.count(images.probe()) + probe));
    table.row(List.of("scored", scored(images)));
    if (images.line() > 0) {
      table.row(List.of("along lines", Numbers.count(images.line()) + " for each loss"));
    }
  }

  private static String scored(MergeReport.Images images) {
    if (images.scored() == 0) {
      return "none: the images have no labels";
    }
    String count = Numbers.count(images.scored()) + " for loss and accuracy, ";
    return count
        + (images.separate()
            ? "none of them in the probe"
            : "some of them in the probe too, which flatters what was made with it");
  }
}
