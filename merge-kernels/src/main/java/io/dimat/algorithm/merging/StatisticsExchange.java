package io.dimat.algorithm.merging;

import io.dimat.merge.LocalProbe;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Envelope;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Message;
import io.dimat.protocol.Metric;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.util.ArrayList;
import java.util.List;

/** Neighbours estimate each other's running statistics, each on its own probe. */
final class StatisticsExchange {
  private static final String ESTIMATE = "estimate";
  private static final String IMAGES = "images";

  private StatisticsExchange() {}

  /** Of mail with models: estimates each one's statistics and sends them, keeps the own model's. */
  static StepResult estimate(AgentState state, Inbox inbox, LocalContext context) {
    double images = context.data().probe(context.round()).images();
    List<Envelope> mail = new ArrayList<>();
    MergeStep.models(inbox)
        .forEach(
            (sender, model) -> {
              ParamVector estimate = estimate(model, context);
              AgentState told = AgentState.empty().with(ESTIMATE, estimate).with(IMAGES, images);
              mail.add(new Envelope(sender, new Message.Carried(told)));
            });
    return new StepResult(state.with(ESTIMATE, estimate(state.model(), context)), mail);
  }

  private static ParamVector estimate(ParamVector model, LocalContext context) {
    return context
        .recorder()
        .timed(
            Metric.SECONDS_MERGE,
            () ->
                LocalProbe.of(context)
                    .recalibrated(context.learner().network(), model)
                    .statistics());
  }

  /** Of mail with estimates: the state whose model has the statistics of all of them. */
  static AgentState pooled(AgentState state, Inbox inbox, LocalContext context) {
    PooledStatistics pool = new PooledStatistics();
    pool.add(state.vector(ESTIMATE), context.data().probe(context.round()).images());
    for (AgentState mail : inbox.bySender().values()) {
      pool.add(mail.vector(ESTIMATE), mail.scalar(IMAGES, 0));
    }
    ParamVector model = state.model().withStatistics(pool.pooled());
    return state.with(AgentState.MODEL, model).without(ESTIMATE);
  }

  /** What an estimate takes to send. */
  static long bytes(ParamLayout layout) {
    return 4L * layout.statistics().size() + Double.BYTES;
  }
}
