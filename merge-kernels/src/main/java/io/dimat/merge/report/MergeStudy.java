package io.dimat.merge.report;

import io.dimat.merge.Finish;
import io.dimat.merge.MergeInput;
import io.dimat.merge.MergeOperator;
import io.dimat.merge.Merged;
import io.dimat.merge.WeightAveraging;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
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
  private final List<Candidate> candidates = new ArrayList<>();
  private final Merged merged;
  private final ParamVector finished;

  private MergeStudy(
      MergeInput input,
      MergeOperator operator,
      Finish finish,
      Optional<Scorer> scorer,
      Consumer<String> progress) {
    this.input = input;
    this.finish = finish;
    this.scorer = scorer;
    if (operator.aligns()) {
      progress.accept("averaging as they are, for comparison");
      addControls(new WeightAveraging().merge(input));
    }
    progress.accept("merging by " + operator.name());
    this.merged = operator.merge(input);
    this.finished = finish.of(input, merged);
    if (!merged.model().equals(finished) || !operator.aligns()) {
      add(operator.aligns() ? Candidate.Kind.MERGED_RAW : Candidate.Kind.AVERAGED, merged.model());
    }
    add(Candidate.Kind.MERGED, finished);
  }

  /**
   * Merges. Candidates are scored as they are made, so that a large network's controls are not held
   * together.
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

  private void addControls(Merged averaged) {
    add(Candidate.Kind.AVERAGED, averaged.model());
    ParamVector control = finish.of(input, averaged);
    if (!control.equals(averaged.model())) {
      add(Candidate.Kind.AVERAGED_FINISHED, control);
    }
  }

  private void add(Candidate.Kind kind, ParamVector model) {
    candidates.add(new Candidate(kind, score(model)));
  }

  /** What the operator made. */
  public Merged merged() {
    return merged;
  }

  /** The merged model to use. */
  public ParamVector model() {
    return finished;
  }

  /** The merge and its controls, scored where there are labels; those that equal are left out. */
  public List<Candidate> candidates() {
    return List.copyOf(candidates);
  }

  /** Score of every parent, in ascending order of agents. */
  public List<Optional<Score>> parentScores() {
    return input.models().values().stream().map(this::score).toList();
  }

  /**
   * Score of every parent with its running statistics treated like the merge's, in ascending order
   * of agents; empty where that changes nothing.
   */
  public List<Optional<Score>> recalibratedParentScores() {
    List<Optional<Score>> scores = new ArrayList<>();
    for (ParamVector model : input.models().values()) {
      ParamVector treated = finish.batchNorm().apply(model, model, input.probe());
      scores.add(treated.equals(model) ? Optional.empty() : score(treated));
    }
    return scores;
  }

  private Optional<Score> score(ParamVector model) {
    return scorer.map(s -> Score.of(s.of(List.of(model)).get(0)));
  }
}
