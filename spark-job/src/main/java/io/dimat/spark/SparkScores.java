package io.dimat.spark;

import io.dimat.feed.ImageSet;
import io.dimat.feed.Stretch;
import io.dimat.learn.Evaluation;
import io.dimat.learn.LearnerFactory;
import io.dimat.network.Network;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.JavaSparkContext;

/** Evaluates models on one set of labelled images, all models and stretches in one job. */
public final class SparkScores implements AutoCloseable {
  private final ImageJob job;
  private final Network network;

  public SparkScores(
      JavaSparkContext spark, Network network, LearnerFactory learners, ImageSet images) {
    this.job = new ImageJob(spark, network, learners, images);
    this.network = network;
  }

  private record Part(int model, Stretch stretch) implements Serializable {}

  /** What each model gets right, in order. All of them are in memory, here and in the tasks. */
  public List<Evaluation> of(List<ParamVector> models) {
    List<Part> parts = new ArrayList<>();
    for (int m = 0; m < models.size(); m++) {
      for (Stretch stretch : job.stretches()) {
        parts.add(new Part(m, stretch));
      }
    }
    List<Evaluation> measured =
        job.with(
            network,
            models,
            inputs ->
                job.tasks("evaluate %d models".formatted(models.size()), parts)
                    .map(part -> evaluate(inputs, part))
                    .collect());
    int stretches = job.stretches().size();
    return IntStream.range(0, models.size())
        .mapToObj(
            m ->
                measured.subList(m * stretches, (m + 1) * stretches).stream()
                    .reduce(Evaluation::plus)
                    .orElseThrow())
        .toList();
  }

  private static Evaluation evaluate(ImageJob.Inputs inputs, Part part) {
    return inputs.use(
        part.stretch(),
        (learner, batches) -> {
          learner.load(inputs.all().get(part.model()));
          return learner.evaluate(batches);
        });
  }

  @Override
  public void close() {
    job.close();
  }
}
