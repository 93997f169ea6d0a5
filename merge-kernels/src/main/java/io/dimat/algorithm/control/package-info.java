/**
 * Gossip as often as it takes: by a schedule, by the disagreement that agents measure, or when one
 * has gone too far.
 */
package io.dimat.algorithm.control;
