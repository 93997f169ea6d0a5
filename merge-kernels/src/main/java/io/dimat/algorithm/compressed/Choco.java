package io.dimat.algorithm.compressed;

import io.dimat.algorithm.part.CombineOrder;
import io.dimat.compress.Compressor;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Payload;
import io.dimat.protocol.Requirement;
import io.dimat.tensor.ParamVector;
import java.util.Map;
import java.util.Set;

/**
 * CHOCO's exchange: agents send compressed differences to public copies that everybody updates.
 *
 * <pre>
 * q_i = Q(z_i - xh_i);   xh_i &lt;- xh_i + q_i;   s_i &lt;- s_i + sum_j w_ij q_j      s_i = sum_j w_ij xh_j
 * combine then adapt   z_i = v_i + gamma (s_i - xh_i), of the exchange before;   x_i &lt;- z_i
 * adapt then combine   z_i = v_i;   x_i &lt;- v_i + gamma (s_i - xh_i), of this exchange
 * </pre>
 *
 * The agents' mean of x is that of v for every Q. Without compression and with gamma = 1 the orders
 * are those of decentralized SGD. Q must be a contraction; gamma is smaller the stronger it is,
 * 0.05 to 0.9 in practice. Koloskova, Stich, Jaggi, arXiv 1902.00340; the first order is the memory
 * efficient form.
 *
 * <p>State: two vectors, {@code xh_i} and {@code s_i}, both zero at first. The sum needs the same W
 * at every exchange, and all mail: a lost message is never made up for.
 *
 * @param gamma consensus step, in (0, 1]
 */
public record Choco(Compressor compressor, double gamma, CombineOrder order)
    implements CompressedMix {
  private static final String PUBLIC = "public";
  private static final String NEIGHBORHOOD = "public-neighborhood";
  private static final String OWN = "own";

  public Choco {
    if (!(gamma > 0 && gamma <= 1)) {
      throw new IllegalArgumentException("CHOCO's consensus step is in (0, 1], got " + gamma);
    }
  }

  @Override
  public Told tell(AgentState state, ParamVector vector, LocalContext context) {
    ParamVector zero = ParamVector.zeros(vector.layout());
    ParamVector published = state.has(PUBLIC) ? state.vector(PUBLIC) : zero;
    ParamVector sum = state.has(NEIGHBORHOOD) ? state.vector(NEIGHBORHOOD) : zero;
    ParamVector own =
        order == CombineOrder.COMBINE_THEN_ADAPT ? moved(vector, sum, published) : vector;
    Payload payload = compressor.encode(own.minus(published), seed(context));
    ParamVector difference = compressor.decode(payload, vector.layout());
    double weight = context.mixingRow().getOrDefault(context.agent(), 0.0);
    return new Told(
        state
            .with(PUBLIC, published.plus(difference))
            .with(NEIGHBORHOOD, sum.plus(weight, difference))
            .with(OWN, own),
        payload);
  }

  @Override
  public Heard hear(AgentState state, Inbox inbox, LocalContext context) {
    ParamVector own = state.vector(OWN);
    ParamVector sum = state.vector(NEIGHBORHOOD);
    Map<Integer, Double> row = context.mixingRow();
    for (Map.Entry<Integer, ParamVector> theirs : decoded(inbox, own).entrySet()) {
      sum = sum.plus(row.get(theirs.getKey()), theirs.getValue());
    }
    ParamVector x =
        order == CombineOrder.ADAPT_THEN_COMBINE ? moved(own, sum, state.vector(PUBLIC)) : own;
    return new Heard(state.with(NEIGHBORHOOD, sum).without(OWN), x);
  }

  private ParamVector moved(ParamVector vector, ParamVector sum, ParamVector published) {
    return vector.plus(gamma, sum.minus(published));
  }

  @Override
  public Set<Requirement> requires() {
    return Set.of(
        Requirement.DOUBLY_STOCHASTIC_MIXING,
        Requirement.SYMMETRIC_MIXING,
        Requirement.CONSTANT_MIXING);
  }
}
