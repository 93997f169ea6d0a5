package io.dimat.spark;

import io.dimat.align.CrossMoments;
import io.dimat.align.MatchPoint;
import io.dimat.feed.ImageSet;
import io.dimat.feed.Stretch;
import io.dimat.learn.LearnerFactory;
import io.dimat.learn.ModelPair;
import io.dimat.merge.Probe;
import io.dimat.network.Network;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Role;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;
import java.util.stream.StreamSupport;
import org.apache.spark.api.java.JavaSparkContext;
import scala.Tuple2;

/**
 * A probe whose images are spread over a cluster. Every task sums over its stretch; stretches are
 * added in their order, so the sums do not depend on the cluster. The partial moments of a layer
 * are added where they are shuffled to: only finished sums reach the driver.
 */
public final class SparkProbe implements Probe, AutoCloseable {
  private final ImageJob job;
  private final Network network;

  public SparkProbe(
      JavaSparkContext spark, Network network, LearnerFactory learners, ImageSet images) {
    this.job = new ImageJob(spark, network, learners, images);
    this.network = network;
  }

  @Override
  public Network network() {
    return network;
  }

  /** Moments of one pair at one point over one stretch. */
  private record Partial(int stretch, CrossMoments moments) implements Serializable {}

  @Override
  public List<List<CrossMoments>> crossMoments(
      List<ParamVector> models, List<ModelPair> pairs, List<MatchPoint> points) {
    if (pairs.isEmpty() || points.isEmpty()) {
      return pairs.stream().map(pair -> List.<CrossMoments>of()).toList();
    }
    Map<Integer, CrossMoments> sums =
        job.with(network, models, inputs -> sums(inputs, pairs, points));
    return IntStream.range(0, pairs.size())
        .mapToObj(
            pair ->
                IntStream.range(0, points.size())
                    .mapToObj(point -> sums.get(pair * points.size() + point))
                    .toList())
        .toList();
  }

  private Map<Integer, CrossMoments> sums(
      ImageJob.Inputs inputs, List<ModelPair> pairs, List<MatchPoint> points) {
    ArrayList<ModelPair> compared = new ArrayList<>(pairs);
    ArrayList<MatchPoint> observed = new ArrayList<>(points);
    int keys = pairs.size() * points.size();
    return job.tasks("compare %d models".formatted(inputs.all().size()), job.stretches())
        .flatMapToPair(
            stretch ->
                keyed(
                        stretch,
                        inputs.use(
                            stretch,
                            (learner, batches) ->
                                learner.crossMoments(inputs.all(), compared, batches, observed)))
                    .iterator())
        .groupByKey(Math.min(keys, job.stretches().size()))
        .mapValues(SparkProbe::sum)
        .collectAsMap();
  }

  private static List<Tuple2<Integer, Partial>> keyed(
      Stretch stretch, List<List<CrossMoments>> moments) {
    List<Tuple2<Integer, Partial>> keyed = new ArrayList<>();
    moments.forEach(
        pair ->
            pair.forEach(
                point ->
                    keyed.add(new Tuple2<>(keyed.size(), new Partial(stretch.index(), point)))));
    return keyed;
  }

  private static CrossMoments sum(Iterable<Partial> partials) {
    return StreamSupport.stream(partials.spliterator(), false)
        .sorted(Comparator.comparingInt(Partial::stretch))
        .map(Partial::moments)
        .reduce(CrossMoments::plus)
        .orElseThrow();
  }

  @Override
  public ParamVector recalibrated(Network other, ParamVector model) {
    List<double[]> sums =
        job.with(
            other,
            List.of(model),
            inputs ->
                job.tasks("re-estimate running statistics", job.stretches())
                    .map(stretch -> statistics(inputs, stretch))
                    .collect());
    if (!other.equals(network)) {
      job.drop(other); // a measuring network of one merge: nobody comes back to it
    }
    int batches = job.stretches().stream().mapToInt(Stretch::batchCount).sum();
    return withStatistics(model, sums, batches);
  }

  /** Running statistics of a stretch, times its number of batches, in layout order. */
  private static double[] statistics(ImageJob.Inputs inputs, Stretch stretch) {
    ParamVector recalibrated =
        inputs.use(
            stretch,
            (learner, batches) -> {
              learner.load(inputs.all().get(0));
              learner.recalibrate(batches);
              return learner.store();
            });
    return statisticsOf(recalibrated).stream()
        .flatMapToDouble(slice -> doubles(recalibrated.slice(slice.name())))
        .map(value -> value * stretch.batchCount())
        .toArray();
  }

  private static DoubleStream doubles(float[] values) {
    return IntStream.range(0, values.length).mapToDouble(i -> values[i]);
  }

  private static List<ParamSlice> statisticsOf(ParamVector vector) {
    return vector.layout().slices().stream()
        .filter(slice -> slice.role() == Role.RUNNING_STATISTIC)
        .toList();
  }

  private static ParamVector withStatistics(ParamVector model, List<double[]> sums, int batches) {
    float[] values = model.toArray();
    int k = 0;
    for (ParamSlice slice : statisticsOf(model)) {
      for (int i = slice.offset(); i < slice.offset() + slice.length(); i++, k++) {
        double sum = 0;
        for (double[] stretch : sums) {
          sum += stretch[k];
        }
        values[i] = (float) (sum / batches);
      }
    }
    return ParamVector.of(model.layout(), values);
  }

  @Override
  public void close() {
    job.close();
  }
}
