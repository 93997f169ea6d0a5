package io.dimat.algorithm.compressed;

import io.dimat.compress.Compressor;
import io.dimat.compress.ErrorFeedback;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Requirement;
import io.dimat.tensor.ParamVector;
import java.util.Set;
import java.util.TreeMap;

/**
 * DeepSqueeze's exchange: models are compressed as they are, with error feedback.
 *
 * <pre>
 * c_i = Q(v_i + e_i);   e_i &lt;- v_i + e_i - c_i;   x_i &lt;- v_i + gamma sum_j w_ij (c_j - c_i)
 * </pre>
 *
 * The agents' mean of x is that of v for every Q. Unlike CHOCO it remembers nothing of neighbours,
 * so W may change and mail may be lost; but what is compressed does not become small, so models
 * never agree exactly. Tang et al., arXiv 1907.07346. Reconstruction: the recursion is from a
 * summary, not from the paper.
 *
 * <p>State: one vector, {@code e_i}, zero at first.
 *
 * @param gamma consensus step, in (0, 1]
 */
public record DeepSqueeze(Compressor compressor, double gamma) implements CompressedMix {
  private static final String ERROR = "error";
  private static final String OWN = "own";
  private static final String SAID = "said";

  public DeepSqueeze {
    if (!(gamma > 0 && gamma <= 1)) {
      throw new IllegalArgumentException("DeepSqueeze's consensus step is in (0, 1], got " + gamma);
    }
  }

  @Override
  public Told tell(AgentState state, ParamVector vector, LocalContext context) {
    ParamVector error = state.has(ERROR) ? state.vector(ERROR) : ParamVector.zeros(vector.layout());
    ErrorFeedback.Sent sent = new ErrorFeedback(compressor).send(vector, error, seed(context));
    return new Told(
        state.with(ERROR, sent.error()).with(OWN, vector).with(SAID, sent.received()),
        sent.payload());
  }

  @Override
  public Heard hear(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector own = state.vector(OWN);
    ParamVector said = state.vector(SAID);
    TreeMap<Integer, AgentState> heard = new TreeMap<>();
    decoded(inbox, own)
        .forEach((sender, theirs) -> heard.put(sender, AgentState.empty().with(SAID, theirs)));
    ParamVector pull = context.mix(said, new Inbox(heard), SAID).minus(said);
    return new Heard(state.without(OWN).without(SAID), own.plus(gamma, pull));
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(Requirement.DOUBLY_STOCHASTIC_MIXING);
  }
}
