package io.dimat.partition;

import java.io.Serializable;
import java.util.List;
import java.util.SortedMap;

/**
 * Divides the training images of each class among agents. Works on class sizes alone: the images of
 * a class are put in a seeded random order first, so a range of ranks is a random choice.
 */
public sealed interface Partitioner extends Serializable
    permits IidPartitioner,
        ClassShardPartitioner,
        DirichletPartitioner,
        DirichletBlocksPartitioner,
        DirichletPerAgentPartitioner,
        PathologicalPartitioner,
        ClassesPerAgentPartitioner,
        QuantitySkewPartitioner {
  /** As users choose it. */
  String name();

  /** What was set, by name; part of a shard folder's manifest. */
  SortedMap<String, String> parameters();

  /**
   * Ranges of ranks per class and agent, disjoint; ranks that no cut names are not used.
   *
   * @param classSizes number of images of class c at position c
   * @param agents at least 1
   * @param seed of whatever is drawn
   * @throws io.dimat.source.DataException if the rule cannot serve these sizes and agents
   */
  List<Cut> cuts(List<Long> classSizes, int agents, long seed);
}
