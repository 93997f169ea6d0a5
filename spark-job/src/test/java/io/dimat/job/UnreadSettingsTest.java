package io.dimat.job;

import static org.assertj.core.api.Assertions.assertThat;

import io.dimat.conf.ConfigLoader;
import java.util.List;
import java.util.SortedSet;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

class UnreadSettingsTest {
  @Test
  void of_momentumOfAMethodWithout_isTold() {
    assertThat(notes("algorithm = dsgd", "gossip.momentum = 0.5"))
        .containsExactly(
            "gossip.momentum = 0.5 changes nothing: algorithm = dsgd, as it is configured, does not read it");
  }

  @Test
  void of_momentumOfAMethodWithOne_isRead() {
    assertThat(notes("algorithm = dsgdm", "gossip.momentum = 0.5")).isEmpty();
  }

  @Test
  void of_bitsOfACompressorWithout_areTold() {
    assertThat(notes("algorithm = choco-sgd", "compress.name = top-k", "compress.bits = 8"))
        .singleElement()
        .asString()
        .startsWith("compress.bits = 8 changes nothing");
  }

  @Test
  void of_runningStatisticsOfMethodsThatMerge_areTold() {
    assertThat(notes("algorithm = dimat-sgd", "gossip.statistics = local")).hasSize(1);
    assertThat(notes("algorithm = dsgd", "gossip.statistics = local")).isEmpty();
  }

  @Test
  void of_aRequiredSetting_isRead() {
    assertThat(notes("algorithm = dynamic-averaging", "schedule.threshold = 2")).isEmpty();
  }

  @Test
  void of_theDefaultThatIsNotRead_isNotTold() {
    assertThat(notes("algorithm = dsgd", "gossip.momentum = 0.9")).isEmpty();
  }

  @Test
  void cautions_averagingOfModelsThatStartApart_areTold() {
    assertThat(Cautions.of(plan("algorithm = dsgd", "init = per-agent")))
        .singleElement()
        .asString()
        .startsWith("init = per-agent: dsgd averages models as they are");
    assertThat(Cautions.of(plan("algorithm = dsgd", "init = common"))).isEmpty();
    assertThat(Cautions.of(plan("algorithm = dimat", "init = per-agent"))).isEmpty();
    assertThat(
            Cautions.of(
                plan(
                    "agents = 2, topology.name = chain, algorithm = wa, init = per-agent",
                    "mixing { name = matrix, matrix = [[1, 0], [0, 1]] }")))
        .as("averaging with nobody")
        .isEmpty();
    assertThat(Cautions.of(plan("algorithm = none", "init = per-agent"))).isEmpty();
  }

  @Test
  void merges_methods_thatAlignOrAverageOnceARound() {
    assertThat(plan("algorithm = dimat").merges()).isTrue();
    assertThat(plan("algorithm = dimat", "merge.batch-norm = keep").merges()).isTrue();
    assertThat(plan("algorithm = wa").merges()).isTrue();
    assertThat(plan("algorithm = dimat-msgd").merges()).isTrue();
    assertThat(plan("algorithm = adaptive-merging").merges()).isTrue();
    assertThat(plan("algorithm = dsgd").merges()).isFalse();
    assertThat(plan("algorithm = none").merges()).isFalse();
  }

  @Test
  void readers_everySettingOfMethods_hasSome() {
    JobPlan plan = plan("algorithm = dsgd");
    SortedSet<String> paths = new TreeSet<>();
    plan.config()
        .fingerprintText()
        .lines()
        .map(line -> line.substring(0, line.indexOf(' ')))
        .filter(
            path -> path.matches("(gossip|relay|contrast|compress|control|schedule|timing)[.].*"))
        .forEach(paths::add);

    assertThat(paths).hasSizeGreaterThan(30);
    assertThat(SettingReaders.table().keySet()).isEqualTo(paths);
  }

  private static List<String> notes(String... lines) {
    return UnreadSettings.notes(plan(lines));
  }

  private static JobPlan plan(String... lines) {
    return JobPlan.of(
        ConfigLoader.parse("train.steps-per-round = 5\n" + String.join("\n", lines), "test"));
  }
}
