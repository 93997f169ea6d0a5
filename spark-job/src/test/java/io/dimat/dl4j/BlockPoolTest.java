package io.dimat.dl4j;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.network.Shape;
import org.junit.jupiter.api.Test;
import org.nd4j.linalg.api.ndarray.INDArray;

final class BlockPoolTest {
  @Test
  void take_blockThatIsLongEnough_isTheShortestOfThem() {
    try (BlockPool pool = new BlockPool()) {
      INDArray hundred = pool.take(100);
      INDArray ninety = pool.take(90);
      pool.give(hundred);
      pool.give(ninety);
      assertThat(pool.take(80)).isSameAs(ninety);
      assertThat(pool.take(80)).isSameAs(hundred);
      hundred.close();
      ninety.close();
    }
  }

  @Test
  void take_blockThatIsFarTooLong_isLeftToOthers() {
    try (BlockPool pool = new BlockPool()) {
      INDArray hundred = pool.take(100);
      pool.give(hundred);
      INDArray small = pool.take(49);
      assertThat(small.length()).isEqualTo(49);
      assertThat(pool.take(50)).isSameAs(hundred);
      hundred.close();
      small.close();
    }
  }

  @Test
  void release_tensor_leavesItsMemoryToTheNext() {
    try (BlockPool pool = new BlockPool()) {
      Tensor first = new Tensor(new Shape(2, 3, 4), pool);
      first.resize(5);
      first.write(0, new float[] {7}, 1);
      first.release();
      Tensor second = new Tensor(new Shape(6, 4, 1), pool);
      second.resize(5);
      float[] value = new float[1];
      second.read(0, value, 1);
      assertThat(value).containsExactly(7);
      first.resize(5);
      first.write(0, new float[] {8}, 1);
      second.read(0, value, 1);
      assertThat(value).containsExactly(7);
      first.close();
      second.close();
    }
  }
}
