package io.dimat.dl4j;

import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.api.ops.DynamicCustomOp;
import org.nd4j.linalg.factory.Nd4j;

/** libnd4j's operations by name, run on arrays that exist already. */
final class NativeOp {
  private NativeOp() {}

  static void run(String name, INDArray[] inputs, INDArray[] outputs, int... arguments) {
    Nd4j.exec(
        DynamicCustomOp.builder(name)
            .addInputs(inputs)
            .addOutputs(outputs)
            .addIntegerArguments(arguments)
            .build());
  }

  /**
   * {@code c = op(a) op(b)} of row-major matrices.
   *
   * @param transposeA 1 to transpose a, 0 not to
   * @param transposeB 1 to transpose b, 0 not to
   */
  static void product(INDArray a, int transposeA, INDArray b, int transposeB, INDArray c) {
    run("matmul", new INDArray[] {a, b}, new INDArray[] {c}, transposeA, transposeB, 0);
  }
}
