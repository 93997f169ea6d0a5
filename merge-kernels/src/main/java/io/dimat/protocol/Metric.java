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
          SECONDS_TRAIN,
          SECONDS_ALIGN,
          SECONDS_MERGE,
          SECONDS_EVALUATE);

  private Metric() {}
}
