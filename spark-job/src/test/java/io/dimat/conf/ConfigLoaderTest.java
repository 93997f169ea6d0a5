package io.dimat.conf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.InstanceOfAssertFactories.list;
import static org.assertj.core.api.InstanceOfAssertFactories.type;

import io.dimat.graph.Edge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.assertj.core.api.ListAssert;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ConfigLoaderTest {
  @Test
  void parse_whatRenderWrote_isTheSameConfiguration() {
    RunConfig config = ConfigLoader.load(Optional.empty(), List.of("agents=7", "data.limit=90"));

    assertThat(ConfigLoader.parse(config.render(), "config.conf")).isEqualTo(config);
  }

  @Test
  void parse_badText_namesOriginAndLine() {
    assertThatThrownBy(() -> ConfigLoader.parse("seed = 1\nagnts = 3", "s3a://b/config.conf"))
        .isInstanceOf(ConfigException.class)
        .hasMessage("s3a://b/config.conf:2: agnts is not a key; did you mean agents?");
  }

  @TempDir Path folder;

  private Path file(String content) throws IOException {
    return Files.writeString(folder.resolve("my.conf"), content);
  }

  private ListAssert<String> problems(String content, String... sets) throws IOException {
    Path file = file(content);
    return assertThatThrownBy(() -> ConfigLoader.load(Optional.of(file), List.of(sets)))
        .asInstanceOf(type(ConfigException.class))
        .extracting(ConfigException::problems)
        .asInstanceOf(list(String.class));
  }

  @Test
  void load_withoutFile_isTheQuickstart() {
    assertThat(ConfigLoader.load(Optional.empty(), List.of()))
        .isEqualTo(ConfigLoader.load(Optional.of(Path.of("../conf/quickstart.conf")), List.of()));
  }

  @ParameterizedTest
  @ValueSource(strings = {"quickstart", "fashion-mnist-dirichlet", "cifar100-ring"})
  void load_shippedConfiguration_isValid(String name) {
    Path file = Path.of("../conf", name + ".conf");
    RunConfig config = ConfigLoader.load(Optional.of(file), List.of("data.path=/data"));
    assertThat(config.run().out()).isEqualTo("runs/" + name);
  }

  @Test
  void load_emptyFile_hasTheDefaultsAndAnOutputFolderOfItsName() throws IOException {
    RunConfig config = ConfigLoader.load(Optional.of(file("")), List.of());
    for (ConfigKey<?> key : ConfigKeys.ALL) {
      if (!key.equals(OutputKeys.OUT)) {
        assertThat(key.render(config)).as(key.path()).isEqualTo(key.renderDefault());
      }
    }
    assertThat(config.run().out()).isEqualTo("runs/my");
  }

  @Test
  void load_setsOverFile_lastOneWins() throws IOException {
    Path file = file("agents = 7, seed = 3");
    RunConfig config = ConfigLoader.load(Optional.of(file), List.of("agents=8", "agents = 9"));
    assertThat(config.agents()).isEqualTo(9);
    assertThat(config.seed()).isEqualTo(3);
  }

  @Test
  void load_uriAfterSet_isTakenLiterally() throws IOException {
    Path file = file("");
    List<String> sets = List.of("run.out=s3a://bucket/a b");
    assertThat(ConfigLoader.load(Optional.of(file), sets).run().out())
        .isEqualTo("s3a://bucket/a b");
  }

  @Test
  void load_edgesAndMatrixAfterSet_areRead() throws IOException {
    Path file = file("agents = 2, topology.name = edges, mixing.name = matrix");
    RunConfig config =
        ConfigLoader.load(
            Optional.of(file),
            List.of("topology.edges=[[0,1]]", "mixing.matrix=[[0.5,0.5],[0.5,0.5]]"));
    assertThat(config.topology().edges()).containsExactly(new Edge(0, 1));
    assertThat(config.mixing().matrix()).containsExactly(List.of(.5, .5), List.of(.5, .5));
  }

  @Test
  void load_quotedNumber_counts() throws IOException {
    Path file = file("agents = \"6\", train.learning-rate = 1e-2, rounds = 1e1");
    RunConfig config = ConfigLoader.load(Optional.of(file), List.of());
    assertThat(config.agents()).isEqualTo(6);
    assertThat(config.train().learningRate()).isEqualTo(0.01);
    assertThat(config.rounds()).isEqualTo(10);
  }

  @Test
  void load_manyProblems_reportsAllAtOnce() throws IOException {
    String content =
        """
        agents = 2
        data {
          partitoner = iid
          source = cifar100
        }
        rounds = many
        train.batch = 0
        mixing = uniform
        merge.probe = public
        """;
    Path file = folder.resolve("my.conf");
    problems(content, "learning-rate=0.1", "nonsense", "evaluate.on=validation")
        .containsExactlyInAnyOrder(
            file + ":3: data.partitoner is not a key; did you mean data.partitioner?",
            file + ":6: rounds must be an integer, 0 or more, got \"many\"",
            file + ":7: train.batch must be an integer, 1 or more, got 0",
            file + ":8: mixing is a group; its keys are mixing.budget, mixing.matrix, mixing.name",
            file + ":9: merge.probe must be one of own, union, neighborhood, got \"public\"",
            "--set: learning-rate is not a key; did you mean train.learning-rate?",
            "--set needs key=value, got nonsense",
            "data.source = cifar100 needs data.path, the folder with its official files",
            "ring needs at least 3 agents, got 2; take topology.name = chain or more agents",
            "evaluate.on = validation needs data.validation above 0, got 0.0");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "agents = 0 | agents must be an integer, from 1 to 10000, got 0",
        "agents = 2.5 | agents must be an integer, from 1 to 10000, got 2.5",
        "agents = 1e99 | agents must be an integer, from 1 to 10000, got 1.0E99",
        "agents = {a = 1} | agents must be an integer, from 1 to 10000, got {\"a\":1}",
        "seed = 1e30 | seed must be an integer of 64 bits, got 1.0E30",
        "train.momentum = 1 | train.momentum must be a number from 0 to below 1, got 1",
        "train.learning-rate = 0 | train.learning-rate must be a number above 0, got 0",
        "train.learning-rate = NaN | train.learning-rate must be a number above 0, got \"NaN\"",
        "topology.edges = [[1, 1]] | topology.edges must be a list of pairs of different agents, such as [[0, 1], [1, 2]], got [1,1]",
        "engine = torch | engine must be one of dl4j, got \"torch\"",
        "completely.different = 1 | completely.different is not a key",
      })
  void load_valueNotAllowed_saysWhereAndWhat(String content, String problem) throws IOException {
    problems(content).containsExactly(folder.resolve("my.conf") + ":1: " + problem);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "data.partitioner = dirichlet | data.partitioner = dirichlet needs data.alpha, a number",
        "data.alpha = 0.1 | data.alpha = 0.1 is read only by data.partitioner = dirichlet or dirichlet-blocks or dirichlet-per-agent, got iid; set data.alpha = 0",
        "data.partitioner = dirichlet-blocks | data.partitioner = dirichlet-blocks needs data.alpha",
        "data.partitioner = quantity-skew | data.partitioner = quantity-skew needs data.beta, a number",
        "data.beta = 2 | data.beta = 2.0 is read only by data.partitioner = quantity-skew, got iid",
        "data.partitioner = pathological | data.partitioner = pathological needs data.shards-per-agent, an integer above 0",
        "data.shards-per-agent = 2 | data.shards-per-agent = 2 is read only by data.partitioner = pa",
        "data.partitioner = classes-per-agent | data.partitioner = classes-per-agent needs data.clas",
        "data.classes-per-agent = 2 | data.classes-per-agent = 2 is read only by data.partitioner = classes-per-agent or random-classes-per-agent, got iid",
        "data.feature-skew = noise | data.feature-skew = noise needs data.feature-skew-strength, a n",
        "data.feature-skew-strength = 0.1 | data.feature-skew-strength = 0.1 is read only with data.",
        "data { augment = crop, padding = 0 } | data.augment = crop needs data.padding of at least",
        "data { limit = 9, min-images = 2 } | 5 agents with data.min-images = 2 need data.limit = 10",
        "topology.name = edges | topology.name = edges needs topology.edges",
        "topology.edges = [[0, 1]] | topology.edges is read only by topology.name = edges, got ring",
        "topology { name = edges, edges = [[0, 5]] } | topology.edges joins agents from 0 to 4",
        "topology { name = edges, edges = [[0, 1], [1, 0]] } | topology.edges joins agents from 0",
        "mixing.name = matrix | mixing.matrix needs 5 rows of 5 numbers, one row for each agent, go",
        "mixing.matrix = [[1]] | mixing.matrix is read only by mixing.name = matrix, got metropolis",
        "run.out = \"\" | run.out must be a folder, got nothing",
      })
  void load_impossibleCombination_namesTheRule(String content, String start) throws IOException {
    problems(content).singleElement().asString().startsWith(start);
  }

  @Test
  void load_combinationWithUnreadableValue_reportsTheValueOnly() throws IOException {
    problems("agents = 2, topology.name = rin")
        .singleElement()
        .asString()
        .contains("one of balanced-tree, base, binary-tree,")
        .endsWith("got \"rin\"; did you mean ring?");
  }

  @Test
  void load_syntaxError_namesTheLine() throws IOException {
    problems("agents = 5\ndata {").singleElement().asString().contains("my.conf: 2");
  }

  @Test
  void load_missingFile_isAProblem() {
    assertThatThrownBy(() -> ConfigLoader.load(Optional.of(Path.of("no/such.conf")), List.of()))
        .isInstanceOf(ConfigException.class)
        .hasMessageContaining("such.conf");
  }

  @Test
  void load_includeBesideTheFile_isRead() throws IOException {
    Files.writeString(folder.resolve("base.conf"), "agents = 9");
    Path file = file("include \"base.conf\"\nseed = 4");
    assertThat(ConfigLoader.load(Optional.of(file), List.of()).agents()).isEqualTo(9);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "include \"missing.conf\"",
        "include file(\"missing.conf\")",
        "include url(\"https://example.org/a.conf\")",
        "include \"https://example.org/a.conf\"",
        "include classpath(\"a.conf\")"
      })
  void load_includeOfAnythingElse_isAProblem(String content) throws IOException {
    problems(content).hasSize(1);
  }

  @Test
  void load_environmentThatIsNotSet_leavesTheDefault() throws IOException {
    Path file = file("seed = ${?DIMAT_TEST_VARIABLE_THAT_IS_NOT_SET}");
    assertThat(ConfigLoader.load(Optional.of(file), List.of()).seed()).isEqualTo(1);
  }

  @Test
  void load_substitutionThatCannotBeResolved_isAProblem() throws IOException {
    problems("seed = ${nowhere}").singleElement().asString().contains("nowhere");
  }
}
