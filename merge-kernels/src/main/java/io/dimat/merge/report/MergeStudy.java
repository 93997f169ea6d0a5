package io.dimat.merge.report;

import io.dimat.merge.Finish;
import io.dimat.merge.MergeInput;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.Merged;
import io.dimat.merge.WeightAveraging;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * A merge with its controls: the same models averaged without alignment, before and after the same
 * {@link Finish}, so that what alignment is worth is told from what re-estimated batch norm is.
 */
public final class MergeStudy {
  private final MergeInput input;
  private final Finish finish;
  private final Optional<Scorer> scorer;
  private final Merged averaged;
  private final Merged merged;
  private final ParamVector finished;
  private final Map<Candidate.Kind, ParamVector> models;

  private MergeStudy(
      MergeInput input,
      MergeOperator operator,
      Finish finish,
      Optional<Scorer> scorer,
      Consumer<String> progress) {
    this.input = input;
    this.finish = finish;
    this.scorer = scorer;
    progress.accept("merging by " + operator.name());
    this.merged = operator.merge(input);
    this.averaged = new WeightAveraging().merge(input);
    progress.accept("finishing the merge and the control");
    this.finished = finish.of(input, merged);
    this.models = models();
  }

  /**
   * Merges.
   *
   * @param scorer empty where there are no labels
   * @param progress told what is done next, in words
   */
  public static MergeStudy of(
      MergeInput input,
      MergeOperator operator,
      Finish finish,
      Optional<Scorer> scorer,
      Consumer<String> progress) {
    return new MergeStudy(input, operator, finish, scorer, progress);
  }

  /** What the operator made. */
  public Merged merged() {
    return merged;
  }

  /** The merged model to use. */
  public ParamVector model() {
    return finished;
  }

  /** Controls first; what equals another candidate is left out. */
  private Map<Candidate.Kind, ParamVector> models() {
    Map<Candidate.Kind, ParamVector> all = new LinkedHashMap<>();
    all.put(Candidate.Kind.AVERAGED, averaged.model());
    ParamVector control = finish.of(input, averaged);
    if (!control.equals(averaged.model())) {
      all.put(Candidate.Kind.AVERAGED_FINISHED, control);
    }
    if (!merged.model().equals(finished) && !merged.model().equals(averaged.model())) {
      all.put(Candidate.Kind.MERGED_RAW, merged.model());
    }
    all.put(Candidate.Kind.MERGED, finished);
    return all;
  }

  /** The merge and its controls, scored where there are labels. */
  public List<Candidate> candidates() {
    List<Optional<Score>> scores = scores(List.copyOf(models.values()));
    List<Candidate> candidates = new ArrayList<>();
    int k = 0;
    for (Candidate.Kind kind : models.keySet()) {
      candidates.add(new Candidate(kind, scores.get(k++)));
    }
    return candidates;
  }

  /** Score of every parent, in ascending order of agents. */
  public List<Optional<Score>> parentScores() {
    return scores(List.copyOf(input.models().values()));
  }

  /**
   * Score of every parent with its running statistics treated like the merge's, in ascending order
   * of agents; empty where that changes nothing.
   */
  public List<Optional<Score>> recalibratedParentScores() {
    List<ParamVector> treated =
        input.models().values().stream()
            .map(model -> finish.batchNorm().apply(model, model, input.probe()))
            .toList();
    return treated.equals(List.copyOf(input.models().values()))
        ? treated.stream().map(model -> Optional.<Score>empty()).toList()
        : scores(treated);
  }

  private List<Optional<Score>> scores(List<ParamVector> vectors) {
    return scorer
        .map(s -> s.of(vectors).stream().map(Score::of).map(Optional::of).toList())
        .orElseGet(() -> vectors.stream().map(v -> Optional.<Score>empty()).toList());
  }
}
