package io.dimat.learn;

import io.dimat.network.Shape;
import io.dimat.protocol.Purpose;
import io.dimat.protocol.Seeds;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.PermutationSampler;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;

/**
 * Images without a data set: every class has a mean image of independent standard normal pixels, an
 * image is its class's mean plus {@code noise} times such pixels. Everything follows from the seed.
 */
public record SyntheticImages(Shape shape, int classes, double noise, long seed)
    implements Serializable {
  private static final int TEST_IMAGES = 64;
  private static final int TEST_BATCH = 16;
  private static final long TEST_STREAM = -1;

  /** One batch of images of random classes. */
  public Batch batch(int images, long stream) {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(mix(stream));
    ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
    float[][] means = means();
    float[] pixels = new float[images * shape.size()];
    int[] labels = new int[images];
    for (int n = 0; n < images; n++) {
      labels[n] = random.nextInt(classes);
      for (int p = 0; p < shape.size(); p++) {
        pixels[n * shape.size() + p] = (float) (means[labels[n]][p] + noise * normal.sample());
      }
    }
    return new Batch(shape, pixels, labels);
  }

  /** {@code count} batches of {@code size} images each. */
  public Batches batches(int count, int size, long stream) {
    List<Batch> list = new ArrayList<>();
    for (int k = 0; k < count; k++) {
      list.add(batch(size, mix(stream) + k));
    }
    return new Batches(list);
  }

  /** An agent's own images; the test images are the same for all agents. */
  public AgentData shard(int agent, int size) {
    return new Shard(this, agent, size);
  }

  private float[][] means() {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(seed);
    ZigguratSampler.NormalizedGaussian normal = ZigguratSampler.NormalizedGaussian.of(random);
    float[][] means = new float[classes][shape.size()];
    for (float[] mean : means) {
      for (int p = 0; p < mean.length; p++) {
        mean[p] = (float) normal.sample();
      }
    }
    return means;
  }

  private long mix(long stream) {
    return new Seeds(seed).of(Seeds.SHARED, 0, Purpose.SHUFFLE) ^ (stream * 0x9E3779B97F4A7C15L);
  }

  private record Shard(SyntheticImages world, int agent, int size)
      implements AgentData, Serializable {
    @Override
    public Batches training(int round, int epoch, int batchSize) {
      int[] order = PermutationSampler.natural(size);
      long seed = new Seeds(world.seed).of(agent, round, Purpose.SHUFFLE, epoch);
      PermutationSampler.shuffle(RandomSource.XO_SHI_RO_256_PP.create(seed), order);
      return inBatches(order, batchSize);
    }

    @Override
    public BatchSource minibatches(long first, int count, int batchSize) {
      int images = Math.min(size, batchSize);
      int perEpoch = size / images;
      List<Batch> list = new ArrayList<>();
      for (long t = first; t < first + count; t++) {
        int epoch = (int) (t / perEpoch);
        int index = (int) (t % perEpoch);
        list.add(training(-1, epoch, images).list().get(index));
      }
      return new Batches(list);
    }

    @Override
    public BatchSource probe(int round) {
      return inBatches(PermutationSampler.natural(size), TEST_BATCH);
    }

    @Override
    public BatchSource test() {
      return world.batches(TEST_IMAGES / TEST_BATCH, TEST_BATCH, TEST_STREAM);
    }

    private Batches inBatches(int[] order, int batchSize) {
      Batch all = world.batch(size, agent);
      List<Batch> list = new ArrayList<>();
      for (int from = 0; from < size; from += batchSize) {
        list.add(take(all, order, from, Math.min(size, from + batchSize)));
      }
      return new Batches(list);
    }

    private static Batch take(Batch all, int[] order, int from, int to) {
      int pixels = all.shape().size();
      float[] images = new float[(to - from) * pixels];
      int[] labels = new int[to - from];
      for (int k = from; k < to; k++) {
        System.arraycopy(all.images(), order[k] * pixels, images, (k - from) * pixels, pixels);
        labels[k - from] = all.labels()[order[k]];
      }
      return new Batch(all.shape(), images, labels);
    }
  }
}
