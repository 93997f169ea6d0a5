package io.dimat.conf;

import io.dimat.conf.ConfigKey.Effect;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** A configuration as text for people, and its fingerprint as text for comparison. */
final class ConfigText {
  private static final String ABSENT = "not there";

  private ConfigText() {}

  static String render(RunConfig config) {
    StringBuilder text =
        new StringBuilder("# The resolved configuration of one run. It can be run again.\n");
    String open = "";
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      int dot = key.path().lastIndexOf('.');
      String group = dot < 0 ? "" : key.path().substring(0, dot);
      if (!group.equals(open)) {
        text.append(open.isEmpty() ? "\n" : "}\n\n").append(group.isEmpty() ? "" : group + " {\n");
        open = group;
      }
      String indent = group.isEmpty() ? "" : "  ";
      text.append(indent).append("# ").append(key.description()).append('\n');
      text.append(indent).append("# (").append(key.type().allowed()).append(")\n");
      text.append(indent)
          .append(key.path().substring(dot + 1))
          .append(" = ")
          .append(key.render(config))
          .append('\n');
    }
    return text.append(open.isEmpty() ? "" : "}\n").toString();
  }

  static String fingerprint(RunConfig config) {
    return ConfigKeys.ALL.stream()
        .filter(key -> key.effect() == Effect.FINGERPRINT)
        .map(key -> key.path() + " = " + key.render(config) + "\n")
        .collect(Collectors.joining());
  }

  static List<String> difference(String earlier, String now) {
    Map<String, String> was = entries(earlier);
    Map<String, String> is = entries(now);
    Set<String> keys = new LinkedHashSet<>(is.keySet());
    keys.addAll(was.keySet());
    List<String> lines = new ArrayList<>();
    for (String key : keys) {
      String before = was.getOrDefault(key, ABSENT);
      String after = is.getOrDefault(key, ABSENT);
      if (!before.equals(after)) {
        lines.add(key + ": was " + before + ", is " + after);
      }
    }
    return List.copyOf(lines);
  }

  private static Map<String, String> entries(String fingerprint) {
    Map<String, String> entries = new LinkedHashMap<>();
    for (String line : fingerprint.lines().toList()) {
      int sign = line.indexOf(" = ");
      if (sign > 0) {
        entries.put(line.substring(0, sign), line.substring(sign + 3));
      }
    }
    return entries;
  }
}
