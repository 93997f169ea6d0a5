package io.dimat.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;

/** Batches held in memory. */
public record Batches(List<Batch> list) implements BatchSource {
  public Batches {
    list = List.copyOf(list);
  }

  public static Batches of(Batch... batches) {
    return new Batches(List.of(batches));
  }

  /** All batches, each image alone. */
  public Batches singly() {
    List<Batch> single = new ArrayList<>();
    for (Batch batch : list) {
      int size = batch.shape().size();
      for (int n = 0; n < batch.size(); n++) {
        float[] image = Arrays.copyOfRange(batch.images(), n * size, (n + 1) * size);
        single.add(new Batch(batch.shape(), image, new int[] {batch.labels()[n]}));
      }
    }
    return new Batches(single);
  }

  @Override
  public int images() {
    return list.stream().mapToInt(Batch::size).sum();
  }

  @Override
  public Iterator<Batch> iterator() {
    return list.iterator();
  }
}
