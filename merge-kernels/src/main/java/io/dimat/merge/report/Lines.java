package io.dimat.merge.report;

import io.dimat.align.BasisChange;
import io.dimat.align.PermutationSpec;
import io.dimat.learn.Evaluation;
import io.dimat.merge.Finish;
import io.dimat.merge.MergeInput;
import io.dimat.merge.Merged;
import io.dimat.protocol.Recorder;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;

/** Measures the loss along the lines from the reference to every other model of a merge. */
public final class Lines {
  /** How many parameters may be held as points of a line at a time. */
  private static final long HELD = 64_000_000;

  private final MergeInput input;
  private final Merged merged;
  private final Finish finish;
  private final Scorer scorer;
  private final List<Double> lambdas;

  /**
   * Lines of one merge.
   *
   * @param points on each line, ends included, at least 3
   */
  public Lines(MergeInput input, Merged merged, Finish finish, Scorer scorer, int points) {
    this.input = input;
    this.merged = merged;
    this.finish = finish;
    this.scorer = scorer;
    this.lambdas = IntStream.range(0, points).mapToObj(i -> (double) i / (points - 1)).toList();
  }

  /**
   * The lines to one model: as it is and, if the merge aligned it, aligned; each also finished like
   * the merge, if that changes anything.
   *
   * @param agent key of a model other than the reference
   * @param parent its name in the report
   */
  public List<InterpolationLine> to(int agent, String parent) {
    ParamVector other = input.models().get(agent);
    List<InterpolationLine> lines = new ArrayList<>();
    lines.addAll(
        pair(
            parent,
            new Ends(agent, Merged.unaligned(other), other),
            InterpolationLine.Treatment.AS_IT_IS,
            InterpolationLine.Treatment.AS_IT_IS_FINISHED));
    BasisChange change = merged.alignments().get(agent);
    // Where the reference has left its own units too, no line leads from it to the aligned model.
    if (change != null && !merged.alignments().containsKey(input.reference())) {
      PermutationSpec spec = PermutationSpec.of(input.network());
      lines.addAll(
          pair(
              parent,
              new Ends(agent, merged, change.applyTo(spec, other)),
              InterpolationLine.Treatment.ALIGNED,
              InterpolationLine.Treatment.ALIGNED_FINISHED));
    }
    return lines;
  }

  /** The far end of a line, and the merge that says how its units were mapped. */
  private record Ends(int agent, Merged mapping, ParamVector other) {}

  private List<InterpolationLine> pair(
      String parent,
      Ends ends,
      InterpolationLine.Treatment raw,
      InterpolationLine.Treatment finished) {
    List<Double> rawLosses = new ArrayList<>();
    List<Double> finishedLosses = new ArrayList<>();
    int held = (int) Math.max(1, HELD / ends.other.size());
    boolean finishes = false;
    for (int from = 0; from < lambdas.size(); from += held) {
      List<ParamVector> points = new ArrayList<>();
      List<ParamVector> after = new ArrayList<>();
      for (double lambda : lambdas.subList(from, Math.min(lambdas.size(), from + held))) {
        ParamVector point = point(ends, lambda);
        ParamVector end = finish.of(at(ends, lambda), mapped(ends, point));
        finishes |= !end.equals(point);
        points.add(point);
        after.add(end);
      }
      List<Double> before = losses(points);
      rawLosses.addAll(before);
      finishedLosses.addAll(after.equals(points) ? before : losses(after));
    }
    List<InterpolationLine> lines = new ArrayList<>();
    lines.add(new InterpolationLine(parent, raw, lambdas, rawLosses));
    if (finishes) {
      lines.add(new InterpolationLine(parent, finished, lambdas, finishedLosses));
    }
    return lines;
  }

  private ParamVector point(Ends ends, double lambda) {
    return ParamVector.weightedSum(
        new double[] {1 - lambda, lambda}, List.of(input.referenceModel(), ends.other));
  }

  private static Merged mapped(Ends ends, ParamVector point) {
    return new Merged(point, ends.mapping.alignments(), new TreeMap<>());
  }

  /** The merge of reference and other with the weights of a point. */
  private MergeInput at(Ends ends, double lambda) {
    SortedMap<Integer, ParamVector> models = new TreeMap<>();
    models.put(input.reference(), input.referenceModel());
    models.put(ends.agent, input.models().get(ends.agent));
    SortedMap<Integer, Double> weights = new TreeMap<>();
    weights.put(input.reference(), 1 - lambda);
    weights.put(ends.agent, lambda);
    return new MergeInput(input.reference(), models, weights, input.probe(), new Recorder(() -> 0));
  }

  private List<Double> losses(List<ParamVector> points) {
    return scorer.of(points).stream().map(Evaluation::loss).toList();
  }
}
