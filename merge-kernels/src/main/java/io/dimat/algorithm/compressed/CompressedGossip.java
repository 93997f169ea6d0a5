package io.dimat.algorithm.compressed;

import io.dimat.algorithm.part.IterativeProgram;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.algorithm.part.Momentum;
import io.dimat.algorithm.part.MomentumScope;
import io.dimat.algorithm.part.Sample;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Envelope;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Message;
import io.dimat.protocol.Phase;
import io.dimat.protocol.Plan;
import io.dimat.protocol.Requirement;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.util.Set;

/**
 * Decentralized SGD whose exchange is compressed.
 *
 * <pre>
 * local          m &lt;- beta m + g;   v = x - eta d(m, g);   x &lt;- exchange(v)
 * quasi-global   m  = beta b + g;   v = x - eta d(m, g);   x+ = exchange(v)
 *                b &lt;- beta b + (1 - beta) (x - x+) / eta;   x &lt;- x+
 * </pre>
 *
 * d is the momentum's direction. With {@link Choco} and no momentum this is CHOCO-SGD (arXiv
 * 1902.00340), with {@link DeepSqueeze} its namesake (arXiv 1907.07346). Quasi-global momentum: Lin
 * et al., arXiv 2102.04761; with it, and the gradient of sharpness-aware minimization as the
 * training's oracle, this is Comp Q-SADDLe (arXiv 2405.13961). Reconstruction: which recursion that
 * paper compresses could not be read; 8 bits are its "4 times".
 *
 * <p>Traffic: one payload per neighbour and iteration, and running statistics uncompressed if they
 * travel. State: that of the exchange, and one momentum vector if beta is above 0.
 */
public record CompressedGossip(
    String name,
    IterativeTraining training,
    CompressedMix exchange,
    Momentum momentum,
    MomentumScope scope)
    implements IterativeProgram {
  private static final String ORIGIN = "origin";

  @Override
  public Plan round(int round) {
    return training.iterations(
        round, Phase.sending("descend", this::descend), Phase.reading("mix", this::mix));
  }

  private StepResult descend(AgentState state, Inbox none, LocalContext context) {
    Sample sample = training.sample(state.model(), context);
    AgentState sampled = state.with(AgentState.MODEL, sample.model());
    Momentum.Moved moved = momentum.move(sampled, sample.gradient());
    boolean follows = momentum.beta() > 0 && scope == MomentumScope.QUASI_GLOBAL;
    AgentState next = follows ? sampled.with(ORIGIN, sample.x()) : moved.state();
    ParamVector half = sample.x().plus(-training.rate(context), moved.direction());
    return told(exchange.tell(next, half, context), context);
  }

  private StepResult told(CompressedMix.Told told, LocalContext context) {
    ParamVector model = told.state().model();
    AgentState state = training.withStatistics(told.state(), model);
    AgentState payload = AgentState.empty().with(CompressedMix.COMPRESSED, told.payload());
    AgentState mail = training.withStatistics(payload, model);
    return new StepResult(state, Envelope.toAll(context.recipients(), new Message.Carried(mail)));
  }

  private StepResult mix(AgentState state, Inbox inbox, LocalContext context) {
    CompressedMix.Heard heard = exchange.hear(state, inbox, context);
    AgentState next = training.settle(heard.state(), heard.x(), inbox, context);
    if (!state.has(ORIGIN)) {
      return StepResult.of(next);
    }
    ParamVector buffer =
        Momentum.followed(
            training.buffer(state, Momentum.BUFFER),
            state.vector(ORIGIN).minus(heard.x()),
            momentum.beta(),
            training.rate(context));
    return StepResult.of(next.with(Momentum.BUFFER, buffer).without(ORIGIN));
  }

  @Override
  public long bytesPerNeighbor(ParamLayout layout) {
    return (exchange.compressor().bytes(layout.trainable()) + training.bytesTold(layout, 0))
        * training.stepsPerRound();
  }

  @Override
  public double gradientsPerStep(double neighbors) {
    return training.oracle().passes();
  }

  @Override
  public Set<Requirement> requires() {
    return exchange.requires();
  }
}
