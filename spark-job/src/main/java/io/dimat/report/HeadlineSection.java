package io.dimat.report;

import io.dimat.metrics.MetricsRow;
import io.dimat.metrics.RunDescription;
import io.dimat.protocol.Metric;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;

/** What ran, how it ended, and the few numbers that matter. */
final class HeadlineSection implements Section {
  @Override
  public String render(RunDescription run, RunSeries series) {
    Markup html = new Markup();
    html.open("header");
    html.leaf("p", status(run, series), "class", "status");
    html.leaf("h1", title(run));
    html.leaf("p", sentence(run, series), "class", "lead");
    html.open("div", "class", "tiles");
    tiles(run, series).forEach(tile -> add(html, tile));
    html.close("div");
    run.notes().forEach(note -> html.leaf("p", note, "class", "note"));
    html.open("dl", "class", "facts");
    facts(run)
        .forEach(fact -> html.open("div").leaf("dt", fact[0]).leaf("dd", fact[1]).close("div"));
    return html.close("dl").close("header").toString();
  }

  private static String title(RunDescription run) {
    return run.data().name().isEmpty()
        ? run.algorithm()
        : run.algorithm() + " on " + run.data().name();
  }

  private static String status(RunDescription run, RunSeries series) {
    String rounds = "round " + series.lastRound() + " of " + run.roundsPlanned();
    return run.outcome().status().isEmpty() ? rounds : run.outcome().status() + " · " + rounds;
  }

  private static String sentence(RunDescription run, RunSeries series) {
    int agents = run.topology().agents();
    StringBuilder text = new StringBuilder();
    text.append(agents == 1 ? "One agent" : agents + " agents");
    if (!run.topology().name().isEmpty() && agents > 1) {
      text.append(" (topology: ").append(run.topology().name()).append(')');
    }
    text.append(agents == 1 ? " trained " : ", each on its own shard, trained ");
    text.append(run.network().name().isEmpty() ? "a network" : run.network().name());
    if (run.network().parameters() > 0) {
      text.append(" with ").append(Numbers.count(run.network().parameters())).append(" parameters");
    }
    int rounds = series.lastRound();
    return text.append(rounds == 1 ? " for 1 round." : " for " + rounds + " rounds.").toString();
  }

  private static List<String[]> tiles(RunDescription run, RunSeries series) {
    List<String[]> tiles = new ArrayList<>();
    String point = series.headlinePoint();
    String when = point.equals(MetricsRow.MERGED) ? series.mergedWords() : "after training";
    NavigableMap<Integer, Spread> accuracy = series.acrossAgents(Metric.TEST_ACCURACY, point);
    if (!accuracy.isEmpty()) {
      Spread last = accuracy.lastEntry().getValue();
      tiles.add(tile("mean agent", Numbers.percent(last.mean()), "test accuracy " + when));
      tiles.add(tile("worst agent", Numbers.percent(last.min()), "agent " + last.worst()));
      tiles.add(tile("best agent", Numbers.percent(last.max()), "agent " + last.best()));
    }
    Map.Entry<Integer, Double> consensus = series.ofRounds(Metric.CONSENSUS_ACCURACY).lastEntry();
    if (consensus != null) {
      String round = "common model, round " + consensus.getKey();
      tiles.add(tile("consensus", Numbers.percent(consensus.getValue()), round));
    }
    Map.Entry<Integer, Double> bytes = series.cumulativeBytes().lastEntry();
    if (bytes != null) {
      tiles.add(tile("sent", Numbers.megabytes(bytes.getValue()), "between agents, in all"));
    }
    if (run.outcome().wallSeconds() > 0) {
      tiles.add(tile("time", Numbers.duration(run.outcome().wallSeconds()), "wall clock"));
    }
    return tiles;
  }

  private static List<String[]> facts(RunDescription run) {
    List<String[]> facts = new ArrayList<>();
    addFact(facts, "Probe data", run.probePolicy());
    addFact(facts, "Batch norm after a merge", run.batchNormPolicy());
    addFact(facts, "Backend", run.backend());
    if (run.topology().spectralGap() > 0) {
      addFact(facts, "Spectral gap", Numbers.weight(run.topology().spectralGap()));
    }
    addFact(facts, "Seed", Long.toString(run.seed()));
    return facts;
  }

  private static void addFact(List<String[]> facts, String name, String value) {
    if (!value.isEmpty()) {
      facts.add(new String[] {name, value});
    }
  }

  private static String[] tile(String name, String value, String detail) {
    return new String[] {name, value, detail};
  }

  private static void add(Markup html, String[] tile) {
    html.open("div", "class", "tile").leaf("span", tile[0], "class", "name");
    html.leaf("strong", tile[1]).leaf("span", tile[2], "class", "detail").close("div");
  }
}
