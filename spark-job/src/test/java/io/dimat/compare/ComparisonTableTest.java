package io.dimat.compare;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import org.junit.jupiter.api.Test;

class ComparisonTableTest {
  private final ComparisonTable table = new ComparisonTable(SampleComparison.threeSeeds());

  @Test
  void csv_ofAComparison_hasOneLineForEachRow() {
    assertThat(table.csv().lines().limit(3))
        .containsExactly(
            "setting,algorithm,role,runs,learning_rate,note,mean_agent_accuracy,mean_agent_accuracy_ci95,"
                + "consensus_accuracy,consensus_accuracy_ci95,worst_agent_accuracy,worst_agent_accuracy_ci95,"
                + "consensus_distance,consensus_distance_ci95,megabytes_sent,megabytes_sent_ci95,"
                + "gradient_evaluations,gradient_evaluations_ci95,seconds,seconds_ci95",
            "ring,good,algorithm,3 of 3,0.01,,0.71,0.0248413771,0.72,0.0248413771,"
                + "0.66,0.0248413771,1,0,2,0,200,0,6,0",
            "ring,\"same, nearly\",algorithm,3 of 3,0.01,,0.61,0.0248413771,0.62,0.0248413771,"
                + "0.56,0.0248413771,1,0,2,0,200,0,6,0");
    assertThat(table.csv().lines()).hasSize(5);
  }

  @Test
  void markdown_ofAComparison_isATableWithItsStatements() {
    assertThat(table.markdown())
        .startsWith(
            "# Comparison on sample\n\n* 2 agents\n\n## ring\n\n| algorithm | runs | step size |")
        .contains(
            "| good | 3 of 3 | 0.01 | 71.0 % ± 2.5 | 72.0 % ± 2.5 | 66.0 % ± 2.5 | 1.00 | 2.0 | 200 | 6.0 |\n")
        .contains("| broken | 1 of 3, 2 diverged | 0.01 | 50.0 % |")
        .contains("| control (control) | 3 of 3 |")
        .contains("\n* Highest mean agent accuracy of the algorithms that lost no run: good");
  }

  @Test
  void json_ofAComparison_hasEverySeed() throws IOException {
    JsonNode json = new ObjectMapper().readTree(table.json());

    assertThat(json.get("seeds").size()).isEqualTo(3);
    JsonNode broken = json.get("rows").get(2);
    assertThat(broken.get("mean_agent_accuracy").get("mean").asDouble()).isEqualTo(0.5);
    assertThat(broken.get("mean_agent_accuracy").get("ci95").isNull()).isTrue();
    assertThat(broken.get("cells").get("2").get("status").asText()).isEqualTo("diverged");
    assertThat(json.get("tests").size()).isEqualTo(2 * 6);
    JsonNode test = json.get("tests").get(0);
    assertThat(test.get("p_holm").doubleValue())
        .isGreaterThanOrEqualTo(test.get("p").doubleValue());
    assertThat(json.get("statements").get("ring").size()).isGreaterThan(2);
  }
}
