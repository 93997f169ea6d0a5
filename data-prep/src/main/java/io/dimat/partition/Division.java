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
 */
public record Division(Partitioner partitioner, int agents, Selection selection, long seed)
    implements Serializable {
  public Division {
    if (agents < 1) {
      throw new DataException("there must be at least 1 agent, got " + agents);
    }
  }

  /**
   * The cuts of all agents and of the validation split.
   *
   * @param classSizes number of published training images of class c at position c
   * @throws DataException if an agent or a wanted validation split stays without images, or the
   *     rule cannot serve
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
    boolean[] served = new boolean[agents];
    cuts.forEach(cut -> served[cut.owner()] = true);
    for (int agent = 0; agent < agents; agent++) {
      if (!served[agent]) {
        throw new DataException(
            "every agent needs at least 1 image, agent %d of %d gets none from %s; take fewer agents or more images"
                .formatted(agent, agents, partitioner.name()));
      }
    }
  }
}
