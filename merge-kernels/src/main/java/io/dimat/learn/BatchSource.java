package io.dimat.learn;

/** A finite, repeatable sequence of batches: every iteration yields the same batches. */
public interface BatchSource extends Iterable<Batch> {
  /** Total number of images over all batches. */
  int images();
}
