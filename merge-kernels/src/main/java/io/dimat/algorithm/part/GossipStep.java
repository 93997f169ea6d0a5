package io.dimat.algorithm.part;

import io.dimat.protocol.AgentState;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;

/**
 * How methods that combine several gradients go on: combine then adapt, with momentum.
 *
 * <pre>
 * local          m &lt;- beta m + g;     d = m, or g + beta m (Nesterov)
 *                x+ = x + gamma (mix(x) - x) - eta d
 * quasi-global   m = beta mhat + g;  d and x+ as above
 *                mhat &lt;- beta mhat + (1 - beta) (x - x+) / max(eta, 1e-8)
 * </pre>
 *
 * Quasi-global momentum follows the way the agent really went, its neighbours' included (Lin et
 * al., arXiv 2102.04761); its fixed point is that of no momentum, Nesterov's at {@code eta (1 +
 * beta)}. Local heavy-ball momentum has the fixed point of no momentum at {@code eta / (1 - beta)}.
 *
 * @param gossipRate gamma in (0, 1]; below 1 only where mail is compressed or the graph is dense
 */
public record GossipStep(Momentum momentum, MomentumScope buffer, double gossipRate)
    implements Serializable {
  public GossipStep {
    if (!(gossipRate > 0 && gossipRate <= 1)) {
      throw new IllegalArgumentException("the gossip rate is in (0, 1], got " + gossipRate);
    }
  }

  /**
   * The state after the step: its model's trainable parameters and its momentum are replaced.
   *
   * @param x where the agent stood, packed
   * @param mixed {@code mix(x)}, packed
   * @param gradient weight decay included, packed
   * @param rate eta
   */
  public AgentState taken(
      AgentState state, ParamVector x, ParamVector mixed, ParamVector gradient, double rate) {
    ParamVector base = x.towards(mixed, gossipRate);
    if (momentum.beta() == 0) {
      return placed(state, base.plus(-rate, gradient));
    }
    ParamVector held =
        state.has(Momentum.BUFFER) ? state.vector(Momentum.BUFFER) : ParamVector.zeros(x.layout());
    ParamVector moved = momentum.moved(held, gradient);
    ParamVector next = base.plus(-rate, momentum.direction(moved, gradient));
    ParamVector kept =
        switch (buffer) {
          case LOCAL -> moved;
          case QUASI_GLOBAL -> Momentum.followed(held, x.minus(next), momentum.beta(), rate);
        };
    return placed(state, next).with(Momentum.BUFFER, kept);
  }

  private static AgentState placed(AgentState state, ParamVector x) {
    return state.with(AgentState.MODEL, state.model().withTrainable(x));
  }
}
