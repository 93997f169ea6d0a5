package io.dimat.algorithm.heterogeneity;

import io.dimat.algorithm.part.GossipStatistics;
import io.dimat.algorithm.part.IterativeTraining;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.Envelope;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Message;
import io.dimat.protocol.Purpose;
import io.dimat.protocol.StepResult;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeMap;
import org.apache.commons.rng.simple.RandomSource;

/**
 * RelaySum: sums that are passed on along a tree, so that everybody's payload reaches everybody
 * exactly once. With {@code h_i} the payload of agent i and N_i its neighbours in the tree,
 *
 * <pre>
 * m_(i to j)  &lt;- h_i + sum over k in N_i without j of m_(k to i) of the iteration before
 * c_(i to j)  &lt;- 1   + sum over k in N_i without j of c_(k to i) of the iteration before
 * </pre>
 *
 * and all are 0 at the start. Agent i then holds {@code h_i + sum_k m_(k to i)}: agent j's payload
 * of {@code max(0, dist(i, j) - 1)} iterations ago, for every j. A message that is lost leaves
 * nothing on its edge for that iteration, neither sum nor count.
 *
 * <p>State: between hearing and the next sending, what came from every neighbour in the tree.
 *
 * @param dropRate probability that a message is lost, in [0, 1), drawn by edge, direction and
 *     iteration
 */
public record RelayMail(RelayTrees trees, double dropRate) implements Serializable {
  private static final String RELAY = "relay.";

  public RelayMail {
    if (!(dropRate >= 0 && dropRate < 1)) {
      throw new IllegalArgumentException(
          "the part of messages that is lost is in [0, 1), got " + dropRate);
    }
  }

  /**
   * The messages to all neighbours in the trees.
   *
   * @param payload h_i
   * @param training says whether running statistics travel along
   */
  StepResult send(
      AgentState state, ParamVector payload, IterativeTraining training, LocalContext context) {
    List<ParamVector> parts = trees.parts(payload);
    List<Envelope> outbox = new ArrayList<>();
    AgentState left = state;
    for (int to : trees.neighbors(context.agent())) {
      AgentState contents = training.withStatistics(AgentState.empty(), state.model());
      for (int tree = 0; tree < trees.count(); tree++) {
        if (trees.neighbors(tree, context.agent()).contains(to)) {
          contents = contents.with(name(tree), sum(state, parts.get(tree), tree, context, to));
          contents = contents.with(name(tree), 1 + heard(state, tree, context, to));
        }
        left = left.without(name(tree, to));
      }
      outbox.add(new Envelope(to, new Message.Carried(contents)));
    }
    return new StepResult(left, outbox);
  }

  /** {@code h_i} and all that was received, in agent order; nothing from {@code except}. */
  private ParamVector sum(
      AgentState state, ParamVector part, int tree, LocalContext context, int except) {
    List<ParamVector> terms = new ArrayList<>(List.of(part));
    for (int from : trees.neighbors(tree, context.agent())) {
      if (from != except && state.has(name(tree, from))) {
        terms.add(state.vector(name(tree, from)));
      }
    }
    double[] ones = terms.stream().mapToDouble(term -> 1).toArray();
    return ParamVector.weightedSum(ones, terms);
  }

  /** How many other agents' payloads the state holds, not counting those by way of one. */
  private double heard(AgentState state, int tree, LocalContext context, int except) {
    SortedSet<Integer> neighbors = trees.neighbors(tree, context.agent());
    return neighbors.stream()
        .filter(from -> from != except)
        .mapToDouble(from -> state.scalar(name(tree, from), 0))
        .sum();
  }

  /** The neighbours' mail without what is lost on the way. */
  Inbox arrived(Inbox inbox, LocalContext context) {
    TreeMap<Integer, AgentState> arrived = new TreeMap<>(inbox.bySender());
    arrived.keySet().removeIf(from -> dropRate > 0 && isLost(from, context));
    return new Inbox(arrived);
  }

  private boolean isLost(int from, LocalContext context) {
    long seed =
        context.seeds().of(from, context.iteration(), Purpose.MESSAGE_LOSS, context.agent());
    return RandomSource.SPLIT_MIX_64.create(seed).nextDouble() < dropRate;
  }

  /** The state with what was received. */
  AgentState keep(AgentState state, Inbox arrived) {
    AgentState kept = state;
    for (var mail : arrived.bySender().entrySet()) {
      for (int tree = 0; tree < trees.count(); tree++) {
        if (mail.getValue().has(name(tree))) {
          String name = name(tree, mail.getKey());
          kept = kept.with(name, mail.getValue().vector(name(tree)));
          kept = kept.with(name, mail.getValue().scalar(name(tree), 0));
        }
      }
    }
    return kept;
  }

  /** {@code (h_i + sum_k m_(k to i)) / n}: what has not arrived counts as 0. */
  ParamVector mean(AgentState kept, ParamVector payload, LocalContext context) {
    return filled(kept, payload, ParamVector.zeros(payload.layout()), context);
  }

  /**
   * {@code (h_i + sum_k m_(k to i) + (n - 1 - sum_k c_(k to i)) fill) / n}.
   *
   * @param kept a state after {@link #keep}
   * @param fill stands for every payload that has not arrived
   */
  ParamVector filled(AgentState kept, ParamVector payload, ParamVector fill, LocalContext context) {
    int nobody = -1;
    double share = 1.0 / trees.agents();
    List<ParamVector> means = new ArrayList<>();
    for (int tree = 0; tree < trees.count(); tree++) {
      ParamVector sum = sum(kept, trees.part(payload, tree), tree, context, nobody);
      double missing = trees.agents() - 1 - heard(kept, tree, context, nobody);
      means.add(
          ParamVector.weightedSum(
              new double[] {share, missing * share}, List.of(sum, trees.part(fill, tree))));
    }
    return trees.whole(means, payload.layout());
  }

  /**
   * The agent's state at the end of an iteration. Running statistics that travelled become the
   * plain mean of the agent's own and those that arrived.
   *
   * @param x its trainable parameters, packed
   */
  AgentState settle(AgentState kept, ParamVector x, Inbox arrived) {
    ParamVector model = kept.model().withTrainable(x);
    List<ParamVector> statistics = new ArrayList<>(List.of(model.statistics()));
    for (AgentState mail : arrived.bySender().values()) {
      if (mail.has(GossipStatistics.STATISTICS)) {
        statistics.add(mail.vector(GossipStatistics.STATISTICS));
      }
    }
    if (statistics.size() > 1) {
      double[] shares = new double[statistics.size()];
      Arrays.fill(shares, 1.0 / shares.length);
      model = model.withStatistics(ParamVector.weightedSum(shares, statistics));
    }
    return kept.with(AgentState.MODEL, model);
  }

  /**
   * Bytes to a neighbour in the trees per iteration, on average over the edges of two trees that
   * share none.
   */
  long bytesPerNeighbor(ParamLayout layout, IterativeTraining training) {
    long relayed = training.bytesTold(layout, 1) - training.bytesTold(layout, 0);
    return relayed / trees.count() + training.bytesTold(layout, 0) + Double.BYTES;
  }

  private static String name(int tree) {
    return RELAY + tree;
  }

  private static String name(int tree, int neighbor) {
    return RELAY + tree + "." + neighbor;
  }
}
