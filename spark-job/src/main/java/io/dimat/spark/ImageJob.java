package io.dimat.spark;

import io.dimat.feed.ImageSet;
import io.dimat.feed.Stretch;
import io.dimat.learn.BatchSource;
import io.dimat.learn.Learner;
import io.dimat.learn.LearnerFactory;
import io.dimat.network.Network;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Runs models over one set of images: images and models are broadcast, a task does a stretch. */
final class ImageJob implements AutoCloseable {
  private final JavaSparkContext spark;
  private final LearnerFactory learners;
  private final Broadcast<ImageSet> images;
  private final List<Stretch> stretches;

  ImageJob(JavaSparkContext spark, Network network, LearnerFactory learners, ImageSet images) {
    this.spark = spark;
    this.learners = learners;
    this.images = spark.broadcast(images);
    this.stretches = Stretch.of(images.size(), network);
  }

  /** What a task reads; captured by what Spark serializes. */
  record Inputs(
      Network network,
      LearnerFactory learners,
      Broadcast<ImageSet> images,
      Broadcast<ArrayList<ParamVector>> models)
      implements Serializable {
    List<ParamVector> all() {
      return models.value();
    }

    /** Lends {@code work} a learner of the network and the batches of a stretch. */
    <T> T use(Stretch stretch, BiFunction<Learner, BatchSource, T> work) {
      return LearnerPool.use(
          network, learners, learner -> work.apply(learner, stretch.of(images.value())));
    }
  }

  List<Stretch> stretches() {
    return stretches;
  }

  /** Sends models to where tasks run, for as long as {@code work} takes. */
  <T> T with(Network network, List<ParamVector> models, Function<Inputs, T> work) {
    Broadcast<ArrayList<ParamVector>> sent = spark.broadcast(new ArrayList<>(models));
    try {
      return work.apply(new Inputs(network, learners, images, sent));
    } finally {
      sent.destroy();
    }
  }

  /**
   * Closes the idle learners of a network that is not used any more. Only this process's: executors
   * in others keep theirs until they end.
   */
  void drop(Network network) {
    LearnerPool.drop(network, learners);
  }

  /** One task for each element. */
  <T> JavaRDD<T> tasks(String description, List<T> elements) {
    spark.setJobDescription(description);
    return spark.parallelize(elements, elements.size());
  }

  @Override
  public void close() {
    images.destroy();
  }
}
