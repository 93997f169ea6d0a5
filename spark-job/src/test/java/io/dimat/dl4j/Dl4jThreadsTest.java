package io.dimat.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.learn.Batches;
import io.dimat.learn.OptimizerSpec;
import io.dimat.learn.RandomParams;
import io.dimat.learn.SyntheticImages;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.Test;
import org.nd4j.nativeblas.NativeOpsHolder;

/** Learners side by side in one JVM, as tasks of one executor are. */
final class Dl4jThreadsTest {
  private static final Network NETWORK =
      Zoo.create("cnn", new ZooOptions(new Shape(1, 14, 14), 4, 1, Shortcut.CONV1X1));

  @Test
  void train_twoLearnersInTwoThreads_givesTheBitsOfEachAlone() throws Exception {
    List<ParamVector> alone = List.of(train(1), train(2));
    assertThat(train(1)).isEqualTo(alone.get(0));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    try {
      List<Future<ParamVector>> together = new ArrayList<>();
      for (int repeat = 0; repeat < 4; repeat++) {
        for (long seed : new long[] {1, 2}) {
          together.add(threads.submit(() -> train(seed)));
        }
      }
      for (int k = 0; k < together.size(); k++) {
        assertThat(together.get(k).get()).isEqualTo(alone.get(k % 2));
      }
    } finally {
      threads.shutdown();
    }
  }

  private static ParamVector train(long seed) {
    Batches batches =
        new SyntheticImages(NETWORK.inputShape(), NETWORK.classes(), 0.5, 7).batches(20, 16, seed);
    try (Dl4jLearner learner = new Dl4jLearner(NETWORK)) {
      learner.load(RandomParams.of(NETWORK, seed));
      learner.train(OptimizerSpec.momentum(0.05, 0.9).create(), batches);
      return learner.store();
    }
  }

  @Test
  void newThread_usesOneNativeThread() throws Exception {
    ExecutorService thread = Executors.newSingleThreadExecutor();
    try {
      int threads =
          thread
              .submit(
                  () -> {
                    NativeThreads.useOne();
                    return NativeOpsHolder.getInstance().getDeviceNativeOps().ompGetMaxThreads();
                  })
              .get();
      assertThat(threads).isEqualTo(1);
    } finally {
      thread.shutdown();
    }
  }

  @Test
  void backend_oneDnnLibraryIsTheOneThatLoads() {
    try (Dl4jLearner learner = new Dl4jLearner(NETWORK)) {
      assertThat(learner.backend()).matches("dl4j \\S+, onednn avx\\S* on avx\\S*, 1 thread");
    }
  }
}
