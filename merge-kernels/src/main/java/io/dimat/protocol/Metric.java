package io.dimat.protocol;

import java.util.List;

/** Names of the metrics: the fixed, public keys of {@code metrics.jsonl}. */
public final class Metric {
  /** Fraction of right answers on the evaluation images, in [0, 1]. */
  public static final String TEST_ACCURACY = "test_accuracy";

  /** Mean cross-entropy on the evaluation images, in nats. */
  public static final String TEST_LOSS = "test_loss";

  /** Mean cross-entropy of the round's training batches, in nats. */
  public static final String TRAIN_LOSS = "train_loss";

  /**
   * {@code sqrt(1/n sum ||x_i - mean||^2)} over trainable parameters, each agent in its own basis.
   */
  public static final String CONSENSUS_DISTANCE = "consensus_distance";

  /** The same after every agent was aligned to agent 0; only where bases differ. */
  public static final String CONSENSUS_DISTANCE_ALIGNED = "consensus_distance_aligned";

  /** Accuracy of the consensus model on the evaluation images, in [0, 1]. */
  public static final String CONSENSUS_ACCURACY = "consensus_accuracy";

  /** Bytes an agent sent to other agents in the phase. */
  public static final String BYTES_SENT = "bytes_sent";

  /**
   * Mean correlation of matched units: over the units of a group, then over neighbours, then over
   * groups. Every group counts the same however wide it is, so that a narrow layer that found no
   * counterpart is not hidden behind a wide one.
   */
  public static final String MATCH_CORRELATION = "match_correlation";

  /** Fraction of units matched to themselves, averaged like {@link #MATCH_CORRELATION}. */
  public static final String MATCH_IDENTITY_FRACTION = "match_identity_fraction";

  /** Images that went through training. */
  public static final String IMAGES_TRAINED = "images_trained";

  /**
   * Gradients of single images that were computed, images times backward passes: what an algorithm
   * costs, whatever it does with them.
   */
  public static final String GRADIENT_EVALUATIONS = "gradient_evaluations";

  /** Exchanges with neighbours in which models were averaged. */
  public static final String GOSSIP_ROUNDS = "gossip_rounds";

  /**
   * An agent's share of the squared disagreement: the mean over agents bounds the squared {@link
   * #CONSENSUS_DISTANCE} of trainable parameters from above.
   */
  public static final String DISAGREEMENT = "disagreement";

  /** What the root of the mean {@link #DISAGREEMENT} should not exceed; the agents' mean counts. */
  public static final String DISAGREEMENT_TARGET = "disagreement_target";

  /** Bytes of scalars that an agent gave to decisions of all agents; not in {@link #BYTES_SENT}. */
  public static final String CONTROL_BYTES = "control_bytes";

  /** Times an agent found that models should be exchanged now. */
  public static final String VIOLATIONS = "violations";

  /** Exchanges in which all agents took the mean of all models. */
  public static final String GLOBAL_AVERAGES = "global_averages";

  /** Times an agent merged its neighbours' models into its own. */
  public static final String MERGES = "merges";

  public static final String SECONDS_TRAIN = "seconds_train";
  public static final String SECONDS_ALIGN = "seconds_align";
  public static final String SECONDS_MERGE = "seconds_merge";
  public static final String SECONDS_EVALUATE = "seconds_evaluate";

  /** Metrics that count work: those of consecutive supersteps are added. */
  public static final List<String> ADDITIVE =
      List.of(
          BYTES_SENT,
          IMAGES_TRAINED,
          GRADIENT_EVALUATIONS,
          GOSSIP_ROUNDS,
          CONTROL_BYTES,
          VIOLATIONS,
          GLOBAL_AVERAGES,
          MERGES,
          SECONDS_TRAIN,
          SECONDS_ALIGN,
          SECONDS_MERGE,
          SECONDS_EVALUATE);

  private Metric() {}
}
