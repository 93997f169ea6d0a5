package io.dimat.shard;

import io.dimat.partition.LabelSkew;
import java.util.ArrayList;
import java.util.List;

/**
 * Labels per agent as text: one line per agent, one column per class, or a summary where classes
 * are many. The column {@code skew} is the agent's distance in {@link LabelSkew}: 0 for the same
 * labels as all agents together, near 1 for nothing in common.
 */
public final class HistogramTable {
  private static final int MOST_COLUMNS = 20;

  private final List<String> classNames;
  private final List<BlockFile> agents;
  private final LabelSkew skew;

  public HistogramTable(ShardManifest manifest) {
    this.classNames = manifest.spec().dataset().classNames();
    this.agents = manifest.agents();
    this.skew = manifest.labelSkew();
  }

  /** The table; lines end in line feeds. */
  @Override
  public String toString() {
    List<List<String>> lines = new ArrayList<>();
    lines.add(head());
    for (int agent = 0; agent < agents.size(); agent++) {
      lines.add(line(agent));
    }
    return aligned(lines);
  }

  private List<String> head() {
    List<String> head = new ArrayList<>(List.of("agent", "images", "skew"));
    head.addAll(wide() ? List.of("classes", "fewest", "most") : classNames);
    return head;
  }

  private List<String> line(int agent) {
    BlockFile block = agents.get(agent);
    List<String> line =
        new ArrayList<>(
            List.of(
                Integer.toString(agent),
                Integer.toString(block.count()),
                String.format(java.util.Locale.ROOT, "%.2f", skew.distances().get(agent))));
    if (wide()) {
      List<Integer> present = block.histogram().stream().filter(n -> n > 0).sorted().toList();
      line.add(Integer.toString(present.size()));
      line.add(present.get(0).toString());
      line.add(present.get(present.size() - 1).toString());
    } else {
      block.histogram().forEach(n -> line.add(n == 0 ? "." : n.toString()));
    }
    return line;
  }

  private boolean wide() {
    return classNames.size() > MOST_COLUMNS;
  }

  private static String aligned(List<List<String>> lines) {
    StringBuilder text = new StringBuilder();
    for (List<String> line : lines) {
      for (int column = 0; column < line.size(); column++) {
        int at = column;
        int width = lines.stream().mapToInt(l -> l.get(at).length()).max().orElse(0);
        text.append(column == 0 ? "" : "  ")
            .append(" ".repeat(width - line.get(column).length()))
            .append(line.get(column));
      }
      text.append('\n');
    }
    return text.toString();
  }
}
