package io.dimat.job;

import io.dimat.protocol.Course;
import io.dimat.protocol.Plan;
import java.util.List;
import java.util.TreeMap;

/** How many Spark jobs a segment is. */
final class Supersteps {
  private Supersteps() {}

  /** As if whatever is repeated until something holds were repeated no more. */
  static int atLeast(Plan.Segment segment) {
    int[] count = {0};
    List<Plan> before = segment.before().stream().map(Supersteps::certain).toList();
    Course.run(
        new Plan.Segment(before, segment.last()),
        0,
        (superstep, committed) -> {
          count[0]++;
          return new TreeMap<>();
        });
    return count[0];
  }

  private static Plan certain(Plan plan) {
    if (plan instanceof Plan.Seq seq) {
      return new Plan.Seq(seq.plans().stream().map(Supersteps::certain).toList());
    }
    if (plan instanceof Plan.Iterate iterate) {
      return new Plan.Iterate(iterate.first(), iterate.times(), certain(iterate.body()));
    }
    // Asking whether it holds ends a superstep, even if it does at once.
    return plan instanceof Plan.RepeatUntil repeat
        ? new Plan.RepeatUntil(repeat.body(), measured -> true, repeat.most())
        : plan;
  }
}
