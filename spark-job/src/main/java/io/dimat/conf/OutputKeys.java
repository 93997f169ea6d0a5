package io.dimat.conf;

import static io.dimat.conf.ConfigKey.choice;
import static io.dimat.conf.ConfigKey.counted;
import static io.dimat.conf.ConfigKey.free;

import java.util.List;

/** What is measured, and where results are kept. */
final class OutputKeys {
  static final ConfigKey<Integer> EVALUATE_EVERY =
      counted(
          "evaluate.every",
          IntegerType.from(1),
          1,
          "rounds between evaluations; the last round always counts",
          c -> c.evaluate().every());
  static final ConfigKey<Integer> EVALUATE_IMAGES =
      counted(
          "evaluate.images",
          IntegerType.from(0),
          0,
          "images an evaluation reads; 0 = every image",
          c -> c.evaluate().images());
  static final ConfigKey<Integer> EVALUATE_CONSENSUS_EVERY =
      counted(
          "evaluate.consensus-every",
          IntegerType.from(0),
          1,
          "rounds between consensus models; 0 = only after the last round",
          c -> c.evaluate().consensusEvery());
  static final ConfigKey<EvaluateConfig.On> EVALUATE_ON =
      choice(
          "evaluate.on",
          EvaluateConfig.On.TEST,
          "images accuracy is measured on; tune settings on validation, never on test",
          c -> c.evaluate().on());
  static final ConfigKey<String> OUT =
      free(
          "run.out",
          new TextType("a folder"),
          "runs/dimat",
          "output folder; a file NAME.conf that does not set it gets runs/NAME",
          c -> c.run().out());
  static final ConfigKey<OutputConfig.Resume> RESUME =
      free(
          "run.resume",
          ChoiceType.of(OutputConfig.Resume.class),
          OutputConfig.Resume.AUTO,
          "auto continues or begins, never refuses a folder with rounds, must refuses one without",
          c -> c.run().resume());
  static final ConfigKey<Integer> KEEP_ROUNDS =
      free(
          "run.keep-rounds",
          IntegerType.from(0),
          0,
          "rounds whose agents' states stay on disk, counted from the newest; 0 keeps all. Metrics and consensus models always stay; models of earlier rounds cannot be exported",
          c -> c.run().keepRounds());

  static final List<ConfigKey<?>> ALL =
      List.of(
          EVALUATE_EVERY,
          EVALUATE_IMAGES,
          EVALUATE_CONSENSUS_EVERY,
          EVALUATE_ON,
          OUT,
          RESUME,
          KEEP_ROUNDS);

  private OutputKeys() {}
}
