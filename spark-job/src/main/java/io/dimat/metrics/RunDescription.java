package io.dimat.metrics;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.Reader;
import java.io.Writer;
import java.util.List;

/**
 * What a run is, apart from what it measured: all that the report needs beside the metrics. Stored
 * as {@code run.json}; text that was not given is empty, never null.
 *
 * @param algorithm name in the registry of algorithms
 * @param data dataset and who holds which part of it
 * @param network what is trained
 * @param topology who talks to whom
 * @param seed of all random choices
 * @param backend learning engine, instruction set and threads, in words
 * @param roundsPlanned rounds after round 0
 * @param probePolicy whose images are used for matching and recalibration, in words
 * @param batchNormPolicy what happens to running statistics in a merge, in words
 * @param notes what a reader must know, for example that the probe uses every agent's data
 * @param configuration the resolved configuration as text
 * @param outcome how it ended
 */
public record RunDescription(
    String algorithm,
    Data data,
    Network network,
    Topology topology,
    long seed,
    String backend,
    int roundsPlanned,
    String probePolicy,
    String batchNormPolicy,
    List<String> notes,
    String configuration,
    Outcome outcome) {
  private static final ObjectMapper JSON =
      JsonMapper.builder()
          .enable(SerializationFeature.INDENT_OUTPUT)
          .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
          .build();

  /** Replaces what is absent by its empty value. */
  public RunDescription {
    algorithm = orEmpty(algorithm);
    data = data == null ? new Data("", List.of(), List.of()) : data;
    network = network == null ? new Network("", 0) : network;
    topology = topology == null ? new Topology("", 1, List.of(), List.of(), 0) : topology;
    backend = orEmpty(backend);
    probePolicy = orEmpty(probePolicy);
    batchNormPolicy = orEmpty(batchNormPolicy);
    notes = orEmpty(notes);
    configuration = orEmpty(configuration);
    outcome = outcome == null ? Outcome.UNKNOWN : outcome;
  }

  /**
   * The dataset.
   *
   * @param name as a person says it
   * @param classes class names in label order
   * @param labelHistogram images per agent (rows) and class (columns)
   */
  public record Data(String name, List<String> classes, List<List<Long>> labelHistogram) {
    /** Copies the lists. */
    public Data {
      name = orEmpty(name);
      classes = orEmpty(classes);
      labelHistogram = orEmpty(labelHistogram).stream().map(List::copyOf).toList();
    }
  }

  /**
   * The neural network.
   *
   * @param name in the zoo, with its width
   * @param parameters number of trainable parameters
   */
  public record Network(String name, long parameters) {
    /** Replaces an absent name by the empty one. */
    public Network {
      name = orEmpty(name);
    }
  }

  /**
   * Who talks to whom.
   *
   * @param name as configured
   * @param agents number of agents
   * @param edges pairs that exchange models, self excluded; both directions of a pair may be listed
   * @param mixing mixing matrix W by rows: {@code mixing[i][j]} is the weight that agent i gives to
   *     agent j's model; empty for algorithms that do not mix
   * @param spectralGap {@code 1 - max(|lambda_2|, |lambda_n|)} of W, 0 if not known
   */
  public record Topology(
      String name, int agents, List<Edge> edges, List<List<Double>> mixing, double spectralGap) {
    /** Copies the lists; a matrix that is not n x n, or an edge beyond the agents, is refused. */
    public Topology {
      name = orEmpty(name);
      edges = orEmpty(edges);
      mixing = orEmpty(mixing).stream().map(List::copyOf).toList();
      for (Edge edge : edges) {
        if (Math.min(edge.from, edge.to) < 0 || Math.max(edge.from, edge.to) >= agents) {
          throw new IllegalArgumentException(
              "an edge joins two of " + agents + " agents, got " + edge);
        }
      }
      boolean square = mixing.size() == agents;
      for (List<Double> row : mixing) {
        square &= row.size() == agents;
      }
      if (!mixing.isEmpty() && !square) {
        throw new IllegalArgumentException(
            "the mixing matrix must be " + agents + " x " + agents + ", got " + mixing.size());
      }
    }
  }

  /** Models travel from one agent to another. */
  public record Edge(int from, int to) {}

  /**
   * How the run ended.
   *
   * @param status in words, for example done; empty if not known
   * @param wallSeconds from start to end, 0 if not known
   */
  public record Outcome(String status, double wallSeconds) {
    public static final Outcome UNKNOWN = new Outcome("", 0);

    /** Replaces an absent status by the empty one. */
    public Outcome {
      status = orEmpty(status);
    }
  }

  /** This description with another outcome. */
  public RunDescription with(Outcome end) {
    return new RunDescription(
        algorithm,
        data,
        network,
        topology,
        seed,
        backend,
        roundsPlanned,
        probePolicy,
        batchNormPolicy,
        notes,
        configuration,
        end);
  }

  /** This description of a run whose tasks reported what they ran on. */
  public RunDescription withBackend(String reported) {
    return new RunDescription(
        algorithm,
        data,
        network,
        topology,
        seed,
        reported,
        roundsPlanned,
        probePolicy,
        batchNormPolicy,
        notes,
        configuration,
        outcome);
  }

  /** Writes this as JSON; {@code out} is flushed and left open. */
  public void write(Writer out) throws IOException {
    out.write(JSON.writeValueAsString(this));
    out.write('\n');
    out.flush();
  }

  /**
   * Reads what {@link #write} wrote; keys that this version does not know are ignored.
   *
   * @throws IOException if it is not such a description
   */
  public static RunDescription read(Reader in) throws IOException {
    return JSON.readValue(in, RunDescription.class);
  }

  private static String orEmpty(String text) {
    return text == null ? "" : text;
  }

  private static <T> List<T> orEmpty(List<T> list) {
    return list == null ? List.of() : List.copyOf(list);
  }
}
