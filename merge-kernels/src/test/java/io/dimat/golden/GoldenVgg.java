package io.dimat.golden;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.dimat.learn.Batch;
import io.dimat.learn.Batches;
import io.dimat.network.Layer;
import io.dimat.network.Network;
import io.dimat.network.Shape;
import io.dimat.tensor.ParamSlice;
import io.dimat.tensor.ParamVector;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/** The recorded run of the official merge code on two small VGG networks without batch norm. */
public final class GoldenVgg {
  private static final String PROPERTY = "dimat.golden";
  private static final int[] CHANNELS = {8, 16, 24, 32, 32};
  private static final int PROBE_BATCHES = 4;

  private final Path folder;

  private GoldenVgg(Path folder) {
    this.folder = folder;
  }

  /** The recording; the calling test is skipped, with the reason, where it is absent. */
  public static GoldenVgg orSkip() {
    Path folder = Path.of(System.getProperty(PROPERTY, "../../shared/golden"), "vgg");
    assumeTrue(
        Files.isRegularFile(folder.resolve("manifest.json")),
        "no recorded numbers in " + folder + " (set -D" + PROPERTY + ")");
    return new GoldenVgg(folder);
  }

  /** Five times convolution, ReLU, maximum pool; then one dense layer. PyTorch's names. */
  public static Network network() {
    List<Layer> layers = new ArrayList<>();
    layers.add(new Layer.Input("input", new Shape(3, 32, 32)));
    String last = "input";
    for (int k = 0; k < CHANNELS.length; k++) {
      String conv = "features." + 3 * k;
      String relu = "features." + (3 * k + 1);
      String pool = "features." + (3 * k + 2);
      layers.add(new Layer.Conv2d(conv, last, CHANNELS[k], 3, 1, 1, true));
      layers.add(new Layer.Activation(relu, conv, Layer.Activation.Function.RELU));
      layers.add(new Layer.Pool2d(pool, relu, Layer.Pool2d.Pooling.MAX, 2, 2));
      last = pool;
    }
    layers.add(new Layer.Flatten("flatten", last));
    layers.add(new Layer.Dense("classifier", "flatten", 10, true));
    layers.add(new Layer.Output("output", "classifier"));
    return new Network("golden-vgg", layers);
  }

  /** A recorded model, for example {@code model_A_raw}. */
  public ParamVector model(String name) {
    ParamVector model = ParamVector.zeros(network().layout());
    for (ParamSlice slice : model.layout().slices()) {
      model = model.with(slice.name(), floats(name + "/" + slice.name()));
    }
    return model;
  }

  /** The four probe batches of 32 images. */
  public Batches probe() {
    List<Batch> batches = new ArrayList<>();
    for (int k = 0; k < PROBE_BATCHES; k++) {
      int[] labels = NpyFile.ints(folder.resolve("input/batch" + k + "_y.npy"));
      batches.add(new Batch(network().inputShape(), floats("input/batch" + k + "_x"), labels));
    }
    return new Batches(batches);
  }

  /** The 16 images that the logits were recorded on; their labels are not. */
  public Batch fixed() {
    return new Batch(network().inputShape(), floats("input/fixed_x"), new int[16]);
  }

  /** A recorded float array, row-major. */
  public float[] floats(String name) {
    return NpyFile.floats(folder.resolve(name + ".npy"));
  }

  /** The recorded unit of B for every unit of A, at the k-th node. */
  public int[] permutation(int k) {
    return NpyFile.ints(folder.resolve(node(k) + "/perm_B_to_A.npy"));
  }

  /** The block of reference A by other B of a recorded matrix over the units of both. */
  public double[] crossBlock(int k, String matrix) {
    float[] all = floats(node(k) + "/" + matrix);
    int units = CHANNELS[k];
    double[] block = new double[units * units];
    for (int i = 0; i < block.length; i++) {
      block[i] = all[i / units * 2 * units + units + i % units];
    }
    return block;
  }

  /** The recorded permutation of weight matching for the k-th group. */
  public int[] weightPermutation(int k) {
    return NpyFile.ints(folder.resolveSibling("wm_vgg/perm_P" + 3 * k + ".npy"));
  }

  /** A recorded tensor of B after weight matching. */
  public float[] weightMatched(String tensor) {
    return NpyFile.floats(folder.resolveSibling("wm_vgg/B_permuted/" + tensor + ".npy"));
  }

  private static String node(int k) {
    return "node_" + (3 + 4 * k);
  }
}
