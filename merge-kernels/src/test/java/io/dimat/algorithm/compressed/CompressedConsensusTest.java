package io.dimat.algorithm.compressed;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.algorithm.part.CombineOrder;
import io.dimat.compress.Blocks;
import io.dimat.compress.TopK;
import io.dimat.graph.MixingMatrix;
import io.dimat.graph.Topology;
import io.dimat.protocol.AgentState;
import io.dimat.protocol.EvaluationSchedule;
import io.dimat.protocol.Inbox;
import io.dimat.protocol.LocalContext;
import io.dimat.protocol.Recorder;
import io.dimat.protocol.Seeds;
import io.dimat.tensor.ParamLayout;
import io.dimat.tensor.ParamVector;
import io.dimat.tensor.Precision;
import io.dimat.tensor.Role;
import io.dimat.tensor.RunningMean;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.ZigguratSampler;
import org.apache.commons.rng.simple.RandomSource;
import org.junit.jupiter.api.Test;

/** Compressed averaging without gradients: ring of 8, 20 normal values each, a tenth is sent. */
class CompressedConsensusTest {
  private static final MixingMatrix RING = MixingMatrix.metropolisHastings(Topology.ring(8));
  private static final TopK TENTH = new TopK(0.1, new Blocks.Whole());
  private static final double GAMMA = 0.05;
  private static final ParamLayout LAYOUT =
      ParamLayout.builder()
          .precision(Precision.DOUBLE)
          .add("x", List.of(20), Role.TRAINABLE)
          .build();

  @Test
  void choco_topTenth_agreesAndKeepsTheMean() {
    for (CombineOrder order : CombineOrder.values()) {
      List<ParamVector> start = start();
      List<ParamVector> end = gossip(new Choco(TENTH, GAMMA, order), start, 1000);

      assertThat(squaredError(start)).isBetween(140.0, 141.0);
      assertThat(squaredError(end)).isLessThan(1e-7);
      assertThat(worstDrift(start, end)).isLessThan(5e-14);
    }
  }

  @Test
  void deepSqueeze_topTenth_keepsTheMeanAndDoesNotAgreeAsClosely() {
    List<ParamVector> start = start();
    List<ParamVector> end = gossip(new DeepSqueeze(TENTH, GAMMA), start, 1000);

    assertThat(worstDrift(start, end)).isLessThan(5e-14);
    assertThat(squaredError(end)).isBetween(0.1, 0.3);
  }

  @Test
  void naiveGossip_topTenth_stalls() {
    List<ParamVector> models = start();
    for (int round = 0; round < 1000; round++) {
      List<ParamVector> said =
          models.stream().map(x -> TENTH.decode(TENTH.encode(x, 0), LAYOUT)).toList();
      List<ParamVector> next = new ArrayList<>();
      for (int i = 0; i < 8; i++) {
        ParamVector x = models.get(i);
        for (var weight : RING.row(i).entrySet()) {
          x = x.plus(weight.getValue(), said.get(weight.getKey()).minus(said.get(i)));
        }
        next.add(x);
      }
      models = next;
    }
    assertThat(squaredError(models)).isBetween(9.0, 12.0);
  }

  private static List<ParamVector> gossip(
      CompressedMix exchange, List<ParamVector> start, int rounds) {
    List<AgentState> states = new ArrayList<>(start.stream().map(AgentState::ofModel).toList());
    for (int round = 0; round < rounds; round++) {
      List<SortedMap<Integer, AgentState>> mail = new ArrayList<>();
      states.forEach(state -> mail.add(new TreeMap<>()));
      for (int i = 0; i < states.size(); i++) {
        CompressedMix.Told told =
            exchange.tell(states.get(i), states.get(i).model(), context(i, round));
        states.set(i, told.state());
        for (int to : context(i, round).recipients()) {
          mail.get(to).put(i, AgentState.empty().with(CompressedMix.COMPRESSED, told.payload()));
        }
      }
      for (int i = 0; i < states.size(); i++) {
        CompressedMix.Heard heard =
            exchange.hear(states.get(i), new Inbox(mail.get(i)), context(i, round));
        states.set(i, heard.state().with(AgentState.MODEL, heard.x()));
      }
    }
    return states.stream().map(AgentState::model).toList();
  }

  private static LocalContext context(int agent, long iteration) {
    return new LocalContext(
        agent,
        1,
        iteration,
        RING,
        null,
        null,
        new Seeds(1),
        new EvaluationSchedule(1, 0, 1),
        new Recorder(() -> 0L));
  }

  private static List<ParamVector> start() {
    UniformRandomProvider random = RandomSource.XO_SHI_RO_256_PP.create(1);
    ZigguratSampler.NormalizedGaussian gaussian = ZigguratSampler.NormalizedGaussian.of(random);
    List<ParamVector> models = new ArrayList<>();
    for (int i = 0; i < 8; i++) {
      models.add(ParamVector.zeros(LAYOUT).map(x -> gaussian.sample()));
    }
    return models;
  }

  private static ParamVector mean(List<ParamVector> models) {
    RunningMean mean = new RunningMean(LAYOUT);
    models.forEach(mean::add);
    return mean.mean();
  }

  private static double worstDrift(List<ParamVector> before, List<ParamVector> after) {
    return Arrays.stream(mean(after).minus(mean(before)).toDoubles())
        .map(Math::abs)
        .max()
        .orElseThrow();
  }

  private static double squaredError(List<ParamVector> models) {
    ParamVector mean = mean(models);
    return models.stream().mapToDouble(mean::squaredDistance).sum();
  }
}
