package io.dimat.algorithm;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Writes docs/algorithms.md from the registry; run it in the folder of the clone. */
final class AlgorithmsPage {
  private static final String HEAD =
      """
      # Algorithms

      `--set algorithm=NAME`. Every method stands in one file of a package below `io.dimat.algorithm`, some share one, with its equations in the class comment; this page is written from the
      registry, and a test holds the two together.

      * `x_i` is agent i's model, `g_i` the gradient of its minibatch, `eta` the step size (`train.learning-rate`), `w_ij` the mixing weights, `d` the direction of the
        momentum (`gossip.momentum` beta, `gossip.momentum-style`: `g + beta m` by default, Nesterov's, or `m`), n the number of agents, k the iteration.
      * S is one model of four bytes per value; traffic is per neighbour and iteration, in one direction. Compressed payloads are counted as they are sent.
      * "Reconstruction" means that we could not read the published recursion in full; the class comment says what is ours.
      * Methods that merge once a round train for `train.epochs-per-round` or, counted like all others, `train.steps-per-round`. All others need `train.steps-per-round`:
        a round is that many iterations, and ends in a commit.
      * Running statistics of batch norm take no part in any equation. Under gossip they are averaged (`gossip.statistics`), after a merge re-estimated (`merge.batch-norm`).
      * A combination that a method cannot have (a directed matrix, an eigenvalue, a missing tree edge) is refused when the run is planned, with the rule, the value and the fix.

      `parameter-averaging` (DL4J's own Spark module: not decentralized, a control) stands beside the registry: it is run by the driver, not by agents.
      """;

  private AlgorithmsPage() {}

  static String text() {
    Map<String, List<Method>> families =
        Algorithms.methods().stream()
            .collect(
                Collectors.groupingBy(Method::family, LinkedHashMap::new, Collectors.toList()));
    StringBuilder page = new StringBuilder(HEAD);
    families.keySet().stream()
        .sorted()
        .forEach(family -> append(page, family, families.get(family)));
    return page.toString();
  }

  private static void append(StringBuilder page, String family, List<Method> methods) {
    page.append("\n## ").append(Character.toUpperCase(family.charAt(0)) + family.substring(1));
    page.append(
        "\n\n| name | what it does | equation | needs | traffic | state besides the model | source |\n");
    page.append("|---|---|---|---|---|---|---|\n");
    for (Method method : methods) {
      Method.Facts facts = method.facts();
      page.append(
          "| `%s` | %s | `%s` | %s | %s | %s | %s |\n"
              .formatted(
                  method.name(),
                  cell(method.description()),
                  cell(facts.equation()),
                  cell(facts.needs()),
                  cell(facts.traffic()),
                  cell(facts.state()),
                  cell(facts.source())));
    }
  }

  /** A bar would end the cell. */
  private static String cell(String text) {
    return text.replace("|", "\\|");
  }

  public static void main(String[] arguments) throws IOException {
    Files.writeString(Path.of("docs/algorithms.md"), text());
  }
}
