package io.dimat.job;

import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Settings of methods that change nothing for the method that runs. They are found by planning the
 * run without each: programs are values, and equal programs do the same.
 */
final class UnreadSettings {
  private UnreadSettings() {}

  /** One line for every setting that is not the default and not read. */
  static List<String> notes(JobPlan plan) {
    return of(plan).entrySet().stream()
        .map(
            setting ->
                "%s = %s changes nothing: algorithm = %s, as it is configured, does not read it"
                    .formatted(setting.getKey(), setting.getValue(), plan.config().algorithm()))
        .toList();
  }

  /** Values by key. */
  static SortedMap<String, String> of(JobPlan plan) {
    SortedMap<String, String> unread = new TreeMap<>(plan.config().chosenForMethods());
    unread.keySet().removeIf(plan::reads);
    return unread;
  }
}
