package io.dimat.dl4j;

/** Mean over all positions of every channel. */
final class GlobalPoolStep implements Step {
  private final Value input;
  private final Value output;
  private final TensorPool pool;
  private final float[] image;
  private final float[] means;

  GlobalPoolStep(Value input, Value output, TensorPool pool) {
    this.input = input;
    this.output = output;
    this.pool = pool;
    this.image = new float[input.shape().size()];
    this.means = new float[input.shape().channels()];
  }

  @Override
  public Value output() {
    return output;
  }

  @Override
  public void forward(Pass pass) {
    int count = input.data().count();
    output.data().resize(count);
    for (int n = 0; n < count; n++) {
      input.data().read(n * image.length, image, image.length);
      java.util.Arrays.fill(means, 0f);
      for (int at = 0; at < image.length; at += means.length) {
        for (int c = 0; c < means.length; c++) {
          means[c] += image[at + c];
        }
      }
      for (int c = 0; c < means.length; c++) {
        means[c] /= input.shape().positions();
      }
      output.data().write(n * means.length, means, means.length);
    }
  }

  @Override
  public void backward() {
    Tensor gradient = output.takeGradient();
    Tensor inputGradient = pool.take(input.shape(), gradient.count());
    for (int n = 0; n < gradient.count(); n++) {
      gradient.read(n * means.length, means, means.length);
      for (int c = 0; c < means.length; c++) {
        means[c] /= input.shape().positions();
      }
      for (int at = 0; at < image.length; at += means.length) {
        System.arraycopy(means, 0, image, at, means.length);
      }
      inputGradient.write(n * image.length, image, image.length);
    }
    pool.give(gradient);
    input.receiveGradient(inputGradient);
  }
}
