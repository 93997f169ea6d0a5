package io.dimat.bench;

import com.sun.management.OperatingSystemMXBean;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/** Milliseconds per superstep of every round but the starting one. */
final class Laps {
  private static final OperatingSystemMXBean PROCESS =
      (OperatingSystemMXBean) ManagementFactory.getOperatingSystemMXBean();

  private final int supersteps;
  private final List<Double> wall = new ArrayList<>();
  private final List<Double> processor = new ArrayList<>();
  private long lastWall;
  private long lastProcessor;

  /** Rounds of that many supersteps. */
  Laps(int supersteps) {
    this.supersteps = supersteps;
  }

  /** A round has ended. */
  void lap(int round) {
    long now = System.nanoTime();
    long used = PROCESS.getProcessCpuTime();
    if (round > 0) {
      wall.add((now - lastWall) * 1e-6 / supersteps);
      processor.add((used - lastProcessor) * 1e-6 / supersteps);
    }
    lastWall = now;
    lastProcessor = used;
  }

  List<Double> wall() {
    return Collections.unmodifiableList(wall);
  }

  List<Double> processor() {
    return Collections.unmodifiableList(processor);
  }
}
