package io.dimat.bench;

import io.dimat.network.Network;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.StateCodec;
import io.dimat.store.RunFolder;
import io.dimat.store.StateRef;
import io.dimat.store.StateStore;
import io.dimat.tensor.ParamVector;
import java.io.PrintStream;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.apache.hadoop.conf.Configuration;

/** What one agent's part of a superstep costs without Spark, on one thread. */
final class StateCosts {
  private static final int TIMES = 200;

  private StateCosts() {}

  /** The state of a gossip superstep: a model and the vector that is sent. */
  private static AgentState state(Network network) {
    float[] values = new float[network.layout().size()];
    for (int i = 0; i < values.length; i++) {
      values[i] = (float) Math.sin(i);
    }
    ParamVector model = ParamVector.of(network.layout(), values);
    return AgentState.ofModel(model).with("sent", model.trainable().times(0.9));
  }

  static void print(PrintStream out, Network network, Path folder) {
    AgentState state = state(network);
    ParamVector x = state.vector("sent");
    RunFolder files = new RunFolder(folder.toString(), new Configuration());
    StateStore store = new StateStore(files, network.layout());
    byte[] bytes = StateCodec.encode(state, network.layout());
    List<StateRef> written = new ArrayList<>();
    out.printf(
        Locale.ROOT,
        "one agent, %d bytes, ms (least of %d): encode %.2f, one more SHA-256 %.2f, create file %.2f,"
            + " write state %.2f, read state %.2f, delete %.2f, mix three %.2f%n",
        bytes.length,
        TIMES,
        least(i -> StateCodec.encode(state, network.layout())),
        least(i -> StateStore.sha256(bytes)),
        least(i -> files.create("files/" + i, bytes)),
        least(i -> written.add(store.write(1, "passing", 0, "x." + i, state))),
        least(i -> store.read(written.get(i))),
        least(i -> store.delete(written.get(i))),
        least(i -> ParamVector.weightedSum(new double[] {0.4, 0.3, 0.3}, List.of(x, x, x))));
  }

  private interface Work {
    void run(int time);
  }

  private static double least(Work work) {
    double least = Double.POSITIVE_INFINITY;
    for (int i = 0; i < TIMES; i++) {
      long begin = System.nanoTime();
      work.run(i);
      least = Math.min(least, (System.nanoTime() - begin) * 1e-6);
    }
    return least;
  }
}
