package io.dimat.align;

import java.io.Serializable;

/**
 * Where a permutation group is observed: the units of group {@code group} are the channels of the
 * output of {@code layer}.
 *
 * @param group index into {@code PermutationSpec.groups()}
 * @param layer name of a layer of the network
 */
public record MatchPoint(int group, String layer) implements Serializable {}
