package io.dimat.conf;

import static io.dimat.conf.ConfigKey.choice;
import static io.dimat.conf.ConfigKey.counted;
import static io.dimat.conf.ConfigKey.free;
import static io.dimat.conf.ConfigKey.named;

import io.dimat.algorithm.part.InitPolicy;
import java.util.List;

/** The run as a whole. */
final class RunKeys {
  static final ConfigKey<Long> SEED =
      counted("seed", IntegerType.any(), 1L, "seed of every random stream", RunConfig::seed);
  static final ConfigKey<Integer> AGENTS =
      counted(
          "agents",
          IntegerType.between(1, 10_000),
          5,
          "number of agents, each with its own shard and model; 1 is central training (topology.name = edges)",
          RunConfig::agents);
  static final ConfigKey<InitPolicy> INIT =
      choice(
          "init",
          InitPolicy.PER_AGENT,
          "do agents start from one common model, or each from its own (as in the paper)",
          RunConfig::init);
  static final ConfigKey<Integer> ROUNDS =
      free(
          "rounds",
          IntegerType.from(0),
          10,
          "rounds of exchange, merge and local training; raise it to extend a finished run",
          RunConfig::rounds);
  static final ConfigKey<String> ALGORITHM =
      named(
          "algorithm",
          RunConfig.algorithms(),
          "dimat",
          "what agents do after local training; a line on each is in docs/algorithms.md",
          RunConfig::algorithm);
  static final ConfigKey<RunConfig.LearningEngine> ENGINE =
      choice(
          "engine",
          RunConfig.LearningEngine.DL4J,
          "learning engine that trains the networks",
          RunConfig::engine);
  static final ConfigKey<Integer> PRETRAIN_EPOCHS =
      counted(
          "pretrain.epochs",
          IntegerType.from(0),
          5,
          "local epochs of every agent before the first merge",
          RunConfig::pretrainEpochs);

  static final List<ConfigKey<?>> ALL =
      List.of(SEED, AGENTS, INIT, ROUNDS, ALGORITHM, ENGINE, PRETRAIN_EPOCHS);

  private RunKeys() {}
}
