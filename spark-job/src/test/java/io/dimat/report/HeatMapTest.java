package io.dimat.report;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class HeatMapTest {
  private static final Pattern CELL =
      Pattern.compile("<rect class=\"cell[^>]* x=\"([0-9.]+)\"[^>]* width=\"([0-9.]+)\"");

  @Test
  void draw_everySize_staysInsideItsWidth() {
    for (int[] size : new int[][] {{1, 1}, {5, 10}, {12, 100}, {40, 100}, {3, 1000}}) {
      for (int width : new int[] {Page.HALF, Page.WIDE}) {
        Matcher cell = CELL.matcher(map(size[0], size[1], 0.5, width));
        int cells = 0;
        for (; cell.find(); cells++) {
          double end = Double.parseDouble(cell.group(1)) + Double.parseDouble(cell.group(2));
          assertThat(end).isLessThanOrEqualTo(width);
        }
        assertThat(cells).isEqualTo(size[0] * size[1]);
      }
    }
  }

  @Test
  void draw_cellsWithRoom_haveTheirValuesInsteadOfAKey() {
    assertThat(map(5, 10, 0.5, Page.HALF)).contains("class=\"value").doesNotContain("legend");
  }

  @Test
  void draw_cellsWithoutRoom_haveAKeyInsteadOfValues() {
    assertThat(map(40, 100, 0.5, Page.WIDE)).contains("legend").doesNotContain("class=\"value");
    assertThat(map(12, 100, 0.5, Page.WIDE)).contains("legend").doesNotContain("class=\"value");
  }

  @Test
  void draw_notMeasured_isADashAndNoShade() {
    assertThat(map(2, 3, Double.NaN, Page.WIDE))
        .contains(">–</text>", "fill-opacity=\"0.02\"")
        .doesNotContain("NaN");
  }

  @Test
  void draw_longNames_areShortenedButWholeInTheHint() {
    String group = "encoder.stage3.block11.branch2.conv";
    HeatMap map = new HeatMap("map", "group", List.of(group), Numbers::hundredths);

    String svg = map.draw(List.of(new HeatMap.Row("b", List.of(0.5))), 1, Page.WIDE);

    assertThat(svg).contains("encoder.stage3.block1…</text>", "b, " + group + ": 0.50</title>");
  }

  @Test
  void every_anyStep_isTheSmallestRoundNumberWideEnough() {
    assertThat(ColumnNames.every(30, 40)).isEqualTo(1);
    assertThat(ColumnNames.every(30, 15)).isEqualTo(2);
    assertThat(ColumnNames.every(30, 7.7)).isEqualTo(5);
    assertThat(ColumnNames.every(30, 3.4)).isEqualTo(10);
    assertThat(ColumnNames.every(30, 0.7)).isEqualTo(50);
  }

  private static String map(int rows, int columns, double value, int width) {
    List<HeatMap.Row> all =
        IntStream.range(0, rows)
            .mapToObj(r -> new HeatMap.Row("agent " + r, Collections.nCopies(columns, value)))
            .toList();
    return new HeatMap("map", "class", List.of(), Numbers::hundredths).draw(all, 1, width);
  }
}
