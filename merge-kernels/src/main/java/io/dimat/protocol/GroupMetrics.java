package io.dimat.protocol;

import java.io.Serializable;

/**
 * How well one permutation group matched, averaged over the neighbours.
 *
 * @param group readable name of the permutation group
 * @param correlation mean correlation of matched units, in [-1, 1]
 * @param identityFraction fraction of units matched to themselves, in [0, 1]
 */
public record GroupMetrics(String group, double correlation, double identityFraction)
    implements Serializable {}
