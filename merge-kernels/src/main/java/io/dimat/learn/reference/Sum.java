package io.dimat.learn.reference;

import java.util.Arrays;

/** {@link io.dimat.network.Layer.Add}, in the order of the inputs. */
final class Sum implements Operator {
  @Override
  public double[] forward(double[][] inputs, int images, double[] params, Mode mode) {
    double[] result = inputs[0].clone();
    for (int k = 1; k < inputs.length; k++) {
      for (int i = 0; i < result.length; i++) {
        result[i] += inputs[k][i];
      }
    }
    return result;
  }

  @Override
  public double[][] backward(
      double[][] inputs,
      double[] output,
      double[] slope,
      int images,
      double[] params,
      double[] gradient) {
    return Arrays.stream(inputs).map(input -> slope.clone()).toArray(double[][]::new);
  }
}
