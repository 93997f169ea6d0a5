package io.dimat.spark;

import io.dimat.shard.ImageBlock;
import java.io.Serializable;
import java.util.Optional;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;

/** Images that every task may read, sent to each executor once. */
public final class SharedImages implements Serializable {
  private static final long serialVersionUID = 1L;

  private final Broadcast<ImageBlock> test;
  private final Broadcast<ImageBlock> union;

  private SharedImages(Broadcast<ImageBlock> test, Broadcast<ImageBlock> union) {
    this.test = test;
    this.union = union;
  }

  /**
   * Broadcasts.
   *
   * @param union a sample of all agents' training images, only for the probe policy that wants it
   */
  public static SharedImages of(
      JavaSparkContext spark, ImageBlock test, Optional<ImageBlock> union) {
    return new SharedImages(
        spark.broadcast(test), union.map(images -> spark.broadcast(images)).orElse(null));
  }

  ImageBlock test() {
    return test.value();
  }

  Optional<ImageBlock> union() {
    return Optional.ofNullable(union).map(Broadcast::value);
  }
}
