package io.dimat.report;

import io.dimat.merge.report.Candidate;
import io.dimat.merge.report.GroupQuality;
import io.dimat.merge.report.InterpolationLine;
import io.dimat.merge.report.InterpolationLine.Treatment;
import io.dimat.merge.report.MergeReport;
import io.dimat.merge.report.Parent;
import io.dimat.merge.report.Score;
import io.dimat.merge.report.Verdict;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/** Invented merges that look like real ones. */
final class SampleMerge {
  private static final Verdict.Rule RULE = new Verdict.Rule(0.05, 1000, 10);

  private SampleMerge() {}

  /** A merge of that many ResNet-50 with everything measured. */
  static MergeReport resnet50(int parents) {
    List<Parent> models = parents(parents);
    List<Candidate> candidates = candidates(0.113, 0.524, 0.146, 0.781);
    return new MergeReport(
        "activation matching",
        new MergeReport.Network("resnet50", 23_520_842, true),
        List.of(
            new MergeReport.Setting("weights", "equal"),
            new MergeReport.Setting("match points", "last"),
            new MergeReport.Setting("batch norm", "recalibrate on the probe"),
            new MergeReport.Setting("margin", "5 points")),
        new MergeReport.Images("CIFAR-10, test images", 512, 2000, 500, true),
        models,
        candidates,
        groups(models),
        lines(models),
        Verdict.of(models, candidates, RULE),
        List.of("b was trained with another normalisation; images were changed for it"));
  }

  /** The same merge, worse than averaging. */
  static MergeReport refused() {
    MergeReport merge = resnet50(2);
    return with(merge, merge.parents(), candidates(0.113, 0.524, 0.1, 0.151), merge.lines());
  }

  /** The same merge, better than every parent as it is, not than the re-estimated reference. */
  static MergeReport weak() {
    MergeReport merge = resnet50(2);
    List<Parent> parents =
        merge.parents().stream()
            .map(
                p ->
                    new Parent(
                        p.name(),
                        p.file(),
                        p.weight(),
                        p.reference(),
                        Optional.of(new Score(1.1, p.reference() ? 0.7 : 0.71)),
                        Optional.of(new Score(0.5, p.reference() ? 0.9 : 0.8))))
            .toList();
    return with(merge, parents, merge.candidates(), merge.lines());
  }

  /** Without labels: nothing is scored, no line is drawn. */
  static MergeReport unlabelled() {
    MergeReport merge = resnet50(3);
    List<Parent> parents =
        merge.parents().stream()
            .map(
                p ->
                    new Parent(
                        p.name(),
                        p.file(),
                        p.weight(),
                        p.reference(),
                        Optional.empty(),
                        Optional.empty()))
            .toList();
    List<Candidate> candidates = List.of(new Candidate(Candidate.Kind.MERGED, Optional.empty()));
    MergeReport unscored = with(merge, parents, candidates, List.of());
    return new MergeReport(
        unscored.method(),
        unscored.network(),
        unscored.settings(),
        new MergeReport.Images("probe.safetensors", 512, 0, 0, true),
        unscored.parents(),
        unscored.candidates(),
        unscored.groups(),
        unscored.lines(),
        unscored.verdict(),
        List.of());
  }

  /** Models whose losses are infinite or undefined, and a method without pairs of units. */
  static MergeReport broken() {
    MergeReport merge = resnet50(2);
    List<Candidate> candidates =
        List.of(
            candidate(Candidate.Kind.AVERAGED, Double.NaN, 0.1),
            candidate(Candidate.Kind.MERGED, Double.POSITIVE_INFINITY, 0.1));
    InterpolationLine line =
        new InterpolationLine(
            "b",
            Treatment.AS_IT_IS,
            List.of(0.0, 0.2, 0.5, 0.8, 1.0),
            List.of(0.4, 0.6, Double.POSITIVE_INFINITY, 0.7, 0.5));
    InterpolationLine nowhere =
        new InterpolationLine(
            "b",
            Treatment.ALIGNED,
            List.of(0.0, 0.5, 1.0),
            List.of(Double.NaN, Double.NaN, Double.NaN));
    MergeReport broken = with(merge, merge.parents(), candidates, List.of(line, nowhere));
    return new MergeReport(
        broken.method(),
        broken.network(),
        broken.settings(),
        broken.images(),
        broken.parents(),
        broken.candidates(),
        List.of(new GroupQuality("b", "conv1", 16, 0.1, Double.NaN, Double.NaN, 3, 0)),
        broken.lines(),
        broken.verdict(),
        broken.notes());
  }

  /** Every text is the given one. */
  static MergeReport ofText(String text) {
    List<Parent> parents =
        List.of(
            new Parent(text, text, 0.5, true, Optional.of(new Score(1, 0.5)), Optional.empty()),
            new Parent(text + 2, text, 0.5, false, Optional.empty(), Optional.empty()));
    return new MergeReport(
        text,
        new MergeReport.Network(text, 1, false),
        List.of(new MergeReport.Setting(text, text)),
        new MergeReport.Images(text, 1, 1, 1, false),
        parents,
        candidates(0.1, 0.2, 0.3, 0.4),
        List.of(new GroupQuality(text, text, 1, 0, 1, 1, 0, 0)),
        List.of(
            new InterpolationLine(
                text, Treatment.ALIGNED, List.of(0.0, 0.5, 1.0), List.of(1.0, 2.0, 1.0))),
        new Verdict(Verdict.Grade.WEAK, List.of(text)),
        List.of(text));
  }

  private static MergeReport with(
      MergeReport merge,
      List<Parent> parents,
      List<Candidate> candidates,
      List<InterpolationLine> lines) {
    return new MergeReport(
        merge.method(),
        merge.network(),
        merge.settings(),
        merge.images(),
        parents,
        candidates,
        merge.groups(),
        lines,
        Verdict.of(parents, candidates, RULE),
        merge.notes());
  }

  private static List<Parent> parents(int count) {
    List<Parent> parents = new ArrayList<>();
    for (int p = 0; p < count; p++) {
      String name = Character.toString('a' + p);
      Score score = new Score(0.61 + 0.03 * p, 0.812 - 0.013 * p);
      Score recalibrated = new Score(score.loss() - 0.02, score.accuracy() + 0.011);
      parents.add(
          new Parent(
              name,
              "models/" + name + ".safetensors",
              1.0 / count,
              p == 0,
              Optional.of(score),
              Optional.of(recalibrated)));
    }
    return parents;
  }

  private static List<Candidate> candidates(
      double averaged, double finished, double raw, double merged) {
    return List.of(
        candidate(Candidate.Kind.AVERAGED, 2.41, averaged),
        candidate(Candidate.Kind.AVERAGED_FINISHED, 1.37, finished),
        candidate(Candidate.Kind.MERGED_RAW, 2.2, raw),
        candidate(Candidate.Kind.MERGED, 0.72, merged));
  }

  private static Candidate candidate(Candidate.Kind kind, double loss, double accuracy) {
    return new Candidate(kind, Optional.of(new Score(loss, accuracy)));
  }

  private static List<GroupQuality> groups(List<Parent> parents) {
    SplittableRandom random = new SplittableRandom(5);
    List<GroupQuality> groups = new ArrayList<>();
    for (Parent parent : parents) {
      if (!parent.reference()) {
        for (Map.Entry<String, Integer> group : groupNames()) {
          int depth = groups.size() % 37;
          groups.add(
              new GroupQuality(
                  parent.name(),
                  group.getKey(),
                  group.getValue(),
                  0.12 * random.nextDouble() - 0.03,
                  0.92 - 0.012 * depth - 0.15 * random.nextDouble(),
                  random.nextDouble() * 0.05,
                  depth > 30 ? random.nextInt(20) : 0,
                  random.nextInt(3)));
        }
      }
    }
    return groups;
  }

  private static List<Map.Entry<String, Integer>> groupNames() {
    List<Map.Entry<String, Integer>> names = new ArrayList<>(List.of(Map.entry("conv1", 64)));
    int[] blocks = {3, 4, 6, 3};
    for (int stage = 0; stage < blocks.length; stage++) {
      int width = 64 << stage;
      for (int block = 0; block < blocks[stage]; block++) {
        String prefix = "layer" + (stage + 1) + "." + block;
        names.add(Map.entry(prefix + ".conv1", width));
        names.add(Map.entry(prefix + ".conv2", width));
        if (block == 0) {
          names.add(Map.entry(prefix + ".conv3", 4 * width));
        }
      }
    }
    return names;
  }

  private static List<InterpolationLine> lines(List<Parent> parents) {
    Map<Treatment, Double> heights =
        Map.of(
            Treatment.AS_IT_IS, 1.9,
            Treatment.AS_IT_IS_FINISHED, 0.9,
            Treatment.ALIGNED, 1.4,
            Treatment.ALIGNED_FINISHED, 0.15);
    List<InterpolationLine> lines = new ArrayList<>();
    for (Parent parent : parents) {
      for (Treatment treatment : parent.reference() ? new Treatment[0] : Treatment.values()) {
        List<Double> lambdas = new ArrayList<>();
        List<Double> losses = new ArrayList<>();
        for (int i = 0; i <= 10; i++) {
          double lambda = i / 10.0;
          lambdas.add(lambda);
          double hump = heights.get(treatment) * Math.pow(Math.sin(Math.PI * lambda), 1.5);
          losses.add(0.61 + 0.05 * lambda + hump);
        }
        lines.add(new InterpolationLine(parent.name(), treatment, lambdas, losses));
      }
    }
    return lines;
  }
}
