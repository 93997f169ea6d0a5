package io.dimat.spark;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.dl4j.Dl4jLearner;
import io.dimat.learn.LearnerFactory;
import io.dimat.learn.OptimizerSpec;
import io.dimat.network.Network;
import io.dimat.protocol.AgentMetrics;
import io.dimat.protocol.GroupMetrics;
import io.dimat.protocol.RunPlan;
import io.dimat.shard.ImageBlock;
import io.dimat.store.PhaseManifest;
import io.dimat.store.StateRef;
import io.dimat.store.StateStore;
import io.dimat.testing.RoundTrip;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaSparkContext;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Everything that goes to a task or comes from one arrives as it was sent. */
class SerializationTest {
  @TempDir static Path shared;
  private static SmallRun small;

  @BeforeAll
  static void prepare() {
    small = new SmallRun(shared);
  }

  private static final StateRef STATE = new StateRef("rounds/1/train/x.state", "ab", 12);

  private static TaskOutcome outcome() {
    TreeMap<String, Double> values = new TreeMap<>();
    values.put("test_loss", 0.1);
    AgentMetrics metrics =
        new AgentMetrics(values, List.of(0.5), List.of(new GroupMetrics("conv1", 0.7, 0.1)));
    PhaseManifest.Mail mail = new PhaseManifest.Mail(2, STATE, List.of("model"));
    return new TaskOutcome(
        new PhaseManifest.Entry(1, STATE, metrics, List.of(mail)), "dl4j, 1 thread");
  }

  @Test
  void order_withAndWithoutStateAndMail_isEqual() {
    TreeMap<Integer, PhaseManifest.Mail> mail = new TreeMap<>();
    mail.put(2, new PhaseManifest.Mail(1, STATE, List.of("model")));

    Order order = new Order(1, STATE, mail);
    Order first = new Order(0, null, new TreeMap<>());

    assertThat(RoundTrip.of(order)).isEqualTo(order);
    assertThat(RoundTrip.of(first)).isEqualTo(first);
  }

  @Test
  void taskOutcome_isEqual() {
    assertThat(RoundTrip.of(outcome())).isEqualTo(outcome());
  }

  @Test
  void feedSettings_isEqual() {
    assertThat(RoundTrip.of(small.feed)).isEqualTo(small.feed);
  }

  @Test
  void imageBlock_isEqual() {
    ImageBlock block = small.shards.train(1);

    ImageBlock there = RoundTrip.of(block);

    assertThat(there).isEqualTo(block);
    assertThat(there.size()).isEqualTo(60);
  }

  @Test
  void runPlan_everyAlgorithm_hasTheSameValuesAndPhases() {
    for (String algorithm : List.of("dimat", "wa", "none")) {
      RunPlan plan = small.plan(algorithm, OptimizerSpec.momentum(0.1, 0.9), 2);

      RunPlan there = RoundTrip.of(plan);

      assertThat(there.network()).isEqualTo(plan.network());
      assertThat(there.mixing()).isEqualTo(plan.mixing());
      assertThat(there.topology()).isEqualTo(plan.topology());
      assertThat(there.seeds()).isEqualTo(plan.seeds());
      assertThat(there.schedule()).isEqualTo(plan.schedule());
      assertThat(there.program().name()).isEqualTo(algorithm);
      assertThat(there.program().requires()).isEqualTo(plan.program().requires());
      assertThat(there.segments(1)).hasSameSizeAs(plan.segments(1));
      assertThat(RoundTrip.of(plan.segments(1).get(0).last()).name()).isEqualTo("train");
    }
  }

  @Test
  void taskSetup_inATask_readsStatesAndImages() {
    JavaSparkContext context = JavaSparkContext.fromSparkContext(SmallRun.SESSION.sparkContext());
    RunPlan plan = small.plan("dimat", OptimizerSpec.adam(1e-3), 1);
    Network network = plan.network();
    LearnerFactory learners = new Dl4jLearner.Factory();
    TaskSetup setup =
        new TaskSetup(
            plan,
            new StateStore(SmallRun.folder(shared), network.layout()),
            learners,
            SharedImages.of(
                context, small.shards.test().sample(20, 3), Optional.of(small.shards.train(0))),
            small.feed,
            "lease");

    TaskSetup there = RoundTrip.of(setup);

    assertThat(there.data(1, small.shards.train(1)).test().images()).isEqualTo(20);
    assertThat(there.images().union()).contains(small.shards.train(0));
    assertThat(there.leaseId()).isEqualTo("lease");
    assertThat(there.learners().create(network).network()).isEqualTo(network);
  }

  @Test
  void unionProbe_threeAgents_takesAsManyImagesOfEach() {
    try (AgentShards shards = AgentShards.open(small.shards, SmallRun.SESSION)) {
      ImageBlock probe = shards.unionProbe(small.feed);

      assertThat(probe.size()).isEqualTo(33);
      assertThat(shards.unionProbe(small.feed)).isEqualTo(probe);
    }
  }
}
