package io.dimat.algorithm.crossgradient;

import io.dimat.compress.Compressor;
import io.dimat.compress.ErrorFeedback;
import io.dimat.compress.Identity;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Purpose;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;

/**
 * How gradients go back to the owner of a model: as they are, or compressed with one error memory
 * per owner. An agent is the owner of its own gradient too.
 *
 * <pre>
 * p = g_ji + e_ji;   c_ji = Q(p);   e_ji &lt;- p - c_ji
 * </pre>
 *
 * What arrives is c_ji, and it is what the sender goes on with itself. State: the vectors e_ji, one
 * per neighbour and one for itself; none with {@link Identity}.
 */
public record CrossMail(Compressor compressor) implements Serializable {
  /** Gradients travel as they are. */
  public static final CrossMail EXACT = new CrossMail(new Identity());

  private static final String GRADIENT = "cross";
  private static final String ERROR = "error.";

  /**
   * A gradient on its way.
   *
   * @param state the sender's, its error memory moved on
   * @param received what the owner will read
   * @param contents of the mail
   */
  record Posted(AgentState state, ParamVector received, AgentState contents) {}

  /**
   * Posts a gradient of the model that belongs to {@code owner}.
   *
   * @param gradient packed
   */
  Posted post(AgentState state, int owner, ParamVector gradient, LocalContext context) {
    if (isExact()) {
      return new Posted(state, gradient, AgentState.empty().with(GRADIENT, gradient));
    }
    String memory = ERROR + owner;
    ParamVector error =
        state.has(memory) ? state.vector(memory) : ParamVector.zeros(gradient.layout());
    long seed = context.seeds().of(context.agent(), context.iteration(), Purpose.COMPRESS, owner);
    ErrorFeedback.Sent sent = new ErrorFeedback(compressor).send(gradient, error, seed);
    return new Posted(
        state.with(memory, sent.error()),
        sent.received(),
        AgentState.empty().with(GRADIENT, sent.payload()));
  }

  /** The gradient in a mail. */
  ParamVector read(AgentState mail, ParamLayout packed) {
    return isExact() ? mail.vector(GRADIENT) : compressor.decode(mail.payload(GRADIENT), packed);
  }

  /** Bytes of one gradient. */
  long bytes(ParamLayout packed) {
    return compressor.bytes(packed);
  }

  private boolean isExact() {
    return compressor instanceof Identity;
  }
}
