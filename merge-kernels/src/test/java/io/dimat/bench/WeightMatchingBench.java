package io.dimat.bench;

import io.dimat.align.BlockedMatrixProduct;
import io.dimat.align.PermutationSpec;
import io.dimat.align.WeightMatch;
import io.dimat.align.WeightMatching;
import io.dimat.learn.RandomParams;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.tensor.ParamVector;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;

/**
 * Prints the CPU seconds of one weight matching of two unrelated ResNet-20 per width. Arguments:
 * widths; none means 1 4 8.
 */
public final class WeightMatchingBench {
  private static final ThreadMXBean CPU = ManagementFactory.getThreadMXBean();

  private WeightMatchingBench() {}

  public static void main(String[] widths) {
    String[] all = widths.length == 0 ? new String[] {"1", "4", "8"} : widths;
    time(1);
    for (String width : all) {
      time(Integer.parseInt(width));
    }
  }

  private static void time(int width) {
    ZooOptions options = new ZooOptions(new Shape(3, 32, 32), 10, width, Shortcut.CONV3X3);
    Network network = Zoo.create("resnet20", options);
    WeightMatching matching =
        new WeightMatching(PermutationSpec.of(network), new BlockedMatrixProduct());
    ParamVector a = RandomParams.of(network, 1);
    ParamVector b = RandomParams.of(network, 2);
    long start = CPU.getCurrentThreadCpuTime();
    WeightMatch match = matching.best(a, b, 1, 1);
    double seconds = (CPU.getCurrentThreadCpuTime() - start) * 1e-9;
    System.out.printf(
        "resnet20 width %d, %d parameters: %.2f s, %d sweeps, objective %.3f%n",
        width, network.layout().size(), seconds, match.sweeps(), match.objective());
  }
}
