package io.dimat.merge.report;

import java.util.Optional;

/**
 * A model that was merged.
 *
 * @param name short and unique in a report
 * @param file where it came from
 * @param weight its share, in [0, 1]
 * @param reference true for the one whose order of units the merged model has
 * @param score as it was merged; empty where the images have no labels
 * @param recalibrated with its running statistics re-estimated like the merge's, the fair thing to
 *     compare the merge with; empty where that changes nothing or the images have no labels
 */
public record Parent(
    String name,
    String file,
    double weight,
    boolean reference,
    Optional<Score> score,
    Optional<Score> recalibrated) {}
