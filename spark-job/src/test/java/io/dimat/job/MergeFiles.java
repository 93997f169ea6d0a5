package io.dimat.job;

import io.dimat.LocalSession;
import io.dimat.align.Alignment;
import io.dimat.align.PermutationSpec;
import io.dimat.dl4j.Dl4jLearner;
import io.dimat.feed.BlockImages;
import io.dimat.interchange.ModelFile;
import io.dimat.interchange.NameMapping;
import io.dimat.interchange.RawTensors;
import io.dimat.interchange.SafeTensors;
import io.dimat.learn.Batch;
import io.dimat.learn.Batches;
import io.dimat.learn.OptimizerSpec;
import io.dimat.network.Initialization;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.network.zoo.Shortcut;
import io.dimat.network.zoo.Zoo;
import io.dimat.network.zoo.ZooOptions;
import io.dimat.shard.ImageSamples;
import io.dimat.source.ImageSource;
import io.dimat.source.Part;
import io.dimat.source.Sources;
import io.dimat.tensor.ParamVector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** Models and images for merges, small and of the embedded dataset. */
final class MergeFiles {
  static final Network CNN = network("cnn");
  static final Network MLP = network("mlp");

  private static final int BATCH = 40;

  private MergeFiles() {}

  private static Network network(String name) {
    return Zoo.create(name, new ZooOptions(new Shape(1, 28, 28), 10, 1, Shortcut.CONV3X3));
  }

  /** Some images, normalised. */
  static BlockImages images(Part part, int number) {
    ImageSource source = Sources.open(Sources.SAMPLE, Optional.empty());
    return new BlockImages(
        ImageSamples.of(LocalSession.get(), source, part, number, 8),
        source.info().normalization(),
        8);
  }

  /** Trained on 600 images for two epochs: far better than chance. */
  static ParamVector trained(Network network, long seed) {
    BlockImages images = images(Part.TRAIN, 600);
    List<Batch> batches =
        IntStream.range(0, images.size() / BATCH)
            .mapToObj(b -> images.batch(b * BATCH, (b + 1) * BATCH))
            .toList();
    try (Dl4jLearner learner = new Dl4jLearner(network)) {
      learner.load(Initialization.kaiming(network, seed));
      var optimizer = OptimizerSpec.adam(2e-3).create();
      learner.train(optimizer, new Batches(batches));
      learner.train(optimizer, new Batches(batches));
      return learner.store();
    }
  }

  /** How copy {@code k} of a model is permuted. */
  static Alignment permutation(Network network, long k) {
    return Alignment.random(PermutationSpec.of(network), 100 + k);
  }

  /** The model with its units in another order. */
  static ParamVector permuted(Network network, ParamVector model, long k) {
    return PermutationSpec.of(network).apply(permutation(network, k), model);
  }

  static Path write(Path file, ParamVector model) throws IOException {
    try (OutputStream out = Files.newOutputStream(file)) {
      SafeTensors.write(model, Map.of("algorithm", "test"), out);
    }
    return file;
  }

  static ParamVector read(Path file, Network network) throws IOException {
    return ModelFile.read(file, network, NameMapping.none()).vector();
  }

  static float[] logits(Network network, ParamVector model) {
    try (Dl4jLearner learner = new Dl4jLearner(network)) {
      learner.load(model);
      return learner.logits(images(Part.TEST, 30).batch(0, 30));
    }
  }

  /** Test images as a file, as a network reads them. */
  static Path writeImages(Path file, int number, Labels labels) throws IOException {
    Batch batch = images(Part.TEST, number).batch(0, number);
    RawTensors tensors =
        new RawTensors().floats("images", "[%d,1,28,28]".formatted(number), batch.images());
    labels.add(tensors, batch);
    return tensors.write(file);
  }

  /** What a file says about the classes of its images. */
  enum Labels {
    NONE {
      @Override
      void add(RawTensors tensors, Batch batch) {
        // the file holds images alone
      }
    },
    RIGHT {
      @Override
      void add(RawTensors tensors, Batch batch) {
        long[] labels = IntStream.of(batch.labels()).asLongStream().toArray();
        tensors.longs("labels", "[%d]".formatted(labels.length), labels);
      }
    };

    abstract void add(RawTensors tensors, Batch batch);
  }

  /** Names of files as options. */
  static List<String> models(Path... files) {
    List<String> options = new ArrayList<>();
    for (Path file : files) {
      options.addAll(List.of("--model", file.toString()));
    }
    return options;
  }
}
