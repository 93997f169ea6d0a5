package io.dimat.align;

import java.io.Serializable;

/**
 * A stretch of a tensor's axis that follows a group: unit u owns the indices from {@code offset + u
 * * repeat} to {@code offset + (u + 1) * repeat}, exclusive.
 *
 * @param tensor name in the parameter layout
 * @param axis 0 for the units a layer makes (and a depthwise convolution reads), 1 for those it
 *     reads
 * @param offset first index of the stretch; more than 0 only behind other inputs of a concat
 * @param repeat consecutive indices per unit; more than 1 only after a flatten
 */
public record PermutedAxis(String tensor, int axis, int offset, int repeat)
    implements Serializable {}
