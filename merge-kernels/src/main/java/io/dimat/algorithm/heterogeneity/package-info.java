/**
 * Gossip that agents with different data do not mislead: it tracks the mean gradient, undoes what
 * mixing did, follows the mixed model's way, or relays models along a tree.
 */
package io.dimat.algorithm.heterogeneity;
