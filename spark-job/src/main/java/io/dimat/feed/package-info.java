/**
 * From an agent's shard to the batches a learner reads: order, augmentation, probe, test images.
 */
package io.dimat.feed;
