package io.dimat.merge.report;

/**
 * How well the units of one parent's permutation group found counterparts in the reference.
 *
 * @param parent name of the parent that was matched to the reference
 * @param group name of the permutation group
 * @param units size of the group
 * @param correlationBefore mean correlation of units of equal index on the probe, in [-1, 1]
 * @param correlationAfter the same after matching; for a method that mixes units, of the mixtures'
 *     members, weighted; NaN where the method has no such pairs
 * @param identityFraction share of units matched to the unit of the same index, in [0, 1]; NaN for
 *     a method that mixes units
 * @param deadUnits units that never change on the probe, of both models together
 * @param tiedUnits live units whose partner could be exchanged with another unit's at no loss; 0
 *     for a method that mixes units
 */
public record GroupQuality(
    String parent,
    String group,
    int units,
    double correlationBefore,
    double correlationAfter,
    double identityFraction,
    int deadUnits,
    int tiedUnits) {}
