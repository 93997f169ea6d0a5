/**
 * Gossip as often as it takes: by a schedule, by the disagreement that agents measure, or when one
 * has gone too far. Merging as often as it takes is {@link
 * io.dimat.algorithm.merging.AdaptiveMerging}, beside the other methods that merge.
 */
package io.dimat.algorithm.control;
