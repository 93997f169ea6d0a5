package io.dimat.align;

import java.io.Serializable;

/**
 * How well the units of one group found a counterpart.
 *
 * @param group name of the permutation group
 * @param units size of the group
 * @param matchedCorrelation mean over units of the correlation of the matched pairs, in [-1, 1] up
 *     to rounding; dead units count 0
 * @param identityFraction share of units matched to the unit of the same index, in [0, 1]
 * @param deadUnits units whose output never changes on the probe, of both models together: 0 to
 *     {@code 2 units}
 * @param tiedUnits live units of the reference whose partner could be exchanged with another unit's
 *     at no loss ({@code |change of the objective| <= 1e-9} of the largest score): where the
 *     matching is arbitrary
 * @param objective maximum of the assignment: sum of the matched pairs' scores, which are
 *     correlations unless another {@link MatchScore} was asked for
 */
public record GroupMatch(
    String group,
    int units,
    double matchedCorrelation,
    double identityFraction,
    int deadUnits,
    int tiedUnits,
    double objective)
    implements Serializable {}
