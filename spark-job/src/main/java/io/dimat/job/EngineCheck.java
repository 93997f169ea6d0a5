package io.dimat.job;

import io.dimat.cli.doctor.Check;
import io.dimat.cli.doctor.Finding;
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.learn.Batch;
import io.dimat.learn.Learner;
import io.dimat.network.Initialization;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;

/** Loads the learning engine's native library and runs one image through it. */
final class EngineCheck implements Check {
  @Override
  public String name() {
    return "native engine";
  }

  @Override
  public Finding run() {
    Shape image = new Shape(1, 28, 28);
    Network network = Zoo.create("cnn", new ZooOptions(image, 10, 1, Shortcut.CONV3X3));
    try (Learner learner = new Dl4jLearner(network)) {
      learner.load(Initialization.kaiming(network, 1));
      learner.logits(new Batch(image, new float[image.size()], new int[1]));
      return learner.backend().contains("onednn")
          ? Finding.ok(learner.backend())
          : Finding.warn(
              learner.backend(),
              "without oneDNN training is several times slower: build with -Dnd4j.classifier=...-onednn");
    } catch (LinkageError e) {
      return Finding.fail(
          e.getMessage(),
          "the native library does not fit this machine: build with -Dnative.platform and -Dnd4j.classifier set for it");
    }
  }
}
