/**
 * Decentralized SGD and its relatives: at every minibatch, or after some, an agent's model becomes
 * a weighted mean of its neighbourhood's.
 */
package io.dimat.algorithm.gossip;
