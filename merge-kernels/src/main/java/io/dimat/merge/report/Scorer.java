package io.dimat.merge.report;

import io.dimat.learn.Evaluation;
import io.dimat.tensor.ParamVector;
import java.util.List;

/** Evaluates models on a fixed set of labelled images. */
@FunctionalInterface
public interface Scorer {
  /** What each model gets right, in order. */
  List<Evaluation> of(List<ParamVector> models);
}
