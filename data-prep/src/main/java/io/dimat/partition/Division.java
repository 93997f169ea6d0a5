package io.dimat.partition;

import io.dimat.source.DataException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;

/**
 * How training images are divided: who gets what, and from which seed. The same values and class
 * sizes give the same cuts.
 *
 * @param partitioner the rule
 * @param agents at least 1
 * @param selection which images it is applied to
 * @param seed of the order within classes and of whatever the rule draws
 * @param minimum images that every agent must get, at least 1; says nothing of what is dealt, only
 *     whether it will do
 */
public record Division(
    Partitioner partitioner, int agents, Selection selection, long seed, int minimum)
    implements Serializable {
  public Division {
    if (agents < 1) {
      throw new DataException("there must be at least 1 agent, got " + agents);
    }
    if (minimum < 1) {
      throw new DataException("every agent needs at least 1 image as the minimum, got " + minimum);
    }
  }

  /** One image per agent will do. */
  public Division(Partitioner partitioner, int agents, Selection selection, long seed) {
    this(partitioner, agents, selection, seed, 1);
  }

  /**
   * The cuts of all agents and of the validation split.
   *
   * @param classSizes number of published training images of class c at position c
   * @throws DataException if an agent gets fewer images than the minimum, a wanted validation split
   *     stays without, or the rule cannot serve
   */
  public List<Cut> cuts(List<Long> classSizes) {
    List<Long> held = selection.validationSizes(classSizes);
    List<Long> available = new ArrayList<>();
    for (int label = 0; label < classSizes.size(); label++) {
      available.add(classSizes.get(label) - held.get(label));
    }
    List<Cut> cuts = new ArrayList<>();
    for (Cut cut : partitioner.cuts(selection.trainingSizes(available), agents, seed)) {
      cuts.add(cut.shifted(held.get(cut.label())));
    }
    requireImages(cuts);
    for (int label = 0; label < classSizes.size(); label++) {
      if (held.get(label) > 0) {
        cuts.add(new Cut(label, Cut.VALIDATION, 0, held.get(label)));
      }
    }
    if (selection.validation() > 0 && cuts.stream().noneMatch(c -> c.owner() == Cut.VALIDATION)) {
      throw new DataException(
          "a validation fraction of %s of class sizes %s is no image; raise it or set it to 0"
              .formatted(selection.validation(), classSizes));
    }
    return List.copyOf(cuts);
  }

  private void requireImages(List<Cut> cuts) {
    List<Long> images = ShardSizes.of(cuts, agents).images();
    for (int agent = 0; agent < agents; agent++) {
      if (images.get(agent) < minimum) {
        throw new DataException(
            "every agent needs at least %d image%s, agent %d of %d gets %s from %s; take fewer agents or more images%s"
                .formatted(
                    minimum,
                    minimum == 1 ? "" : "s",
                    agent,
                    agents,
                    images.get(agent) == 0 ? "none" : images.get(agent),
                    partitioner.name(),
                    minimum == 1 ? "" : ", or lower the minimum (data.min-images)"));
      }
    }
  }
}
