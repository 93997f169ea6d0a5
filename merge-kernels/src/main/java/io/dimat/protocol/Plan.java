package io.dimat.protocol;

import java.util.List;

/** What a round consists of. Schedules are ordinary code: a program returns another plan. */
public sealed interface Plan {
  /** The phases in the order they run. */
  List<Phase> phases();

  /** One phase. */
  record Do(Phase phase) implements Plan {
    @Override
    public List<Phase> phases() {
      return List.of(phase);
    }
  }

  /** Plans one after the other. */
  record Seq(List<Plan> plans) implements Plan {
    public Seq {
      plans = List.copyOf(plans);
    }

    @Override
    public List<Phase> phases() {
      return plans.stream().flatMap(plan -> plan.phases().stream()).toList();
    }
  }

  /** The phases in this order. */
  static Plan of(Phase... phases) {
    return new Seq(List.of(phases).stream().map(phase -> (Plan) new Do(phase)).toList());
  }
}
